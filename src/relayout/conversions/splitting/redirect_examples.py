"""Examples in docstrings import the names of a split module from the parts that have them.

Followed are ``from`` imports of the module by its absolute name that stand on a line of their own,
with the prompt of a doctest (https://docs.python.org/3/library/doctest.html) or without.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping

from relayout.conversions.splitting.redirect_modules import SplitModule, renamed
from relayout.inventory.docstring_code import docstrings
from relayout.source import Edit, Source

KIND = "split"

_NAME = r"[^\W\d]\w*(?:[ \t]+as[ \t]+[^\W\d]\w*)?"
_IMPORT = re.compile(
    r"^(?P<prompt>[ \t]*(?:(?:>>>|\.\.\.)[ \t]+)?)"
    r"from[ \t]+(?P<module>[^\W\d][\w.]*)[ \t]+import[ \t]+"
    rf"(?P<names>{_NAME}(?:[ \t]*,[ \t]*{_NAME})*)"
    r"(?=[ \t]*(?:#[^\r\n]*)?\r?$)",
    re.MULTILINE,
)


def redirected_examples(
    source: Source, module: ast.Module, by_name: Mapping[str, SplitModule]
) -> Iterator[Edit]:
    """Yield the edits of the examples of a file; ``by_name`` has split modules by dotted name."""
    for docstring in docstrings(module):
        start, end = source.span(docstring)
        for match in _IMPORT.finditer(source.text, start, end):
            split = by_name.get(match["module"])
            text = "" if split is None else _redirected(match, split, source.newline)
            if text and text != match.group():
                yield Edit(*match.span(), text, KIND)


def _redirected(match: re.Match[str], split: SplitModule, newline: str) -> str:
    """Return an import of names of a split module as one of each part, on lines of their own."""
    groups: dict[str, list[str]] = {}
    for name in re.split(r"[ \t]*,[ \t]*", match["names"]):
        part = split.split.part_of(name.split()[0])
        groups.setdefault(part, []).append(name)
    return newline.join(
        f"{match['prompt']}from {renamed(match['module'], part)} import {', '.join(names)}"
        for part, names in groups.items()
    )
