"""What path expressions in Python code evaluate to, found without running anything.

The repository is taken to stand at :data:`ROOT`, an absolute path that no machine has, and the
current directory to be the repository's root. A value is a ``PurePosixPath``, a string, a boolean,
a number, a list of values, or a function of the file's own; whatever is not understood raises
:class:`Unknown`, never a guess. Files "exist" if the tree has them.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath
from posixpath import normpath
from typing import Any, TypeAlias, TypeGuard

from relayout.source import nodes_of
from relayout.tree import Tree

ROOT = PurePosixPath("/\N{LEFT DOUBLE ANGLE BRACKET}repository\N{RIGHT DOUBLE ANGLE BRACKET}")

Value: TypeAlias = Any
"""PurePosixPath, str, bool, int, None, list, tuple, or LocalFunction."""


class Unknown(Exception):
    """The expression cannot be evaluated from the tree alone."""


@dataclass(frozen=True, slots=True)
class LocalFunction:
    """A function of the file that is being evaluated; calling it interprets its body."""

    node: ast.FunctionDef


def is_place(node: ast.AST) -> TypeGuard[ast.Name | ast.Attribute]:
    """Tell whether a node stands for the file's own place or for the current folder."""
    if isinstance(node, ast.Name):
        return node.id == "__file__"
    return isinstance(node, ast.Attribute) and node.attr in ("cwd", "getcwd")


def repository_path(value: Value) -> str | None:
    """Return the repository-relative path that a path value names, or None if it is outside.

    A relative string or path counts from the repository's root, where tools are started.
    """
    if not isinstance(value, str | PurePosixPath):
        return None
    absolute = normpath(str(ROOT / str(value)))
    if absolute == str(ROOT):
        return ""
    prefix = f"{ROOT}/"
    return absolute[len(prefix) :] if absolute.startswith(prefix) else None


@lru_cache(maxsize=2)
def qualified_names(module: ast.Module) -> dict[str, str]:
    """Return what each imported local name stands for, such as ``P`` -> ``pathlib.Path``."""
    names: dict[str, str] = {}
    for node in nodes_of(module):
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.asname:
                    names[alias.asname] = alias.name
                else:
                    top = alias.name.partition(".")[0]
                    names[top] = top
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                names[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    return names


class PathFilesystem:
    """The questions that path code asks of a file system, answered from a tree."""

    def __init__(self, tree: Tree, folder: str = "") -> None:
        self._tree = tree
        self.start = ROOT / folder
        self.folder: PurePosixPath | None = self.start
        """The current folder, or None if it cannot be told."""

    def absolute(self, value: Value) -> PurePosixPath:
        """Return a path as seen from the current folder. Raises Unknown if that is not known."""
        path = _as_path(value)
        if self.folder is None and not path.is_absolute():
            raise Unknown("the current folder")
        return PurePosixPath(normpath(str((self.folder or ROOT) / path)))

    def is_file(self, path: PurePosixPath) -> bool:
        """Tell whether the tree has a file there."""
        return (repository_path(path) or "") in self._tree

    def is_dir(self, path: PurePosixPath) -> bool:
        """Tell whether the tree has a folder there; ``.git`` stands at the root."""
        relative = repository_path(path)
        if relative is None:
            if ROOT.is_relative_to(path):
                return True
            raise Unknown("outside of the repository")
        return relative in self._tree.folders or relative == ".git"

    def exists(self, path: PurePosixPath) -> bool:
        """Tell whether the tree has anything there."""
        return self.is_file(path) or self.is_dir(path)


def _as_path(value: Value) -> PurePosixPath:
    if isinstance(value, str | PurePosixPath):
        return PurePosixPath(value)
    raise Unknown("not a path")


def _join(*parts: Value) -> str:
    return str(PurePosixPath(*map(_as_path, parts)))


def path_functions(files: PathFilesystem) -> dict[str, Callable[..., Value]]:
    """Return the library functions that path code calls, by qualified name."""
    return {
        "pathlib.Path": lambda *parts: PurePosixPath(*map(_as_path, parts)),
        "pathlib.PurePath": lambda *parts: PurePosixPath(*map(_as_path, parts)),
        "pathlib.PosixPath": lambda *parts: PurePosixPath(*map(_as_path, parts)),
        "pathlib.Path.cwd": lambda: files.absolute("."),
        "os.getcwd": lambda: str(files.absolute(".")),
        "os.fspath": str,
        "os.path.join": _join,
        "os.path.dirname": lambda p: str(_as_path(p).parent) if "/" in str(p) else "",
        "os.path.basename": lambda p: _as_path(p).name,
        "os.path.abspath": lambda p: str(files.absolute(p)),
        "os.path.realpath": lambda p: str(files.absolute(p)),
        "os.path.normpath": lambda p: normpath(str(_as_path(p))),
        "os.path.exists": lambda p: files.exists(files.absolute(p)),
        "os.path.isdir": lambda p: files.is_dir(files.absolute(p)),
        "os.path.isfile": lambda p: files.is_file(files.absolute(p)),
        "str": str,
        "bool": bool,
        "len": len,
        "list": list,
        "tuple": tuple,
        "range": lambda *a: list(range(*a)[:1000]),
        "reversed": lambda v: list(reversed(v)),
        "any": any,
        "all": all,
    }


def path_methods(files: PathFilesystem) -> dict[str, Callable[..., Value]]:
    """Return the methods of ``pathlib.Path`` that path code calls; the path comes first."""
    return {
        "cwd": lambda _: files.absolute("."),
        "resolve": lambda p, *_, **__: files.absolute(p),
        "absolute": files.absolute,
        "joinpath": lambda p, *parts: p.joinpath(*map(_as_path, parts)),
        "exists": lambda p: files.exists(files.absolute(p)),
        "is_dir": lambda p: files.is_dir(files.absolute(p)),
        "is_file": lambda p: files.is_file(files.absolute(p)),
        "as_posix": str,
        "__str__": str,
        "with_name": lambda p, name: p.with_name(name),
        "with_suffix": lambda p, suffix: p.with_suffix(suffix),
    }


PATH_ATTRIBUTES: dict[str, Callable[[PurePosixPath], Value]] = {
    "parent": lambda p: p.parent,
    "parents": lambda p: list(p.parents),
    "name": lambda p: p.name,
    "stem": lambda p: p.stem,
    "suffix": lambda p: p.suffix,
    "parts": lambda p: list(p.parts),
}

PATH_CONSTANTS = {
    "os.pardir": "..",
    "os.curdir": ".",
    "os.sep": "/",
    "os.path.pardir": "..",
    "os.path.curdir": ".",
    "os.path.sep": "/",
}

STRING_METHODS = frozenset(
    {"replace", "rstrip", "strip", "lower", "startswith", "endswith", "join", "split", "rsplit"}
    | {"partition", "rpartition", "removeprefix", "removesuffix"}
)
