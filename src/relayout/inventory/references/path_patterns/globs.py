"""Patterns of paths: which files of a tree one matches.

``*`` and ``?`` match within one part of a path and ``**`` across parts, as in git's patterns
(https://git-scm.com/docs/gitignore#_pattern_format) and those of CI services. A pattern that
matches a folder stands for all that is in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

MAGIC = re.compile(r"[*?\[{]")
_LONGEST = 300
_MANY_STARS = re.compile(r"(?:\*[^*/]+){4}|(?:\*\*.*){4}", re.DOTALL)
"""Matching a pattern with so many may take too long."""
_PART = re.compile(r"\*\*/|\*+|\?|\[!?\]?[^\]/]*\]|\{[^{}]*\}|.", re.DOTALL)
_NOTHING = re.compile(r"(?!)")


def divided(pattern: str) -> tuple[str, str]:
    """Return the folder that stands before the first part with a wildcard, and the rest."""
    parts = pattern.split("/")
    count = next((i for i, part in enumerate(parts) if MAGIC.search(part)), len(parts))
    return "/".join(parts[:count]), "/".join(parts[count:])


def matched(folder: str, pattern: str, paths: Iterable[str]) -> list[str]:
    """Return the paths below a folder that match a pattern which is counted from it."""
    prefix = f"{folder}/" if folder else ""
    expression = _expression(pattern)
    size = len(prefix)
    return [p for p in paths if p.startswith(prefix) and expression.fullmatch(p, size)]


@lru_cache(maxsize=256)
def _expression(pattern: str) -> re.Pattern[str]:
    pattern = re.sub(r"(?:\*\*/)+", "**/", pattern[: _LONGEST + 1].rstrip("/"))
    if len(pattern) > _LONGEST or _MANY_STARS.search(pattern):
        return _NOTHING
    try:
        return re.compile("".join(map(_meant, _PART.findall(pattern))) + "(?:/.*)?", re.DOTALL)
    except re.error:
        return _NOTHING


def _meant(part: str) -> str:
    """Return the regular expression for one part of a pattern."""
    if part == "**/":
        return "(?:.*/)?"
    if part.startswith("**"):
        return ".*"
    if part in ("*", "?"):
        return f"[^/]{part}" if part == "*" else "[^/]"
    if part.startswith("[") and len(part) > 1:
        inner = part[1:-1].replace("\\", "\\\\").replace("[", "\\[")
        return f"[^{inner[1:]}]" if inner.startswith("!") else f"[{inner}]"
    if part.startswith("{") and len(part) > 1:
        return "(?:" + "|".join(map(re.escape, part[1:-1].split(","))) + ")"
    return re.escape(part)
