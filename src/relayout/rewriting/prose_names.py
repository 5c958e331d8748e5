"""Prose in Python files: where it names a module or a file in full, it follows.

It does so for moves within a layout: in comments and docstrings, and in other strings in a command
that starts Python, such as a message has it. Any other string may name a table or a topic. An
adoption leaves prose as it is, since its proof is that only what runs was edited.
"""

from __future__ import annotations

import ast
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from posixpath import dirname

from relayout.inventory.docstring_code import docstrings
from relayout.inventory.search_paths import module_name
from relayout.rewriting.destination import Destination
from relayout.rewriting.python import RewrittenFile
from relayout.source import Edit, NotPython, Source, nodes_of

_DOTTED = re.compile(r"(?<![\w./\\@-])[^\W\d]\w*(?:\.[^\W\d]\w*)+(?![\w/\\-])")
_PATH = re.compile(r"(?<![\w./\\@:-])(?:\./)?(?P<path>[\w-][\w.-]*(?:/[\w.-]*[\w-])+)")
_STARTED = re.compile(r"\bpython[\d.]*\s+(?:-m\s+)?(?:\./)?\Z")


class ProseRewriter:
    """Finds the names in prose that one set of moves changes."""

    def __init__(self, destination: Destination) -> None:
        self._destination = destination

    def rewritten(self, content: bytes, code: RewrittenFile) -> bytes | None:
        """Return a module with the edits of its code and of its prose; None if it has none.

        What an edit of the code changes is left to it.
        """
        try:
            source = Source.decode(content)
            edits = self._edits(source, code.edits)
        except NotPython:
            return code.content
        return source.edited([*code.edits, *edits]) if edits else code.content

    def _edits(self, source: Source, given: Sequence[Edit]) -> list[Edit]:
        named = [*self._dotted(source.text), *self._paths(source.text)]
        named = [one for one in named if not any(_overlap(one, other) for other in given)]
        prose = _Prose(source, source.parse()) if named else None
        return [one for one in named if prose is not None and prose.has(one.start)]

    def _dotted(self, text: str) -> Iterator[Edit]:
        for match in _DOTTED.finditer(text):
            parts = match.group().split(".")
            for count in range(len(parts), 1, -1):
                name = ".".join(parts[:count])
                if name in self._modules:
                    if self._modules[name] != name:
                        end = match.start() + len(name)
                        yield Edit(match.start(), end, self._modules[name], "prose")
                    break

    def _paths(self, text: str) -> Iterator[Edit]:
        for match in _PATH.finditer(text):
            path = match["path"]
            place = self._destination.moves.get(path) or self._destination.of_folder(path)
            if place is not None and place != path:
                yield Edit(match.start("path"), match.end("path"), place, "prose")

    @cached_property
    def _modules(self) -> Mapping[str, str]:
        """What every module is called after the moves, by its full name before.

        A name that is that of two modules stays, and so does that of a package that came apart.
        """
        found: dict[str, set[str]] = {}
        for path in self._destination.before.modules:
            found.setdefault(module_name(path), set()).add(self._name_after(path))
        return {name: min(after) if len(after) == 1 else name for name, after in found.items()}

    def _name_after(self, path: str) -> str:
        came_apart = path.endswith("/__init__.py") and (
            self._destination.of_package(dirname(path)) is None
        )
        return module_name(path if came_apart else self._destination.of_file(path))


class _Prose:
    """Where the docstrings and comments of a file are, and commands in its strings."""

    def __init__(self, source: Source, module: ast.Module) -> None:
        self._source = source
        self._docstrings = [source.span(node) for node in docstrings(module)]
        self._literals = [
            source.span(node)
            for node in nodes_of(module)
            if isinstance(node, ast.Constant | ast.JoinedStr)
        ]

    def has(self, offset: int) -> bool:
        """Tell whether what begins at an offset stands in prose."""
        if any(start <= offset < end for start, end in self._docstrings):
            return True
        starts, text = self._source.line_starts, self._source.text
        line = starts[bisect_right(starts, offset) - 1]
        if self._in_literal(offset):
            return _STARTED.search(text, line, offset) is not None
        signs = (at for at in range(line, offset) if text[at] == "#")
        return any(not self._in_literal(at) for at in signs)

    def _in_literal(self, offset: int) -> bool:
        return any(start <= offset < end for start, end in self._literals)


def _overlap(one: Edit, other: Edit) -> bool:
    return one.start < other.end and other.start < one.end
