"""The stages that do one thing to many files: how they are told to go through them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, TypeVar

Result = TypeVar("Result")


class PerFile(Protocol):
    """Does a piece of work for each path, and gives the results in the order of the paths.

    ``title`` says to people what is being done. The work is a pure function of the path.
    """

    def __call__(
        self, title: str, work: Callable[[str], Result], paths: Sequence[str]
    ) -> Iterable[Result]:
        """Return the results, one for each path."""


def one_by_one(title: str, work: Callable[[str], Result], paths: Sequence[str]) -> Iterable[Result]:
    """Do the work in this process, silently."""
    return map(work, paths)
