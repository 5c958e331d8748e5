"""Notebooks: what the magics and commands of code cells name, and the links of Markdown cells.

Paths count from the folder of the notebook, in which its kernel starts, until ``%cd`` enters
another; a command after ``!`` has a shell of its own
(https://ipython.readthedocs.io/en/stable/interactive/magics.html).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from relayout.inventory.configured_paths.values import scene_in
from relayout.inventory.references.commandline.commands import references_in
from relayout.inventory.references.commandline.surroundings import Surroundings, word_paths
from relayout.inventory.references.commandline.words import Dialect, Word, commands_in
from relayout.inventory.references.documents.addresses import Page
from relayout.inventory.references.documents.markdown import in_markdown
from relayout.inventory.references.reference import (
    ROOT,
    Base,
    Form,
    Reference,
    beside,
    named_from,
    named_module,
)
from relayout.ipython import Cell
from relayout.json_spans import NotJson, Span, elements, members, units, value_at, whole
from relayout.notebook import Notebook, is_notebook
from relayout.source import NotPython
from relayout.tree import Tree

KIND = "notebook"

_CHECKPOINTS = ".ipynb_checkpoints/"
_CELL_MAGIC = re.compile(r"%%(?P<name>[\w!]+)(?P<arguments>[^\r\n]*)(?:\r\n|\r|\n|\Z)")
_LINE_MAGIC = re.compile(r"%?(?P<name>\w+)")
_SHELLS = {
    "bash": Dialect.POSIX, "sh": Dialect.POSIX, "!": Dialect.POSIX, "sx": Dialect.POSIX,
    "system": Dialect.POSIX, "cmd": Dialect.BATCH, "powershell": Dialect.POWERSHELL,
    "pwsh": Dialect.POWERSHELL,
}  # fmt: skip
_SCRIPT = re.compile(r"script\b.*\b(?:bash|sh|zsh)\b")
_WRITES = frozenset({"writefile", "file"})
_READS = frozenset({"load", "loadpy", "pycat", "edit", "ed", "writefile", "file", "less", "more"})
_EXTENSIONS = frozenset({"load_ext", "reload_ext"})
_COMMANDS = frozenset(
    {"ls", "ll", "cat", "cp", "mv", "rm", "mkdir", "rmdir", "pip", "conda", "mamba", "uv", "man"}
)
_CHANGES_FOLDER = re.compile(r"\bchdir\b")
_DOTTED = re.compile(r"[A-Za-z_]\w*(?:\.\w+)*")


def is_followed_notebook(path: str) -> bool:
    """Tell whether a file is a notebook, and none of the copies that Jupyter makes."""
    return is_notebook(path) and _CHECKPOINTS not in f"/{path}"


def read_notebook(text: str, path: str, tree: Tree) -> list[Reference]:
    """Return what a notebook names outside of its Python code.

    A kernel may have been told to start in the root: that is taken if more is named from there.
    """
    document = text.removeprefix("\ufeff")
    shift = len(text) - len(document)
    try:
        codes = {cell.span: cell.cell for cell in Notebook.decode(document.encode()).cells}
        cells = list(_cells(document))
    except (NotPython, NotJson, UnicodeEncodeError):
        return []
    own, from_root = (_Here(path, tree, base) for base in (beside(path), ROOT))
    readings: tuple[list[Reference], list[Reference]] = ([], [])
    found: list[Reference] = []
    for kind, span in cells:
        source = value_at(document, span)
        lines = [source] if isinstance(source, str) else source
        if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
            continue
        if kind == "markdown":
            page = Page("".join(lines), path, tree, KIND)
            found += _placed(list(in_markdown(page)), document, span, shift)
        elif span in codes:
            for here, reading in zip((own, from_root), readings, strict=True):
                named = list(here.in_code(codes[span]))
                reading.extend(_placed(named, document, span, shift))
    return found + max(readings, key=len)


def _cells(document: str) -> Iterator[tuple[str, Span]]:
    """Yield the kind of each cell, and where its source stands. Raises NotJson."""
    top = members(document, whole(document))
    cells = elements(document, top.get("cells"))
    key = "source"
    if "cells" not in top:
        key = "input"
        sheets = elements(document, top.get("worksheets"))
        cells = [c for s in sheets for c in elements(document, members(document, s).get("cells"))]
    for span in cells:
        cell = members(document, span)
        kind = value_at(document, cell.get("cell_type"))
        source = cell.get("source" if kind == "markdown" else key)
        if source is not None and kind in ("code", "markdown"):
            yield kind, source


def _placed(found: list[Reference], document: str, span: Span, shift: int) -> Iterator[Reference]:
    """Yield references within a cell's source as they stand in the file.

    What JSON writes in another way than it is, such as a path with a quote in it, is left out.
    """
    if not found:
        return
    parts = [span] if document[span[0]] == '"' else elements(document, span)
    places: list[Span] = []
    for part in parts:
        position = part[0] + 1
        for unit in units(document, part):
            places.append((position, position + len(unit)))
            position += len(unit)
    for reference in found:
        start, end = places[reference.start][0], places[reference.end - 1][1]
        is_plain = document[start:end] == reference.text and not set(reference.path) & set('"\\')
        if reference.start < reference.end and is_plain:
            between = None if '"' in (reference.between or "") else reference.between
            yield replace(reference, start=start + shift, end=end + shift, between=between)


class _Here:
    """Reads the code cells of a notebook in order, and knows the folder that each runs in."""

    def __init__(self, path: str, tree: Tree, base: Base) -> None:
        self.tree = tree
        self.around = Surroundings(path, KIND, scene_in(base.folder, path, tree), base)

    def in_code(self, cell: Cell) -> Iterator[Reference]:
        """Yield what a code cell names."""
        source = cell.source
        for piece in cell.pieces:
            start, end = piece.start, piece.end
            if cell.is_plain(piece):
                if _CHANGES_FOLDER.search(source, start, end):
                    self.around = self.around.entered(None)
            elif source.startswith("%%", start):
                yield from self._cell_magic(source, start, end)
            elif source.startswith("!", start):
                yield from self._shell(source, start + 1, end)
            else:
                yield from self._line_magic(source, start, end)

    def _shell(
        self, source: str, start: int, end: int, dialect: Dialect = Dialect.POSIX
    ) -> Iterator[Reference]:
        start += source.startswith("!", start)
        yield from references_in(commands_in(source, start, end, dialect), self.around)

    def _cell_magic(self, source: str, start: int, end: int) -> Iterator[Reference]:
        match = _CELL_MAGIC.match(source, start, end)
        if match is None:
            return
        name = match["name"]
        if name in _WRITES:
            yield from self._file(source, *match.span("arguments"))
        elif name in _SHELLS:
            yield from self._shell(source, match.end(), end, _SHELLS[name])
        elif _SCRIPT.match(name + match["arguments"]):
            yield from self._shell(source, match.end(), end)

    def _line_magic(self, source: str, start: int, end: int) -> Iterator[Reference]:
        match = _LINE_MAGIC.match(source, start, end)
        if match is None:
            return
        name, after = match["name"], match.end()
        if name == "cd":
            yield from self._enter(source, after, end)
        elif name == "run":
            yield from self._run(source, after, end)
        elif name in _READS:
            yield from self._file(source, after, end)
        elif name in _EXTENSIONS:
            for word in _words(source, after, end):
                yield from self._module(word)
        elif name in _SHELLS:
            yield from self._shell(source, after, end, _SHELLS[name])
        elif name in _COMMANDS:
            yield from self._shell(source, match.start("name"), end)

    def _enter(self, source: str, start: int, end: int) -> Iterator[Reference]:
        words = [w for w in _words(source, start, end) if w.text != "-q"]
        if len(words) != 1 or words[0].text.startswith("-") or "{" in words[0].text:
            self.around = self.around.entered(None)
            return
        yield from word_paths(words[0], self.around, plain=True)
        self.around = self.around.entered(self.around.scene.absolute(words[0].text))

    def _run(self, source: str, start: int, end: int) -> Iterator[Reference]:
        """Yield the file or module that ``%run`` runs; the suffix of a script may be left out."""
        words = _words(source, start, end)
        while words and words[0].text.startswith("-"):
            if words[0].text == "-m" and len(words) > 1:
                yield from self._module(words[1])
                return
            words = words[1:]
        if not words:
            return
        found = list(word_paths(words[0], self.around, plain=True))
        yield from found or self._without_suffix(words[0])
        for word in words[1:]:
            yield from word_paths(word, self.around, plain=False)

    def _without_suffix(self, word: Word) -> Iterator[Reference]:
        base = self.around.base
        named = None if base is None else named_from(base.folder, f"{word.text}.py")
        if base is not None and named in self.tree.modules:
            assert named is not None
            yield Reference(word.start, word.end, word.text, named, KIND, base, ending=".py")

    def _file(self, source: str, start: int, end: int) -> Iterator[Reference]:
        """Yield the file that a magic reads or writes: the last thing that it is given."""
        words = [w for w in _words(source, start, end) if not w.text.startswith("-")]
        if words:
            yield from word_paths(words[-1], self.around, plain=True)

    def _module(self, word: Word) -> Iterator[Reference]:
        """Yield a module that is found from here, or from the root as what is imported."""
        if self.around.base is None or not _DOTTED.fullmatch(word.text):
            return
        for base in (self.around.base, ROOT):
            found = named_module(base.folder, word.text, self.tree)
            if found is not None:
                start, end = word.start, word.end
                yield Reference(start, end, word.text, found, KIND, base, form=Form.MODULE)
                return


def _words(source: str, start: int, end: int) -> list[Word]:
    """Return the words of a magic's first line."""
    commands = commands_in(source, start, end)
    return next((command.words for command in commands if command.words), [])
