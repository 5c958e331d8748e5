"""Path filters inside of other values: a YAML text in a YAML text, and ``hashFiles``.

The filters are those of https://github.com/dorny/paths-filter and
https://github.com/tj-actions/changed-files; ``hashFiles`` is that of
https://docs.github.com/en/actions/writing-workflows/choosing-what-your-workflow-does/evaluate-expressions-in-workflows-and-actions#hashfiles
and ``checksum`` that of https://circleci.com/docs/caching/.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from yaml.nodes import Node

from relayout.inventory.references.ci.pipeline import Page
from relayout.inventory.references.commandline.surroundings import Surroundings
from relayout.inventory.references.commandline.words import Word
from relayout.inventory.references.path_patterns.patterns import pattern_references
from relayout.inventory.references.reference import Reference
from relayout.inventory.references.spans.yaml_spans import placed, scalar_of, scalars_in, scalars_of

_HASHED = re.compile(r"hashFiles\s*\(([^()]*)\)|\{\{\s*checksum\s+([^{}]*)\}\}")
_QUOTED = re.compile(r"'([^']*)'|\"([^\"]*)\"")


def filter_patterns(node: Node | None, page: Page, around: Surroundings) -> Iterator[Reference]:
    """Yield the patterns of filters that are a YAML text; or the file that they stand in."""
    scalar = scalar_of(node, page.text)
    if scalar is None:
        return
    if "\n" not in scalar.value.strip() and ":" not in scalar.value:
        yield from page.paths(node, around)
        return
    yield from placed(patterns_of(scalar.value, around), scalar, page.text)


def patterns_of(
    text: str, around: Surroundings, but: frozenset[str] = frozenset()
) -> Iterator[Reference]:
    """Yield the patterns that the values of a YAML text are, but for those under some keys."""
    for scalar in scalars_of(text):
        if not scalar.is_key and but.isdisjoint(scalar.keys):
            word = Word(0, len(scalar.value), scalar.value)
            yield from placed(pattern_references(word, around, scalar.between), scalar, text)


def hashed_files(document: Node, text: str, around: Surroundings) -> Iterator[Reference]:
    """Yield the patterns of files that are hashed in expressions, wherever those stand."""
    if "hashFiles" not in text and "checksum" not in text:
        return
    for scalar in scalars_in(document, text):
        for call in _HASHED.finditer(scalar.value):
            part = call.lastindex or 0
            for match in _QUOTED.finditer(scalar.value, *call.span(part)):
                found = match.lastindex or 0
                word = Word(*match.span(found), match[found])
                between = "', '" if found == 1 and part == 1 else None
                yield from placed(pattern_references(word, around, between), scalar, text)
