"""Commands with placeholders for arguments: what stands there if none are given.

``{posargs:tests}`` is tox's (https://tox.wiki/en/latest/config.html#substitutions),
``{args:tests}`` Hatch's (https://hatch.pypa.io/latest/config/context/).
"""

from __future__ import annotations

import re
from functools import lru_cache

_BRACE = re.compile(r"\{(?:posargs|args):|[{}]")
_EMPTY = ("{", "}")


@lru_cache(maxsize=4)
def without_placeholders(text: str) -> str:
    """Return a text with blanks for the braces around such arguments.

    Every other character stays in its place. It is remembered: a file may hold many commands.
    """
    if "{posargs:" not in text and "{args:" not in text:
        return text
    pieces: list[str] = []
    opened: list[bool] = []
    last = 0
    for match in _BRACE.finditer(text):
        mark = match.group()
        is_placeholder = mark not in _EMPTY
        if mark == "}":
            is_placeholder = opened.pop() if opened else False
        else:
            opened.append(is_placeholder)
        if is_placeholder:
            pieces += (text[last : match.start()], " " * len(mark))
            last = match.end()
    return "".join((*pieces, text[last:]))
