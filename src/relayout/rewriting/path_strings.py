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
        _moved(path, text, inventory, destination) is not None
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
    for line, text in inventory.python[path].named_files:
        named = _moved(path, text, inventory, destination)
        if named is None or (line, text) in settled:
            continue
        message = f'the string "{text}" names {named}, now {destination.of_file(named)}'
        advice = "Change the string by hand."
        new_path = destination.of_file(path)
        findings.append(Finding("reference-not-followed", new_path, line, message, advice))
    return findings


def _moved(path: str, text: str, inventory: Inventory, destination: Destination) -> str | None:
    """Return the file that a string names, if that moved; dotted names are not looked at."""
    if text.endswith(".") or is_dotted_name(text):
        return None  # the rewriter of such strings follows or reports them
    if is_notebook(path):
        named = normpath(join(dirname(path), text))
        if named not in destination.moves:
            named = normpath(text)
    else:
        named = inventory.named_module(path, text) or normpath(text)
    return named if destination.of_file(named) != named and named != path else None
