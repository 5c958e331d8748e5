"""Homes: the packages that a layout has, and the project that each one is installed as."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from posixpath import join


@dataclass(frozen=True, slots=True)
class Home:
    """A package of the layout: its import name, and the folder of its ``pyproject.toml``.

    The folder is empty for the root of the repository.
    """

    package: str
    project: str = ""

    @property
    def source(self) -> str:
        """The folder that the package is found in: ``src`` of its project."""
        return join(self.project, "src")

    @property
    def root(self) -> str:
        """The folder of the package itself."""
        return f"{self.source}/{self.package}"


def home_of(path: str, homes: Iterable[Home]) -> Home | None:
    """Return the home whose package a path of the new tree is in, or None."""
    return next((home for home in homes if path.startswith(f"{home.root}/")), None)
