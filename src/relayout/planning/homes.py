"""Homes: the packages that a layout has, and the project that each one is installed as."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from posixpath import join

from relayout.inventory.django import DjangoProject
from relayout.inventory.search_paths import DJANGO_QUARANTINE
from relayout.tree import ancestors


@dataclass(frozen=True, slots=True)
class Home:
    """A package of the layout: its import name, and the folder of its ``pyproject.toml``.

    The folder is empty for the root of the repository. ``inside`` is the folder of the project that
    the package is found in, empty for the project's own. ``apart`` are folders below the package
    that are none of it, whatever they hold (``pipelines/orders/dbt``).
    """

    package: str
    project: str = ""
    inside: str = "src"
    apart: tuple[str, ...] = ()

    @property
    def source(self) -> str:
        """The folder that the package is found in: ``src`` of its project, or the project's own."""
        return join(self.project, self.inside).rstrip("/")

    @property
    def root(self) -> str:
        """The folder of the package itself."""
        return join(self.source, self.package)

    def has(self, path: str) -> bool:
        """Tell whether a path is that of something in the package."""
        if not path.startswith(f"{self.root}/"):
            return False
        folders = path[len(self.root) + 1 :].split("/")[:-1]
        return self.apart_folder(folders) is None

    def apart_folder(self, folders: Sequence[str]) -> str | None:
        """Return which of the folders below the package is none of it, or None.

        Only those of the first two levels are: a pipeline's, or one beside all pipelines.
        """
        return next((folder for folder in folders[:2] if folder in self.apart), None)

    def serves(self, path: str) -> bool:
        """Tell whether a path is found by its name because the project is installed.

        What else stands in ``src`` is so, too; what else stands in the root is not.
        """
        return path.startswith(f"{self.source}/") if self.source else self.has(path)

    @property
    def quarantine(self) -> str:
        """The folder that a Django skeleton goes to."""
        return join(self.project, DJANGO_QUARANTINE)

    @property
    def pyproject(self) -> str:
        """The path of the project's ``pyproject.toml``."""
        return join(self.project, "pyproject.toml")


def home_of(path: str, homes: Iterable[Home]) -> Home | None:
    """Return the home whose package a path of the new tree is in, or None."""
    return next((home for home in homes if home.has(path)), None)


def holds_others(folders: Collection[str], paths: Iterable[str], homes: Collection[Home]) -> bool:
    """Tell whether one of the folders has a path that is in no package; the root does not count.

    The root is on every search path, by the installed package.
    """
    tops = tuple(f"{folder}/" for folder in folders if folder)
    return bool(tops) and any(p.startswith(tops) and home_of(p, homes) is None for p in paths)


@dataclass(frozen=True, slots=True)
class Territory:
    """The files of the old tree that belong to one home.

    ``base`` is the folder that they are below, empty for all that are in no other territory.
    ``package_folder`` is the folder that is the package now, or empty; ``django`` the Django
    project that is to be taken apart, or None.
    """

    home: Home
    base: str = ""
    package_folder: str = ""
    django: DjangoProject | None = None

    def inner(self, path: str) -> str:
        """Return a path relative to the territory's base."""
        return path[len(self.base) + 1 :] if self.base else path


@dataclass(frozen=True)
class Homes:
    """All territories; that of the main package, which has what is in no other, is first."""

    territories: tuple[Territory, ...]
    _by_base: Mapping[str, Territory] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        by_base: dict[str, Territory] = {}
        for territory in self.territories:
            by_base.setdefault(territory.base, territory)
        object.__setattr__(self, "_by_base", by_base)

    @property
    def main(self) -> Territory:
        """The territory of the main package."""
        return self.territories[0]

    @property
    def all(self) -> tuple[Home, ...]:
        """The homes, each once, the main package's first."""
        return tuple(dict.fromkeys(territory.home for territory in self.territories))

    def of(self, path: str) -> Territory:
        """Return the territory that a path of the old tree is in."""
        for folder in ancestors(path):
            if folder in self._by_base:
                return self._by_base[folder]
        return self.main
