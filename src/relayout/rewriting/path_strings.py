"""Strings of code that name a file which moved, and that nothing has followed."""

from __future__ import annotations

from collections.abc import Collection
from posixpath import dirname, join, normpath

from relayout.inventory import Inventory
from relayout.inventory.string_readings import is_dotted_name
from relayout.notebook import is_notebook
from relayout.planning.plan import Finding
from relayout.rewriting.destination import Destination


def names_moved(path: str, inventory: Inventory, destination: Destination) -> bool:
    """Tell whether a string of a file is the path of something that moved."""
    return any(
        _moved(path, text, destination) is not None
        for _, text in inventory.python[path].named_files
    )


def unfollowed_strings(
    path: str,
    inventory: Inventory,
    destination: Destination,
    settled: Collection[tuple[int, str]],
) -> list[Finding]:
    """Return a finding for each string that names what moved; ``settled`` ones are left out."""
    findings = []
    new_path = destination.of_file(path)
    for line, text in inventory.python[path].named_files:
        named = _moved(path, text, destination)
        if named is None or (line, text) in settled:
            continue
        is_file = named in destination.before
        place = destination.of_file(named) if is_file else destination.of_folder(named)
        went = f"now {place}" if place else "whose files have different places now"
        message = f'the string "{text}" names {named}, {went}'
        advice = "Change the string by hand."
        findings.append(Finding("reference-not-followed", new_path, line, message, advice))
    return findings


def _moved(path: str, text: str, destination: Destination) -> str | None:
    """Return the file or folder that a string names, if it moved; not for dotted names."""
    if "/" not in text or is_dotted_name(text):
        return None  # a word alone may mean anything
    here, there = dirname(path), dirname(destination.of_file(path))
    named, beside = normpath(text), normpath(join(here, text))
    counts_from_here = is_notebook(path) or not _is_there(named, destination)
    if counts_from_here and _is_there(beside, destination):
        named = beside
        if destination.of_file(beside) == normpath(join(there, text)):
            return None
    return named if destination.has_moved(named) and named != path else None


def _is_there(path: str, destination: Destination) -> bool:
    return path in destination.before or path in destination.before.folders
