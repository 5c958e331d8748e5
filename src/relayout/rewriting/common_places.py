"""The few folders and files that hold all of some files, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from posixpath import commonpath, dirname

from relayout.tree import ancestors, is_within

_MOST = 4
"""What went to more places is no longer one thing that a line should name."""


def common_places(targets: set[str], files: Iterable[str]) -> list[str]:
    """Return the folders and files that hold all targets, and of the other files none.

    The list is empty if there is no such short list.
    """
    found: list[str] = []
    for target in sorted(targets):
        if found and is_within(target, found[-1]):
            continue
        found.append(_narrowed(_widest(target, targets, files), targets))
        if len(found) > _MOST:
            return []
    return found


def _widest(target: str, targets: set[str], files: Iterable[str]) -> str:
    """Return the uppermost folder above a file that holds, of the files, only targets."""
    widest = target
    for above in ancestors(target):
        if not above or any(p not in targets for p in files if is_within(p, above)):
            break
        widest = above
    return widest


def _narrowed(place: str, targets: set[str]) -> str:
    """Return the innermost folder that holds all targets that a folder holds."""
    if place in targets:
        return place
    return commonpath([dirname(target) for target in targets if is_within(target, place)])
