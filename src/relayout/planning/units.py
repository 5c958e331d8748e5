"""Units: the folders that a repository's code is divided into, and the names that they get."""

from __future__ import annotations

import keyword
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from posixpath import join


@dataclass(frozen=True, slots=True)
class Unit:
    """A folder of code that moves as one.

    ``folder`` is its path now; containers such as ``scripts/`` are not units unless files stand
    in them directly. The root is the empty string.
    """

    folder: str

    @property
    def name(self) -> str:
        """The unit's name in a package; empty for the root and for ``src``, which is one."""
        last = self.folder.rpartition("/")[2]
        return identifier(last) if last not in ("", "src") else ""


@lru_cache(maxsize=1 << 16)
def identifier(name: str) -> str:
    """Return a name as one that can be imported: ``monday-boards`` becomes ``monday_boards``."""
    cleaned = "".join(letter if f"_{letter}".isidentifier() else "_" for letter in name)
    if not cleaned[:1].isidentifier():
        cleaned = f"_{cleaned}"
    return f"{cleaned}_" if keyword.iskeyword(cleaned) else cleaned


def importable_path(path: str) -> str:
    """Return a path whose folders, and file if it is a module, have names that can be imported."""
    folder, _, name = path.rpartition("/")
    folders = [identifier(part) for part in folder.split("/") if part]
    if name.endswith(".py"):
        name = f"{identifier(name.removesuffix('.py'))}.py"
    return "/".join([*folders, name])


def unit_of(
    path: str, containers: Collection[str], base: str = "", passed: Collection[str] = ()
) -> Unit:
    """Return the unit that a file belongs to: the first folder that is no container.

    Folders are counted from ``base``; those that are ``passed``, given by their path, are
    containers as well.
    """
    above = path.rpartition("/")[0]
    folders = above.split("/") if above else []
    for depth in range(base.count("/") + 2 if base else 1, len(folders) + 1):
        folder = "/".join(folders[:depth])
        if folders[depth - 1] not in containers and folder not in passed:
            return Unit(folder)
    return Unit(above)


def inside(path: str, folder: str) -> str:
    """Return the path of a file relative to a folder above it."""
    return path[len(folder) + 1 :] if folder else path


def below(path: str, package: str) -> str:
    """Return the whole path as one inside the package, without the package's own name twice."""
    importable = importable_path(path)
    return importable.removeprefix(f"{package}/") if package else importable


def is_proper(path: str) -> bool:
    """Tell whether a path names a file inside a repository, and none of git's own."""
    parts = path.split("/")
    return all(part not in ("", ".", "..") and part.casefold() != ".git" for part in parts)


def join_path(*parts: str) -> str:
    """Join path parts; empty ones vanish."""
    return join(*[part for part in parts if part]) if any(parts) else ""
