"""Answers that name folders: with another answer, the folder has another name, and is the same."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from posixpath import dirname
from typing import Any

from relayout.tree import relocated

NAMING = ("package", "pipeline", "group")
"""Questions whose answers are names of folders and files."""


def moves_by_answers(
    paths: Collection[str],
    base: Collection[str],
    theirs: Collection[str],
    old: Mapping[str, Any],
    new: Mapping[str, Any],
) -> dict[str, str]:
    """Return where ``paths`` go because an answer in their names is another.

    ``base`` is what was rendered with the old answers, ``theirs`` what is with the new ones: only
    what both have, each under its name, has moved. What the user put into such a folder goes along.
    """
    names = {
        str(old[key]): str(new[key])
        for key in NAMING
        if old.get(key) and new.get(key) and old[key] != new[key]
    }
    if not names:
        return {}
    files = {path: target for path in base if (target := _renamed(path, names)) in theirs}
    files = {path: target for path, target in files.items() if path != target}
    renamed = {**dict(_folders(files)), **files}
    return {path: target for path in paths if (target := relocated(path, renamed)) != path}


def _renamed(path: str, names: Mapping[str, str]) -> str:
    """Return a path with the new names in place of the old ones, all at once."""
    either = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    pattern = re.compile(rf"(?<![A-Za-z0-9])(?:{either})(?![A-Za-z0-9])")
    return pattern.sub(lambda match: names[match.group()], path)


def _folders(files: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the folders that have other names themselves, with these names."""
    for path, target in files.items():
        old, new = dirname(path), dirname(target)
        while old and old != new:
            yield old, new
            old, new = dirname(old), dirname(new)
