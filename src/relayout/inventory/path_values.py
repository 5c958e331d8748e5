"""What path expressions in Python code evaluate to, found without running anything.

The repository is taken to stand at :data:`ROOT`, an absolute path that no machine has, and the
current directory to be the repository's root until the code changes it. A value is a
``PurePosixPath``, a string, a boolean, a number, a list or a dictionary of values, or a function of
the file's own; whatever is not understood raises :class:`Unknown`, never a guess. Files "exist" if
the tree has them.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from posixpath import basename, dirname, normpath, relpath, split, splitext
from typing import Any, TypeAlias, TypeGuard

from relayout.tree import Tree

ROOT = PurePosixPath("/\N{LEFT DOUBLE ANGLE BRACKET}repository\N{RIGHT DOUBLE ANGLE BRACKET}")
_ROOT_TEXT = str(ROOT)

Value: TypeAlias = Any
"""PurePosixPath, str, bool, int, None, list, tuple, dict, OldSearchPath or LocalFunction."""

CURRENT_FOLDER = "os.getcwd()"
"""Under this name, which no code can bind, an environment knows the current folder."""

OLD_PYTHONPATH = "\N{LEFT DOUBLE ANGLE BRACKET}PYTHONPATH\N{RIGHT DOUBLE ANGLE BRACKET}"
"""Stands for what the environment variable said before, in the text of a new value."""


class Unknown(Exception):
    """The expression cannot be evaluated from the tree alone."""


@dataclass(frozen=True, slots=True)
class OldSearchPath:
    """Stands in a list for the entries that ``sys.path`` had before."""


OLD_SEARCH_PATH = OldSearchPath()


@dataclass(frozen=True, slots=True)
class LocalFunction:
    """A function of the file that is being evaluated; calling it interprets its body.

    ``gives`` tells whether it returns anything; a context manager gives nothing.
    """

    node: ast.FunctionDef
    gives: bool = True


_PLACES = frozenset({"cwd", "getcwd", "getfile", "getsourcefile", "getabsfile"})


def is_place(node: ast.AST) -> TypeGuard[ast.Name | ast.Attribute]:
    """Tell whether a node stands for the file's own place or for the current folder."""
    if isinstance(node, ast.Name):
        return node.id == "__file__"
    return isinstance(node, ast.Attribute) and node.attr in _PLACES


def repository_path(value: Value) -> str | None:
    """Return the repository-relative path that a path value names, or None if it is outside.

    A relative string or path counts from the repository's root, where tools are started. A text
    with an end of a line in it is text about paths, and names none.
    """
    if not isinstance(value, str | PurePosixPath):
        return None
    text = str(value)
    if "\n" in text:
        return None
    absolute = normpath(text if text.startswith("/") else f"{_ROOT_TEXT}/{text}")
    if absolute == _ROOT_TEXT:
        return ""
    prefix = f"{_ROOT_TEXT}/"
    return absolute[len(prefix) :] if absolute.startswith(prefix) else None


class PathFilesystem:
    """The questions that path code asks of a file system, answered from a tree."""

    def __init__(self, tree: Tree, folder: str = "") -> None:
        """Begin in a folder of the repository."""
        self._tree = tree
        self.start: Value = ROOT / folder
        self.current: Value = self.start

    def absolute(self, value: Value) -> PurePosixPath:
        """Return a path as seen from the current folder. Raises Unknown if that is not known."""
        path = _as_path(value)
        if path.is_absolute():
            return PurePosixPath(normpath(path))
        if self.current is Unknown:
            raise Unknown("the current folder")
        return PurePosixPath(normpath(self.current / path))

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


def _spelled(value: Value) -> str:
    """Return a path's text as it is, with a slash at its end if it has one."""
    _as_path(value)
    return str(value)


def _join(*parts: Value) -> str:
    return str(PurePosixPath(*map(_as_path, parts)))


def _home_free(value: Value) -> Value:
    """Return a path in which no home folder has to be filled in."""
    if str(_as_path(value)).startswith("~"):
        raise Unknown("a home folder")
    return value


def as_text(value: Value) -> str:
    """Return a value as formatting writes it. Raises Unknown if that is not a path's business."""
    if isinstance(value, str | int | PurePosixPath):
        return str(value)
    raise Unknown("not a text")


def _items(value: Value) -> list[Value]:
    """Return the items of a list, in order; what the search path had is not known one by one."""
    if isinstance(value, dict):
        return list(value)
    if isinstance(value, list | tuple) and OLD_SEARCH_PATH not in value:
        return list(value)
    raise Unknown("not a list")


def _unique(value: Value) -> list[Value]:
    if isinstance(value, list | tuple):
        return list(dict.fromkeys(value))
    raise Unknown("not a list")


def _copy(value: Value) -> list[Value]:
    if isinstance(value, list | tuple | dict):
        return list(value)
    raise Unknown("not a list")


def _range(*limits: int) -> list[int]:
    return list(range(*limits)[:1000])


_BUILTINS: Mapping[str, Callable[..., Value]] = {
    "str": as_text,
    "bool": bool,
    "len": lambda v: len(v) if isinstance(v, str) else len(_items(v)),
    "list": _copy,
    "tuple": _copy,
    "set": _unique,
    "dict.fromkeys": _unique,
    "collections.OrderedDict.fromkeys": _unique,
    "sorted": lambda v: sorted(_items(v)),
    "enumerate": lambda v, start=0: [list(pair) for pair in enumerate(_items(v), start)],
    "zip": lambda *v: [list(row) for row in zip(*map(_items, v), strict=False)],
    "range": _range,
    "reversed": lambda v: list(reversed(_items(v))),
    "any": lambda v: any(_items(v)),
    "all": lambda v: all(_items(v)),
}
"""The functions of any code that path code calls."""


def path_functions(files: PathFilesystem) -> dict[str, Callable[..., Value]]:
    """Return the library functions that path code calls, by qualified name."""

    def relative(path: Value, start: Value = ".") -> str:
        return relpath(files.absolute(path), files.absolute(start))

    def path(*parts: Value) -> PurePosixPath:
        return PurePosixPath(*map(_as_path, parts))

    def absolute(path: Value) -> str:
        return str(files.absolute(path))

    return {
        "pathlib.Path": path,
        "pathlib.PurePath": path,
        "pathlib.PosixPath": path,
        "pathlib.PurePosixPath": path,
        "pathlib.Path.cwd": lambda: files.absolute("."),
        "os.getcwd": lambda: absolute("."),
        "os.fspath": as_text,
        "os.path.join": _join,
        "os.path.dirname": lambda p: dirname(_spelled(p)),
        FROM_FILE: lambda p, rest: _join(dirname(_spelled(p)), rest),
        "os.path.basename": lambda p: basename(_spelled(p)),
        "os.path.split": lambda p: list(split(_spelled(p))),
        "os.path.splitext": lambda p: list(splitext(_spelled(p))),
        "os.path.expanduser": lambda p: _spelled(_home_free(p)),
        "os.path.abspath": absolute,
        "os.path.realpath": absolute,
        "os.path.relpath": relative,
        "os.path.normpath": lambda p: normpath(_spelled(p)),
        "os.path.normcase": _spelled,
        "os.path.isabs": lambda p: _as_path(p).is_absolute(),
        "os.path.exists": lambda p: files.exists(files.absolute(p)),
        "os.path.isdir": lambda p: files.is_dir(files.absolute(p)),
        "os.path.isfile": lambda p: files.is_file(files.absolute(p)),
        **_BUILTINS,
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
        "expanduser": _home_free,
        "as_posix": str,
        "__str__": str,
        "with_name": lambda p, name: p.with_name(name),
        "with_suffix": lambda p, suffix: p.with_suffix(suffix),
    }


FROM_FILE = "dagster.file_relative_path"
"""Joins a path to the folder of a file
(https://docs.dagster.io/api/dagster/utilities#dagster.file_relative_path)."""

PATH_ATTRIBUTES: dict[str, Callable[[PurePosixPath], Value]] = {
    "parent": lambda p: p.parent,
    "parents": lambda p: list(p.parents),
    "name": lambda p: p.name,
    "stem": lambda p: p.stem,
    "suffix": lambda p: p.suffix,
    "parts": lambda p: list(p.parts),
}

PATH_CONSTANTS: dict[str, Value] = {
    "os.pardir": "..",
    "os.curdir": ".",
    "os.sep": "/",
    "os.path.pardir": "..",
    "os.path.curdir": ".",
    "os.path.sep": "/",
    "os.pathsep": ":",
    "os.path.pathsep": ":",
    "sys.path": [OLD_SEARCH_PATH],
}

STRING_METHODS = frozenset(
    {"replace", "rstrip", "strip", "lower", "startswith", "endswith", "join", "split", "rsplit"}
    | {"partition", "rpartition", "removeprefix", "removesuffix", "lstrip", "format", "find"}
    | {"rfind", "index", "rindex", "splitlines"}
)

COLLECTION_METHODS = frozenset({"copy", "keys", "values", "items"})
