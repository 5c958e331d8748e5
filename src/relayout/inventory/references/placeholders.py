"""Commands with placeholders for arguments: what stands there if none are given.

``{posargs:tests}`` is tox's (https://tox.wiki/en/latest/config.html#substitutions),
``{args:tests}`` Hatch's (https://hatch.pypa.io/latest/config/context/).
"""

from __future__ import annotations

import re

_OPENS = re.compile(r"\{(?:posargs|args):")
_LONGEST = 20_000


def without_placeholders(text: str, start: int, end: int) -> str:
    """Return the text with blanks for the braces around such arguments in a part of it.

    Every other character stays in its place.
    """
    if end - start > _LONGEST or not _OPENS.search(text, start, end):
        return text
    letters = list(text[start:end])
    depths: list[int] = []
    depth = 0
    position = 0
    while position < len(letters):
        opens = _OPENS.match(text, start + position, end)
        if opens:
            depths.append(depth)
            letters[position : position + len(opens.group())] = " " * len(opens.group())
            position += len(opens.group())
            continue
        if letters[position] == "{":
            depth += 1
        elif letters[position] == "}" and depths and depths[-1] == depth:
            depths.pop()
            letters[position] = " "
        elif letters[position] == "}":
            depth -= 1
        position += 1
    return text[:start] + "".join(letters) + text[end:]
