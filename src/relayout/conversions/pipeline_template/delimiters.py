"""How a pipeline's template marks what is asked for.

The marks are rare in what pipelines are written in, so that neither dbt's Jinja nor any code has to
be escaped in a template. Copier takes them from the template's ``_envops``
(https://copier.readthedocs.io/en/stable/configuring/#envops).
"""

from __future__ import annotations

import re
from typing import Any

VARIABLE = ("@{", "}@")
BLOCK = ("@%{", "}%@")
COMMENT = ("@#{", "}#@")

ENVOPS: dict[str, Any] = {
    "variable_start_string": VARIABLE[0],
    "variable_end_string": VARIABLE[1],
    "block_start_string": BLOCK[0],
    "block_end_string": BLOCK[1],
    "comment_start_string": COMMENT[0],
    "comment_end_string": COMMENT[1],
    "keep_trailing_newline": True,
}

_OPENING = re.compile("|".join(map(re.escape, (VARIABLE[0], BLOCK[0], COMMENT[0]))))


def variable(expression: str) -> str:
    """Return the text that stands for the value of an expression."""
    return f"{VARIABLE[0]}{expression}{VARIABLE[1]}"


def escaped(text: str) -> str:
    """Return a text that a template gives as it is, whatever marks are in it."""
    return _OPENING.sub(lambda mark: variable(f' "{mark.group()}" '), text)
