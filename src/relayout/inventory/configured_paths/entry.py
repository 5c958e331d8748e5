"""What configuration says about search paths, and what it starts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from relayout.inventory.paths_of_tests import is_for_tests
from relayout.tree import Tree, ancestors, is_within

DAGS = "dags"
"""The kind of entry that says where Airflow finds a file."""

AIRFLOW = "airflow"
"""The kind of entry for what Airflow adds by itself, whether or not anything says where it is."""


@dataclass(frozen=True, slots=True)
class ConfiguredPath:
    """One place in a configuration file that puts folders on the search path.

    ``folders`` are repository-relative, the root is the empty string; None if nothing of the
    value can be told, and ``unclear`` if that holds for a part of it. ``covers`` is a file, or the
    folder below which files are meant, the empty string for all; with ``tests_only``, only tests.
    ``kind`` is what sets it: ``pytest``, ``PYTHONPATH``, ``checker`` (a type checker or an
    editor), ``started`` for what Python adds itself for a program that is started so, or ``dags``
    for what Airflow adds where a compose file says what it loads, ``airflow`` where none does.
    ``import_mode`` is pytest's, where the line says it.
    """

    file: str
    line: int
    folders: tuple[str, ...] | None
    covers: str
    kind: str
    tests_only: bool = False
    unclear: bool = False
    import_mode: str = ""

    def reaches(self, path: str) -> bool:
        """Tell whether a Python file finds modules in these folders when it is run."""
        return is_within(path, self.covers) and (not self.tests_only or is_for_tests(path))


@dataclass(frozen=True, slots=True)
class Started:
    """A Python file that a line of a runner file starts, from whatever folder.

    ``finds_in`` is the folder that this way of starting it puts on the search path, or None;
    ``is_tests`` says that the line starts pytest in that folder. ``here`` is the current folder
    then, None if it cannot be told.
    """

    file: str
    line: int
    path: str
    finds_in: str | None = None
    is_tests: bool = False
    here: str | None = None


Found = ConfiguredPath | Started


def scope_of(path: str, tree: Tree) -> str:
    """Return the folder whose code a configuration file is for.

    It is the nearest folder above the file that holds Python files; a hidden folder, such as
    ``.github``, speaks for the folder that it stands in.
    """
    for folder in ancestors(path):
        hidden = any(part.startswith(".") for part in folder.split("/"))
        if not hidden and (not folder or holds_modules(folder, tree)):
            return folder
    return ""


def holds_modules(folder: str, tree: Tree) -> bool:
    """Tell whether a folder has Python files in it, at any depth."""
    prefix = f"{folder}/" if folder else ""  # asked of every module: no call for each
    return any(module.startswith(prefix) for module in tree.modules)


def started_runs(found: Iterable[Found]) -> Iterator[Started]:
    """Yield what is started, each once."""
    yield from dict.fromkeys(f for f in found if isinstance(f, Started) and not f.is_tests)


def folders_of_airflow(entries: Iterable[ConfiguredPath]) -> frozenset[str]:
    """Return the folders that Airflow has on its search path by itself, below the root."""
    own = (entry.folders or () for entry in entries if entry.kind in (DAGS, AIRFLOW))
    return frozenset(folder for folders in own for folder in folders if folder)
