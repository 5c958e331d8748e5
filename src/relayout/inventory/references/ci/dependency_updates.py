"""Dependabot and Renovate: the folders that they look for dependencies in.

The syntax is that of
https://docs.github.com/en/code-security/dependabot/working-with-dependabot/dependabot-options-reference
and https://docs.renovatebot.com/configuration-options/. Both count from the root.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from yaml.nodes import SequenceNode

from relayout.inventory.configured_paths.values import scene_in
from relayout.inventory.configured_paths.yaml_files import value_of
from relayout.inventory.references.ci.pipeline import Page
from relayout.inventory.references.commandline.surroundings import Surroundings
from relayout.inventory.references.commandline.words import Word
from relayout.inventory.references.path_patterns.escaped_strings import is_doubled, written_in
from relayout.inventory.references.path_patterns.patterns import pattern_references
from relayout.inventory.references.path_patterns.regular_paths import regular_references
from relayout.inventory.references.reference import ROOT, Reference
from relayout.inventory.references.spans.jsonc_spans import JsonString, strings_in
from relayout.inventory.references.spans.yaml_spans import documents_of
from relayout.tree import Tree

DEPENDABOT = "dependabot"
RENOVATE = "renovate"

_DEPENDABOT = re.compile(r"\.github/dependabot\.ya?ml")
_RENOVATE = re.compile(r"(?:\.github/|\.gitlab/)?renovate\.json5?|\.renovaterc(?:\.json5?)?")
_PATTERNS = frozenset(
    {"includePaths", "ignorePaths", "matchFileNames", "matchPaths", "fileFilters"}
)
_EXPRESSIONS = frozenset({"fileMatch", "managerFilePatterns"})
_DELIMITED = re.compile(r"!?/(?P<pattern>.*)/i?", re.DOTALL)


def is_dependabot(path: str) -> bool:
    """Tell whether a file configures Dependabot, by its path."""
    return bool(_DEPENDABOT.fullmatch(path))


def read_dependabot(text: str, path: str, tree: Tree) -> Iterator[Reference]:
    """Yield the folders that are looked at."""
    page = Page(text, path, tree, DEPENDABOT)
    for document in documents_of(text):
        updates = value_of(document, "updates")
        for update in updates.value if isinstance(updates, SequenceNode) else ():
            for name in ("directory", "directories", "exclude-paths"):
                yield from page.patterns(value_of(update, name), page.surroundings())


def is_renovate(path: str) -> bool:
    """Tell whether a file configures Renovate, by its path."""
    return bool(_RENOVATE.fullmatch(path))


def read_renovate(text: str, path: str, tree: Tree) -> Iterator[Reference]:
    """Yield the patterns and expressions of files that are looked at."""
    around = Surroundings(path, RENOVATE, scene_in("", path, tree), ROOT)
    for string in strings_in(text):
        names = [key for key in string.keys if isinstance(key, str)]
        if string.is_key or not names:
            continue
        if names[-1] in _PATTERNS and string.text == string.value:
            word = Word(string.start, string.end, string.text)
            yield from pattern_references(word, around, _between(string, text))
        elif names[-1] in _EXPRESSIONS:
            yield from _in_expression(string, tree)


def _in_expression(string: JsonString, tree: Tree) -> Iterator[Reference]:
    """Yield the paths in an expression; slashes may stand around it, as in JavaScript."""
    if is_doubled(string.text, string.value):
        delimited = _DELIMITED.fullmatch(string.value)
        start, end = delimited.span("pattern") if delimited else (0, len(string.value))
        pattern = string.value[start:end]
        found = regular_references(pattern, RENOVATE, tree)
        yield from written_in(found, pattern, string.start + start)


def _between(string: JsonString, text: str) -> str:
    """Return what stands between an element of an array and the next one."""
    before = re.search(r"[\[,](\s*)\"$", text[max(0, string.start - 200) : string.start])
    return f'",{before[1] if before else " "}"' if before and before[1] else '", "'
