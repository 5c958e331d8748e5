"""Notebooks: what their magics name, and the texts of those that change their current folder.

What stands here is not edited: a text, or an argument that no reader knows, may mean something
else than a path. The texts of other notebooks are followed where those of modules are.
"""

from __future__ import annotations

import re
from posixpath import dirname, join, normpath, relpath

from relayout.inventory import Inventory
from relayout.inventory.references import decoded
from relayout.inventory.search_paths import is_quarantined
from relayout.inventory.string_readings import is_dotted_name
from relayout.notebook import is_notebook
from relayout.planning.plan import Finding
from relayout.rewriting.destination import Destination
from relayout.source import line_at

_BY_HAND = "Change the line by hand."
_FILE = re.compile(r"(?:[\w.-]+/)+[\w.-]*\.[A-Za-z]\w*")
"""A text that can only be the path of a file."""


def about_notebooks(inventory: Inventory, destination: Destination) -> list[Finding]:
    """Return what in notebooks leads elsewhere after the moves, unless they are quarantined."""
    findings = []
    for path in inventory.python:
        if is_notebook(path) and not is_quarantined(destination.of_file(path)):
            findings += _about(path, inventory, destination)
    return findings


def _about(path: str, inventory: Inventory, destination: Destination) -> list[Finding]:
    file, new_path = inventory.python[path], destination.of_file(path)
    here, there = dirname(path), dirname(new_path)
    findings = []
    if file.goes_to and any(map(destination.moves.get, file.named_paths)):
        message = "a path that it computes names what has moved, after it changes the folder"
        findings.append(Finding("path-not-followed", new_path, 0, message, "Correct it by hand."))
    if here != there and file.goes_to and not _only_magics_go(path, inventory):
        message = "it changes the current folder, beginning in its own, which is another now"
        findings.append(Finding("path-unclear", new_path, 0, message, "Check where it goes."))
    named = [(file.file_line(line), text) for line, text in file.named_files]
    read = _read_by_line(path, inventory)
    in_magics = [n for n in file.named_in_magics if not _is_read(*n, (here, *file.goes_to), read)]
    followed = {(line, text) for line, text in named if not is_dotted_name(text)}
    followed -= {*in_magics, *(named if file.goes_to else ())}
    for line, text in sorted({*named, *in_magics}):
        for folder in (here, *file.goes_to):
            if folder is not None and _is_there(join(folder, text), destination):
                base = there if folder == here else folder
                if (line, text) not in followed:
                    findings += _about_path(new_path, line, text, folder, base, destination)
                break
        else:
            about_module = _about_module(path, line, text, inventory, destination)
            findings += about_module if (line, text) not in followed else []
            if here != there and not about_module and _FILE.fullmatch(text):
                findings.append(_about_untracked(new_path, line, text, here))
    return findings


def _only_magics_go(path: str, inventory: Inventory) -> bool:
    """Tell whether a notebook changes its folder by ``%cd`` alone, which has been followed."""
    is_told = None not in inventory.python[path].goes_to
    return is_told and b"chdir" not in inventory.tree.read(path)


def _read_by_line(path: str, inventory: Inventory) -> set[tuple[int, str]]:
    """Return the line and path of what a reader of magics has taken for a reference."""
    text, _ = decoded(inventory.tree.read(path))
    found = inventory.references.get(path, ())
    return {(line_at(text, r.start), r.path) for r in found}


def _is_read(
    line: int, text: str, folders: tuple[str | None, ...], read: set[tuple[int, str]]
) -> bool:
    """Tell whether what a line of a magic names has been followed with the line."""
    for folder in (*folders, ""):
        for name in (text, text.replace(".", "/")) if folder is not None else ():
            named = normpath(join(folder or "", name))
            if any((line, named + end) in read for end in ("", ".py", "/__init__.py")):
                return True
    return False


def _is_there(path: str, destination: Destination) -> bool:
    named = normpath(path)
    return named in destination.before or named in destination.before.folders


def _about_path(
    new_path: str, line: int, text: str, folder: str, base: str, destination: Destination
) -> list[Finding]:
    """Return a finding if a path that counts from ``folder``, now ``base``, leads elsewhere."""
    named = normpath(join(folder, text))
    is_folder = named in destination.before.folders
    place = destination.of_folder(named) if is_folder else destination.of_file(named)
    if place is not None and normpath(join(base, text)) == place:
        return []
    message = f"{text} means {named}, " + (
        "whose files have different places now" if place is None else f"now {place}"
    )
    if place == named:
        message = f"{text} means {named}, counted from {folder or 'the root'}"
    if place is not None:
        message += f"; from the notebook it is {relpath(place or '.', base or '.')}"
    return [Finding("reference-not-followed", new_path, line, message, _BY_HAND)]


def _about_untracked(new_path: str, line: int, text: str, here: str) -> Finding:
    old = relpath(join(here, text), dirname(new_path) or ".")
    message = f"{text} is not in git and was not moved along; from the notebook it is {old}"
    advice = "If the file is there, untracked, move it along, or change the line."
    return Finding("untracked-file", new_path, line, message, advice)


def _about_module(
    path: str, line: int, text: str, inventory: Inventory, destination: Destination
) -> list[Finding]:
    """Return a finding if a dotted name, or a path from the root, names a module that moved."""
    named = inventory.named_module(path, text)
    if named is None or destination.of_file(named) == named:
        return []
    message = f"{text} names {named}, now {destination.of_file(named)}"
    return [Finding("reference-not-followed", destination.of_file(path), line, message, _BY_HAND)]
