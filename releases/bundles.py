"""The releases of the suite as files: a git bundle of each, so that they travel without their tags.

A release is a commit of a line of its own, whose parent is the release before. Its tree holds what
a suite consists of and nothing else. So a bundle needs no commit of any branch, and each after the
first one holds only what differs.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = "releases"
_NAME = re.compile(r"v(\d+)\.(\d+)\.(\d+)\.bundle")


class ReleaseError(Exception):
    """A release cannot be made or read; the message says why, and what to do."""


@dataclass(frozen=True)
class Release:
    """One release: its number, and where its bundle is."""

    number: tuple[int, int, int]
    path: Path

    @property
    def version(self) -> str:
        """Return the version as people write it: ``1.1.0``."""
        return ".".join(map(str, self.number))

    @property
    def tag(self) -> str:
        """Return the name of the tag, as Copier reads it: ``v1.1.0``."""
        return f"v{self.version}"


def releases(root: Path) -> list[Release]:
    """Return the releases that have a bundle in a checkout, the oldest first."""
    found = []
    for path in (root / FOLDER).glob("*.bundle"):
        if match := _NAME.fullmatch(path.name):
            major, minor, patch = map(int, match.groups())
            found.append(Release((major, minor, patch), path))
    return sorted(found, key=lambda release: release.number)


def git(root: Path, *arguments: str, given: str = "", env: Mapping[str, str] | None = None) -> str:
    """Return what git prints in a repository. Raises ReleaseError with what it says if it fails."""
    done = subprocess.run(
        ["git", "-C", str(root), *arguments],
        input=given,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise ReleaseError(f"git {arguments[0]} failed: {done.stderr.strip()}")
    return done.stdout.strip()


def commit_of_tag(root: Path, tag: str) -> str:
    """Return the commit that a tag names; empty if there is no such tag."""
    try:
        return git(root, "rev-parse", "--verify", "--quiet", f"refs/tags/{tag}^{{commit}}")
    except ReleaseError:
        return ""
