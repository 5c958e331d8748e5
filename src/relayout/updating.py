"""One update under way, and what it did."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cached_property
from itertools import starmap
from pathlib import Path
from typing import TYPE_CHECKING

from packaging.version import InvalidVersion, Version

from relayout.errors import Refusal
from relayout.evolution.versions import Declared, crossed
from relayout.repository import Repository, opened
from relayout.suite import load_versions

if TYPE_CHECKING:
    from relayout.planning.plan import Finding

REPORT = "RELAYOUT_UPDATE_REPORT"
"""Variable of the environment: the file to which an update reports, instead of to people."""


@dataclass(frozen=True)
class Updating:
    """One update under way: where, from which version to which, and with which answers file.

    ``place`` is the folder that is rendered, ``renderings`` where Copier's tasks put aside what
    they rendered, ``suite`` the folder of the new version's suite. ``layout`` is the one that was
    asked for on the command line, or empty; ``given`` are the questions that were answered there,
    and ``is_unattended`` says that no other was asked.
    """

    place: Path
    renderings: Path
    suite: Path
    answers_file: str
    old: str
    new: str
    layout: str = ""
    given: frozenset[str] = frozenset()
    is_unattended: bool = False

    @cached_property
    def crossed(self) -> tuple[Declared, ...]:
        """What the versions declare that this update crosses, in order. Raises Refusal."""
        return self.crossed_since(self.old)

    def crossed_since(self, version: str) -> tuple[Declared, ...]:
        """Return what is declared by later versions than one, up to the new. Raises Refusal."""
        try:
            old, new = Version(version), Version(self.new)
        except InvalidVersion as error:
            raise Refusal(f"this is no version of a suite: {error}") from None
        return crossed(load_versions(self.suite), old, new)


@dataclass(frozen=True)
class Updated:
    """What an update did: versions, moves of the user's files, and what a person has to decide.

    Paths of ``moves``, ``conflicts`` and ``findings`` count from the folder that is rendered.
    """

    old: str
    new: str
    moves: Mapping[str, str]
    conflicts: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


def write_report(path: Path, updated: Updated) -> None:
    """Write what an update did to a file."""
    path.write_text(json.dumps(asdict(updated)), encoding="utf-8")


def read_report(path: Path) -> Updated:
    """Return what was written to a file. Raises OSError, ValueError."""
    from relayout.planning.plan import Finding

    said = json.loads(path.read_text(encoding="utf-8"))
    findings = tuple(starmap(Finding, (finding.values() for finding in said["findings"])))
    return Updated(said["old"], said["new"], said["moves"], tuple(said["conflicts"]), findings)


@contextmanager
def opened_place(place: Path) -> Iterator[tuple[Repository, str]]:
    """Open the repository that a folder is in, with the folder's path in it. Raises Refusal."""
    top = next((p for p in (place, *place.parents) if (p / ".git").exists()), place)
    with opened(top) as repository:
        yield repository, place.relative_to(top).as_posix() if place != top else ""
