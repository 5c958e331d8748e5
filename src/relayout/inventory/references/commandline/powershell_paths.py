"""Paths that PowerShell makes: ``Join-Path``, ``Split-Path``, ``Resolve-Path``.

They are the commands of
https://learn.microsoft.com/powershell/module/microsoft.powershell.management/join-path and its
neighbours.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from posixpath import dirname, normpath

from relayout.inventory.references.commandline.surroundings import (
    Surroundings,
    absolute,
    is_of_file,
    path_reference,
    word_paths,
)
from relayout.inventory.references.commandline.words import Word
from relayout.inventory.references.reference import Base, Reference

MAKES_PATHS = frozenset({"join-path", "split-path", "resolve-path"})


@dataclass(frozen=True, slots=True)
class MadePath:
    """A path that a command returns, None if it cannot be told, and what the command names."""

    value: str | None
    references: tuple[Reference, ...]
    of_file: bool


def made_path(name: str, words: list[Word], around: Surroundings) -> MadePath:
    """Return the path that one of these commands returns, given the words behind its name."""
    given = [word for word in words if not word.text.startswith("-")]
    if not given:
        return MadePath(None, (), of_file=False)
    of_file = is_of_file(given[0].text, around)
    first = absolute(given[0].text, around)
    if name == "join-path":
        found = [*word_paths(given[0], around, plain=True), *_joined(first, given, of_file, around)]
        parts = [word.text.replace("\\", "/") for word in given[1:]]
        told = first is not None and not any("$" in part for part in parts)
        value = normpath("/".join([first or "", *parts])) if told else None
        return MadePath(value, tuple(found), of_file)
    if name == "split-path":
        is_parent = not any(word.text.lower() in ("-leaf", "-qualifier") for word in words)
        return MadePath(dirname(first) if first and is_parent else None, (), of_file)
    return MadePath(first, tuple(word_paths(given[0], around, plain=True)), of_file)


def _joined(
    first: str | None, given: list[Word], of_file: bool, around: Surroundings
) -> Iterator[Reference]:
    """Yield what the second word names, counted from the folder that the first one names."""
    folders = around.scene.mounts.within(first) if first is not None else []
    if folders and len(given) == 2:
        own = of_file and folders[0] == dirname(around.file)
        yield from path_reference(given[1], Base(folders[0], of_file=own), around, plain=True)
