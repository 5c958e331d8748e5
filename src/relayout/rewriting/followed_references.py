"""References in files that are no Python: every one names the same file after the moves."""

from __future__ import annotations

from dataclasses import dataclass, field

from relayout.inventory import Inventory
from relayout.inventory.references import decoded, files_with_references, read_references
from relayout.inventory.references.reference import Form, Reference
from relayout.inventory.runners import Run
from relayout.planning.plan import FileEdit, Finding
from relayout.rewriting.destination import Destination
from relayout.rewriting.spelling import Lost, Spelling
from relayout.source import Edit, apply_edits

CODE = "reference-not-followed"
_ADVICE = "Change the line by hand."
_WIRED = frozenset({"pyproject.toml", "setup.py", "setup.cfg"})
"""Files whose entry points are carried over, and so are no references to follow by hand."""
_LONGEST_COMMAND = 20
"""A command may go over so many lines; it is known by its first."""


@dataclass(slots=True)
class FollowedReferences:
    """New contents by new path, the edits that made them, and what could not be followed."""

    contents: dict[str, bytes] = field(default_factory=dict)
    edits: list[FileEdit] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def follow_references(inventory: Inventory, destination: Destination) -> FollowedReferences:
    """Return what becomes of the files that name files."""
    made = FollowedReferences()
    if not destination.moves:
        return made
    read: set[tuple[str, int, str]] = set()
    for path in files_with_references(inventory.tree, inventory.foreign):
        references = read_references(path, inventory.tree)
        if references:
            read |= _follow(path, references, destination, made)
    made.findings += _not_read(inventory, destination, read)
    return made


def _follow(
    path: str, references: list[Reference], destination: Destination, made: FollowedReferences
) -> set[tuple[str, int, str]]:
    """Follow the references of one file; return the file, line and path of each."""
    spelling = Spelling(destination)
    text, encoding = decoded(destination.before.read(path))
    new_path = destination.of_file(path)
    edits: list[Edit] = []
    read: set[tuple[str, int, str]] = set()
    for reference in references:
        line = text.count("\n", 0, reference.start) + 1
        read.add((path, line, reference.path))
        result = spelling.of(reference, path)
        if isinstance(result, Lost):
            made.findings.append(_finding(new_path, line, reference, result.reason))
        elif result.text != reference.text:
            edits.append(_edit(reference, result.text))
    if edits:
        made.contents[new_path] = apply_edits(text, edits).encode(encoding)
        made.edits.append(FileEdit(new_path, tuple(edits)))
    return read


def _edit(reference: Reference, text: str) -> Edit:
    """Return the edit of a reference; a module's name needs the quotes of a path no more."""
    quote = (reference.between or "").partition(" ")[0]
    if reference.form is Form.SCRIPT and reference.between == f"{quote} {quote}" and quote:
        if text.startswith(f"-m{reference.between}"):
            name = text[2 + len(reference.between) :]
            start, end = reference.start - len(quote), reference.end + len(quote)
            return Edit(start, end, f"-m {name}", reference.kind)
    return Edit(reference.start, reference.end, text, reference.kind)


def _finding(path: str, line: int, reference: Reference, reason: str) -> Finding:
    named = reference.path or "the root"
    message = f'"{reference.text}" names {named}, {reason}'
    return Finding(CODE, path, line, message, _ADVICE)


def _not_read(
    inventory: Inventory, destination: Destination, read: set[tuple[str, int, str]]
) -> list[Finding]:
    """Report what lines of runner files seem to name that no reader has taken for a reference."""
    findings = []
    folders = inventory.tree.folders
    for run in (*inventory.runs, *inventory.mentions):
        if run.runner in _WIRED or _is_read(run, read):
            continue
        is_folder = run.path in folders
        place = destination.of_folder(run.path) if is_folder else destination.of_file(run.path)
        if place != run.path:
            went = f"which is now {place}" if place else "whose files have different places now"
            message = f"it seems to name {run.path}, {went}"
            new_path = destination.of_file(run.runner)
            findings.append(Finding(CODE, new_path, run.line, message, _ADVICE))
    return findings


def _is_read(run: Run, read: set[tuple[str, int, str]]) -> bool:
    """Tell whether a reader has read what a line names, or more precisely what it is part of."""
    return any(
        file == run.runner
        and 0 <= line - run.line < _LONGEST_COMMAND
        and (path == run.path or path.startswith(f"{run.path}/") or run.path.startswith(f"{path}/"))
        for file, line, path in read
    )
