"""What the values of a pipeline's YAML name: paths, patterns, variables, scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from yaml.nodes import Node, SequenceNode

from relayout.inventory.configured_paths.values import ROOT as PLACE
from relayout.inventory.configured_paths.values import scene_in
from relayout.inventory.configured_paths.yaml_files import (
    entries,
    environment,
    text_of,
    value_of,
)
from relayout.inventory.references.ci.yaml_scripts import script_references
from relayout.inventory.references.commandline.commands import NAMES_A_PLACE
from relayout.inventory.references.commandline.surroundings import Surroundings, word_paths
from relayout.inventory.references.commandline.words import Dialect, Word
from relayout.inventory.references.containers.listed_commands import listed_command
from relayout.inventory.references.path_patterns.globs import MAGIC
from relayout.inventory.references.path_patterns.patterns import pattern_references
from relayout.inventory.references.reference import ROOT, Reference
from relayout.inventory.references.spans.yaml_spans import Scalar, items_of, placed, scalar_of
from relayout.tree import Tree

_LINE = re.compile(r"[^\r\n]+")
_PIECE = re.compile(r"[^\s,]+")
_NO_PATH = re.compile(r"PYTHONPATH$|(?:^|_)(?:IMAGE|REGISTRY|REPO|REPOSITORY|SLUG|TAG|URL)(?:_|$)")
"""Names of variables whose value has slashes and is no path, and the search path."""
_EXPRESSION = re.compile(r"\$\{\{[^{}]*\}\}|\$\([^()]*\)")


@dataclass(frozen=True)
class Page:
    """A file of a pipeline, and how the values in it are read."""

    text: str
    path: str
    tree: Tree
    kind: str

    def surroundings(self) -> Surroundings:
        """Return the surroundings of what runs in the root of the repository."""
        return Surroundings(self.path, self.kind, scene_in("", self.path, self.tree), ROOT)

    def entered(self, around: Surroundings, folder: Node | None) -> Surroundings:
        """Return the surroundings in a working folder that a value names; the same for none."""
        value = text_of(folder)
        if value is None:
            return around
        at_root = replace(around.scene, here=PLACE)
        return around.entered(at_root.absolute(value))

    def script(
        self, node: Node | None, around: Surroundings, dialect: Dialect = Dialect.POSIX
    ) -> Iterator[Reference]:
        """Yield what a script names: a text, or a list of them that one shell runs."""
        yield from script_references(self.scripts(node), self.text, around, dialect)

    def listed(
        self, node: Node | None, around: Surroundings, program: tuple[str, ...]
    ) -> Iterator[Reference]:
        """Yield what a program is given whose arguments are the items of a list."""
        items = [s for s in items_of(node, self.text) if not s.places and s.value.strip()]
        words = [Word(s.start, s.end, s.value, s.quote) for s in items]
        between = next((s.between for s in items if s.between), None)
        yield from listed_command(words, around, program, between or " ")

    def scripts(self, node: Node | None, depth: int = 0) -> list[Scalar]:
        """Return the texts of a script, which may be lists in a list."""
        if isinstance(node, SequenceNode) and depth < 5:
            nested = [self.scripts(item, depth + 1) for item in node.value]
            return [scalar for scalars in nested for scalar in scalars]
        scalar = scalar_of(node, self.text)
        return [scalar] if scalar else []

    def paths(
        self, node: Node | None, around: Surroundings, plain: bool = True
    ) -> Iterator[Reference]:
        """Yield the paths and patterns that a text or the texts of a list are, or have in them.

        Several stand on lines of their own, or have blanks or commas between them.
        """
        for scalar in items_of(node, self.text):
            found = _paths_in(scalar, around, plain)
            yield from placed(found, scalar, self.text)

    def patterns(self, node: Node | None, around: Surroundings) -> Iterator[Reference]:
        """Yield the paths and patterns of a list, one for each text in it."""
        for scalar in items_of(node, self.text):
            word = Word(0, len(scalar.value), scalar.value)
            yield from placed(pattern_references(word, around, scalar.between), scalar, self.text)

    def variables(self, node: Node | None, around: Surroundings) -> Surroundings:
        """Return the surroundings with the variables of a mapping or list."""
        values = {name: around.scene.told(value) for name, (_, value) in environment(node).items()}
        return replace(around, scene=around.scene.with_variables(values)) if values else around

    def variable_paths(self, node: Node | None, around: Surroundings) -> Iterator[Reference]:
        """Yield the paths that variables are set to."""
        for name, (_, value) in entries(node).items():
            inner = entries(value).get("value", (None, value))[1]
            if not _NO_PATH.search(name.upper()) and not isinstance(inner, SequenceNode):
                yield from self.paths(inner, around, plain=bool(NAMES_A_PLACE.search(name)))
        for item in node.value if isinstance(node, SequenceNode) else ():
            name = text_of(value_of(item, "name")) or text_of(value_of(item, "key")) or ""
            plain = bool(NAMES_A_PLACE.search(name))
            yield from self.paths(value_of(item, "value"), around, plain=plain)
        for scalar in items_of(node, self.text) if isinstance(node, SequenceNode) else ():
            yield from script_references([scalar], self.text, around)


def _paths_in(scalar: Scalar, around: Surroundings, plain: bool) -> Iterator[Reference]:
    lines = [Word(m.start(), m.end(), m.group()) for m in _LINE.finditer(scalar.value)]
    for line in lines:
        blanks = len(line.text) - len(line.text.lstrip())
        text = line.text.strip()
        word = Word(line.start + blanks, line.start + blanks + len(text), text)
        between = scalar.between if len(lines) == 1 and scalar.quote not in ("|", ">") else "\n"
        found = list(_one_path(word, around, plain, between))
        masked = _EXPRESSION.sub(lambda m: "$" * len(m[0]), text)
        if not re.search(r"[\s,]", masked) or any(r.end == word.end for r in found):
            yield from found
            continue
        for piece in _PIECE.finditer(masked):
            start, end = piece.span()
            comma = "," if "," in text and between is None else None
            inner = Word(word.start + start, word.start + end, text[start:end])
            yield from _one_path(inner, around, plain, comma)


def _one_path(
    word: Word, around: Surroundings, plain: bool, between: str | None
) -> Iterator[Reference]:
    if MAGIC.search(word.text.replace("${{", "")) or word.text.startswith("!"):
        if "/" in word.text and "$" not in word.text:
            yield from pattern_references(word, around, between)
            return
    for found in word_paths(word, around, plain):
        is_whole = (found.start, found.end) == (word.start, word.end)
        yield replace(found, between=between) if is_whole else found
