"""What a file is in a platform of pipelines: whose part, and which."""

from __future__ import annotations

from dataclasses import dataclass

SECTIONS = (
    "dbt",
    "orchestration",
    "scripts",
    "notebooks",
    "docs",
    "tests",
    "shared",
    "service",
    "platform-orchestration",
    "platform-monitoring",
    "platform-security",
    "platform-governance",
)


@dataclass(frozen=True, slots=True)
class Part:
    """A file's place in the platform, and what shows it.

    ``pipeline`` is empty for what is none's. ``section`` is one of :data:`SECTIONS`: what belongs
    to a ``service`` stays where it is; ``shared`` is code of several pipelines. ``inner`` is the
    path below the folder of the section.
    """

    pipeline: str
    section: str
    inner: str
    because: str
