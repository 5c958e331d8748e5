"""What a conversion of form gives: edits, new files, console scripts and what to decide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from relayout.planning.plan import Finding
from relayout.source import Edit


@dataclass(frozen=True)
class Conversion:
    """What one conversion does.

    ``edits`` are spans in characters of a file's text before, by its path before. They may not
    overlap. ``additions`` are whole new files by their path after. ``scripts`` are console
    scripts (``name`` to ``module:function``) by the project folder that they belong to, and
    ``requirements`` what a project needs for it, as PEP 508 has it.
    """

    edits: Mapping[str, tuple[Edit, ...]] = field(default_factory=dict)
    additions: Mapping[str, bytes] = field(default_factory=dict)
    scripts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    requirements: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
