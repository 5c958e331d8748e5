"""The plan: what one recipe does to one tree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from relayout.planning.homes import Home
from relayout.planning.split import Split
from relayout.source import Edit


@dataclass(frozen=True, slots=True)
class Move:
    """One file goes from ``source`` to ``target``; ``rule`` asked for it, ``reason`` says why."""

    source: str
    target: str
    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class Kept:
    """One file stays where it is, and why."""

    path: str
    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a person must decide or should know.

    ``code`` is stable and explained in docs/reference/findings.md. ``path`` is where the file is
    after the migration; ``line`` counts there too, or is 0 for the file as a whole.
    """

    code: str
    path: str
    line: int
    message: str
    help: str = ""


@dataclass(frozen=True, slots=True)
class FileEdit:
    """The edits of one file: spans in characters of its text before, at its path after."""

    path: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Options:
    """What a person said about one migration.

    ``place`` pairs a pattern with a folder or path; patterns are those of ``fnmatch``, against
    the whole path.
    """

    layout: str
    package: str = ""
    place: tuple[tuple[str, str], ...] = ()
    quarantine: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    schema_packages: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """External packages that hold Django apps: the import name of each, with the apps' labels."""
    shims: bool | None = None
    """Whether old import paths stay alive; None for what the layout does by itself."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a plan that is given back says: moves by the path before, and modules to divide."""

    moves: Mapping[str, Move]
    splits: tuple[Split, ...] = ()


@dataclass(frozen=True)
class Plan:
    """What a recipe does to a tree.

    ``additions`` are files that the template brings, and existing files that it is merged into,
    as whole contents by path. Whatever the plan names is repository-relative. ``homes`` are the
    packages that the layout has, the main one first; ``territories`` are the folders of the tree
    before that belong to one of them alone. ``splits`` are modules that are divided where they
    stand, before anything moves; ``scripts`` are console scripts, each
    ``package.module:function``. ``external`` are dotted names by which packages find what went to
    quarantine in other packages, or in generated modules, by path before.
    """

    layout: str
    homes: tuple[Home, ...]
    territories: Mapping[str, Home] = field(default_factory=dict)
    splits: tuple[Split, ...] = ()
    moves: tuple[Move, ...] = ()
    kept: tuple[Kept, ...] = ()
    edits: tuple[FileEdit, ...] = ()
    additions: Mapping[str, bytes] = field(default_factory=dict)
    scripts: Mapping[str, str] = field(default_factory=dict)
    external: Mapping[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    @property
    def package(self) -> str:
        """The name of the main package."""
        return self.homes[0].package

    @cached_property
    def targets(self) -> dict[str, str]:
        """Old path to new path of every file that moves."""
        return {move.source: move.target for move in self.moves}

    @property
    def is_empty(self) -> bool:
        """Whether carrying the plan out would change nothing."""
        return not (self.splits or self.moves or self.edits or self.additions)
