"""What an imported name means: the files it leads to, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Protocol

from relayout.inventory.python import ImportedName
from relayout.inventory.search_paths import Located


class Status(Enum):
    """How an import stands."""

    RESOLVED = "resolved"
    REPAIRED = "repaired"
    """It did not resolve, but exactly one module of the repository can be meant."""
    EXTERNAL = "external"
    """It names the standard library, a dependency, or something the repository does not have."""
    BROKEN = "broken"
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True, slots=True)
class Resolution:
    """What an imported name means: its module or package, and the submodule the name is, if any.

    ``files`` are the repository's files that the import needs, the one that it is for first.
    """

    status: Status
    module: Located | None = None
    submodule: Located | None = None
    candidates: tuple[str, ...] = ()
    files: tuple[str, ...] = ()

    @property
    def works(self) -> bool:
        """Whether the import leads to files of the repository, repaired or not."""
        return self.status in (Status.RESOLVED, Status.REPAIRED)


@lru_cache(maxsize=65_536)
def resolution_to(
    module: Located | None, submodule: Located | None, status: Status = Status.RESOLVED
) -> Resolution:
    """Return a resolution that leads somewhere; the same one for the same places."""
    parts = [part.file for part in (submodule, module) if part is not None]
    files = tuple(dict.fromkeys(file for file in parts if file is not None))
    return Resolution(status, module, submodule, (), files)


EXTERNAL = Resolution(Status.EXTERNAL)
BROKEN = Resolution(Status.BROKEN)


class Meanings(Protocol):
    """Says what imports mean: those of files, or of the code that files show."""

    def resolve(self, path: str, name: ImportedName) -> Resolution:
        """Return what an imported name means in the file at ``path``."""
        ...
