"""Files of a project that are no modules, and that only Django reads."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from posixpath import basename, dirname

from relayout.inventory.python import PythonFile
from relayout.tree import Tree, ancestors

_FOLDERS = {
    "templates": "it is a template",
    "jinja2": "it is a template",
    "static": "it is a static file",
    "staticfiles": "it is a static file",
    "locale": "it is of a translation",
    "fixtures": "it is a fixture",
}

_FIXTURE = re.compile(rb"[\"']?\bmodel[\"']?\s*[:=]\s*[\"']?\w+\.\w+")
"""How each object of a serialized fixture begins
(https://docs.djangoproject.com/en/5.2/topics/serialization/)."""

_HEAD = 4096

_DATABASES = (".sqlite3", ".sqlite", ".db")

_OF_THE_PROJECT = re.compile(
    r"(?i)dockerfile.*|.*\.(?:md|rst|toml|lock|cfg|ini|sh|ya?ml|env)|requirements.*\.txt"
    r"|makefile|procfile|license.*|\..*"
)
"""Names of files that are about a folder as a whole, and not what its code reads."""


def files_beside(
    tree: Tree,
    python: Mapping[str, PythonFile],
    files: Iterable[str],
    skeleton: Collection[str],
    apps: Collection[str],
) -> dict[str, str]:
    """Return those of the files, which are no modules, that only Django needs, with the reason.

    ``apps`` are the folders of apps, and the folder of the project. A file that other code reaches
    by a path, or whose name that code says, is never among them.
    """
    modules = [path for path in files if path in python]
    named, read = _read_by(python, (p for p in python if p not in skeleton))
    by_folder = _skeleton_folders(modules, skeleton)
    found: dict[str, str] = {}
    for path in files:
        if path in python or basename(path) in named:
            continue
        if not read.isdisjoint([path, *ancestors(path)]):
            continue
        reason = _reason(path, tree, apps) or _reason_of_place(path, by_folder)
        if reason:
            found[path] = reason
    return found


def _read_by(
    python: Mapping[str, PythonFile], paths: Iterable[str]
) -> tuple[frozenset[str], frozenset[str]]:
    """Return the names of files that modules say, and the files and folders that they reach."""
    names: set[str] = set()
    reached: set[str] = set()
    for path in paths:
        names |= python[path].file_names
        reached |= python[path].named_paths
    return frozenset(names), frozenset(reached - {""})


def _reason(path: str, tree: Tree, apps: Collection[str]) -> str:
    for folder in ancestors(path):
        reason = _FOLDERS.get(basename(folder))
        if reason and dirname(folder) in apps:
            if basename(folder) != "fixtures" or _is_fixture(path, tree):
                return reason
    return ""


def _is_fixture(path: str, tree: Tree) -> bool:
    return tree.is_regular(path) and bool(_FIXTURE.search(tree.read(path)[:_HEAD]))


def _skeleton_folders(modules: Iterable[str], skeleton: Collection[str]) -> dict[str, bool]:
    """Return, for each folder with modules at any depth, whether all of them are skeleton."""
    found: dict[str, bool] = {}
    for path in modules:
        for folder in ancestors(path):
            found[folder] = found.get(folder, True) and path in skeleton
    return found


def _reason_of_place(path: str, folders: Mapping[str, bool]) -> str:
    if basename(path).endswith(_DATABASES):
        return "it is a database of the project"
    if _OF_THE_PROJECT.fullmatch(basename(path)):
        return ""
    nearest = next((folder for folder in ancestors(path) if folder in folders), "")
    return "all the code in its folder needs Django" if nearest and folders[nearest] else ""
