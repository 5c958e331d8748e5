"""Shell scripts: the files that they run and the paths that their commands name."""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import dirname

from relayout.inventory.configured_paths.values import scene_in
from relayout.inventory.references.commands import references_in
from relayout.inventory.references.reference import Base, Reference
from relayout.inventory.references.surroundings import Surroundings
from relayout.inventory.references.words import Dialect, commands_in
from relayout.tree import Tree

KIND = "shell"


def is_shell(path: str) -> bool:
    """Tell whether a file is a shell script, by its name."""
    return path.endswith((".sh", ".bash", ".zsh", ".ksh"))


def read_shell(text: str, path: str, tree: Tree) -> list[Reference]:
    """Return what a script names.

    It may be started from the root or from its own folder: the reading in which it names more is
    taken, and the root if both name as much.
    """
    return read_script(text, path, tree, KIND, Dialect.POSIX)


def read_script(text: str, path: str, tree: Tree, kind: str, dialect: Dialect) -> list[Reference]:
    """Return what a script in one of the shells' languages names, as :func:`read_shell` does."""
    readings = [list(_reading(text, path, tree, kind, dialect, b)) for b in _bases(path)]
    return max(readings, key=len)


def _bases(path: str) -> Iterator[Base]:
    yield Base()
    if dirname(path):
        yield Base(dirname(path), of_file=True)


def _reading(
    text: str, path: str, tree: Tree, kind: str, dialect: Dialect, base: Base
) -> Iterator[Reference]:
    around = Surroundings(path, kind, scene_in(base.folder, path, tree), base)
    yield from references_in(commands_in(text, 0, len(text), dialect), around)
