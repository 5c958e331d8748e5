"""Items of lists that stand in lines of their own."""

from __future__ import annotations

_DEEPEST = 200
"""Nothing is indented more."""


def line_break(text: str, start: int) -> str:
    """Return the line end and indentation right before a place; empty if there is more before it.

    It takes no longer in a line of a million characters.
    """
    line = text.rfind("\n", max(0, start - _DEEPEST), start)
    indent = text[line + 1 : start] if line >= 0 else "."
    if indent.strip():
        return ""
    return ("\r\n" if text[line - 1 : line] == "\r" else "\n") + indent
