"""What becomes of a module that mixes kinds of definitions: parts, each a module beside it."""

from __future__ import annotations

from dataclasses import dataclass
from posixpath import basename


def stem_of(path: str) -> str:
    """Return the last part of the dotted name of the module at a path."""
    return basename(path).removesuffix(".py")


@dataclass(frozen=True, slots=True)
class Part:
    """Definitions that are cut out of a module into a module of their own in the same folder.

    ``path`` is that module's, ``names`` what it binds then, in the order of the source;
    ``section`` is the folder of the layout that they belong to, or what stands there; empty for
    a part that a version of the suite declares.
    """

    path: str
    section: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Split:
    """One module that is split; what no part has stays in it, and belongs to ``section``."""

    path: str
    section: str
    parts: tuple[Part, ...]

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths of the module and of its parts."""
        return (self.path, *(part.path for part in self.parts))

    def part_of(self, name: str) -> str:
        """Return the path of the module that has a name after the split."""
        return next((part.path for part in self.parts if name in part.names), self.path)
