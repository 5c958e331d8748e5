"""What is known of a dbt project."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from posixpath import join, normpath

PROJECT = "dbt_project.yml"
"""The file that makes a folder a project."""


def place_of(folder: str, written: str) -> str | None:
    """Return the path, from the root, that a text names from a folder; None if it leads out."""
    if not written or written[0] in "/~{":
        return None
    found = normpath(join(folder, written))
    if found == ".." or found.startswith("../"):
        return None
    return "" if found == "." else found


@dataclass(frozen=True, slots=True)
class Source:
    """A table that a project reads and does not make, and the file that declares it.

    In SQL it is ``source('<source>', '<table>')``; in the database ``<schema>.<identifier>``
    (https://docs.getdbt.com/reference/source-properties).
    """

    source: str
    schema: str
    table: str
    identifier: str
    path: str


@dataclass(frozen=True, slots=True)
class DbtProject:
    """A dbt project: its folder (the root is the empty string), its name, and what is in it.

    Names of resources lead to the file that has them, the first one if there are several.
    ``paths`` has the folders of each kind (``model``, ``seed``, ``macro``, ...), and ``packages``
    the folders of its local packages; both count from the root, and may not exist.
    """

    folder: str
    name: str
    files: frozenset[str]
    """All files of the folder; of a project in the root, those that dbt reads or writes."""
    models: Mapping[str, str] = field(default_factory=dict)
    seeds: Mapping[str, str] = field(default_factory=dict)
    snapshots: Mapping[str, str] = field(default_factory=dict)
    macros: Mapping[str, str] = field(default_factory=dict)
    """Macros; generic tests (``test_<name>``) and materializations (``materialization_<name>``)."""
    tests: Mapping[str, str] = field(default_factory=dict)
    """Singular tests."""
    analyses: Mapping[str, str] = field(default_factory=dict)
    sources: tuple[Source, ...] = ()
    profile: str = ""
    paths: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    packages: tuple[str, ...] = ()
    is_package: bool = False
    """Whether a project beside it includes it as a local package."""
    is_fixture: bool = False
    """Whether it stands among tests or examples."""

    @property
    def path(self) -> str:
        """The project's ``dbt_project.yml``."""
        return join(self.folder, PROJECT)
