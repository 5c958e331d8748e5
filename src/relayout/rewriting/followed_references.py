"""References in files that are no Python: every one names the same file after the moves."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from relayout.inventory import Inventory
from relayout.inventory.configured_paths.compose import is_compose
from relayout.inventory.references import decoded, read_references
from relayout.inventory.references.reference import Form, Reference
from relayout.inventory.runners import Run
from relayout.inventory.search_paths import is_quarantined
from relayout.notebook import is_notebook
from relayout.planning.plan import FileEdit, Finding
from relayout.rewriting.build_contexts import contexts_after
from relayout.rewriting.destination import Destination
from relayout.rewriting.installed_package import Installed
from relayout.rewriting.manager_commands import ManagerCommands
from relayout.rewriting.manager_lines import ManagerLines, may_call
from relayout.rewriting.mount_lines import MountLines
from relayout.rewriting.reference_groups import Groups
from relayout.rewriting.spelling import Lost, Spelling
from relayout.source import Edit, apply_edits, line_after, line_changes
from relayout.tree import is_within

CODE = "reference-not-followed"
_ADVICE = "Change the line by hand."
_NOT_BESIDE_IMPORTS = "what its magics name could not be followed beside its imports"
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


@dataclass(frozen=True, slots=True)
class _Own:
    """What becomes of one file apart from its references: edits, and those of its volumes."""

    edits: Sequence[Edit]
    mounts: MountLines | None

    def covers(self, reference: Reference) -> bool:
        """Tell whether a reference stands in what is written anew."""
        return any(one.start <= reference.start < one.end for one in self.edits)


def follow_references(
    inventory: Inventory,
    destination: Destination,
    rewritten: Mapping[str, bytes] | None = None,
    managers: ManagerCommands | None = None,
    installed: Installed | None = None,
) -> FollowedReferences:
    """Return what becomes of the files that name files.

    ``rewritten`` are contents by new path in which imports have been rewritten already,
    ``managers`` the commands that have console scripts now. With ``installed``, containers keep
    every path that they had, and install the package where it says so.
    """
    made = FollowedReferences()
    if not destination.moves:
        return made
    contexts = contexts_after(inventory, destination) if installed is not None else {}
    installed_edits = installed.edits if installed is not None else {}
    spelling = Spelling(destination, contexts)
    managers = managers or ManagerCommands()
    read: dict[str, list[tuple[int, str]]] = {}
    calling = (path for path in inventory.tree if may_call(path, inventory, managers))
    for path in dict.fromkeys([*inventory.references, *calling, *installed_edits]):
        if not is_left_alone(path, destination.of_file(path)):
            references = inventory.references.get(path, ())
            mounts = None
            if installed is not None and is_compose(path):
                places = {n: p for (f, n), p in installed.places.items() if f == path}
                mounts = MountLines(path, references, spelling, inventory, places)
            others = installed_edits.get(path, ())
            read[path] = _follow(
                path, references, spelling, made, rewritten or {}, managers, _Own(others, mounts)
            )
    made.findings += _not_read(inventory, destination, read)
    return made


def is_passed_over(reference: Reference) -> bool:
    """Tell whether nothing is said of a reference that cannot be followed: a bare word of prose."""
    return reference.in_prose and "/" not in reference.text.rstrip("/")


def is_left_alone(path: str, new_path: str) -> bool:
    """Tell whether what a file names stays: a notebook in quarantine, as the code beside it."""
    return is_notebook(path) and is_quarantined(new_path)


def _follow(
    path: str,
    references: Sequence[Reference],
    spelling: Spelling,
    made: FollowedReferences,
    rewritten: Mapping[str, bytes],
    managers: ManagerCommands,
    own: _Own,
) -> list[tuple[int, str]]:
    """Follow the references of one file; return the line of each, and the path it names."""
    destination = spelling.destination
    text, _ = decoded(destination.before.read(path))
    line_ends = [position for position, letter in enumerate(text) if letter == "\n"]
    new_path = destination.of_file(path)
    mounts = own.mounts
    edits: list[Edit] = [*own.edits]
    read: list[tuple[int, str]] = []
    groups = Groups(spelling)
    written = {g: groups.of(g, path) for g in dict.fromkeys(r.group for r in references) if g}
    edits += [Edit(g.start, g.end, new, g.target.kind) for g, new in written.items() if new]
    lines = ManagerLines(references, managers, text, new_path)
    edits += lines.edits
    read += [(bisect_left(line_ends, start) + 1, named) for start, named in lines.called]
    about: list[Finding] = list(lines.findings)
    if mounts is not None:
        edits += mounts.edits
        about += mounts.findings
    covering = [one for one in (lines, mounts, own) if one is not None]
    lost: set[tuple[int, str]] = set()
    for reference in references:
        line = bisect_left(line_ends, reference.start) + 1
        read.append((line, reference.path))
        in_group = reference.group is not None and written[reference.group]
        if in_group or any(one.covers(reference) for one in covering):
            continue
        result = spelling.of(reference, path)
        if isinstance(result, Lost) and is_passed_over(reference):
            continue
        if isinstance(result, Lost):
            if (line, reference.path) not in lost:
                about.append(_finding(new_path, line, reference, result.reason))
            lost.add((line, reference.path))
            if result.text:
                edits.append(_edit(reference, result.text))
        elif result.text != reference.text:
            edits.append(_edit(reference, result.text))
    changes = line_changes(text, edits)
    made.findings += [replace(one, line=line_after(one.line, changes)) for one in about]
    if edits:
        content = _edited(path, references, edits, destination, rewritten)
        if content is None:
            made.findings.append(Finding(CODE, new_path, 0, _NOT_BESIDE_IMPORTS, _ADVICE))
            return []
        made.contents[new_path] = content
        made.edits.append(FileEdit(new_path, tuple(edits)))
    return read


def _edited(
    path: str,
    references: Sequence[Reference],
    edits: list[Edit],
    destination: Destination,
    rewritten: Mapping[str, bytes],
) -> bytes | None:
    """Return a file with its references followed; None if they do not fit rewritten imports."""
    new_path = destination.of_file(path)
    if is_notebook(path) and new_path in rewritten:
        return _in_rewritten(path, references, edits, destination, rewritten[new_path])
    text, encoding = decoded(destination.before.read(path))
    return apply_edits(text, edits).encode(encoding)


def _in_rewritten(
    path: str,
    references: Sequence[Reference],
    edits: list[Edit],
    destination: Destination,
    content: bytes,
) -> bytes | None:
    """Return a rewritten file with the edits made, which are those of the file as it was.

    What was rewritten holds no reference: they are all there, in the same order. Returns None if
    they are not.
    """
    text, encoding = decoded(content)
    found = iter(read_references(path, destination.before.with_content({path: content})))
    starts = {edit.start: edit for edit in edits}
    moved: list[Edit] = []
    for old in references:
        new = next((r for r in found if (r.text, r.path) == (old.text, old.path)), None)
        if new is None:
            return None
        edit = starts.get(old.start) or starts.get(old.start - 1)
        if edit is not None:
            by = new.start - old.start
            moved.append(edit._replace(start=edit.start + by, end=edit.end + by))
    return apply_edits(text, moved).encode(encoding)


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
    inventory: Inventory, destination: Destination, read: Mapping[str, list[tuple[int, str]]]
) -> list[Finding]:
    """Report what lines of runner files seem to name that no reader has taken for a reference."""
    findings = []
    folders = inventory.tree.folders
    for run in (*inventory.runs, *inventory.mentions):
        if run.runner in _WIRED or _is_read(run, read.get(run.runner, [])):
            continue
        is_folder = run.path in folders
        place = destination.of_folder(run.path) if is_folder else destination.of_file(run.path)
        if place != run.path:
            went = f"which is now {place}" if place else "whose files have different places now"
            message = f"it seems to name {run.path}, {went}"
            new_path = destination.of_file(run.runner)
            findings.append(Finding(CODE, new_path, run.line, message, _ADVICE))
    return findings


def _is_read(run: Run, read: Iterable[tuple[int, str]]) -> bool:
    """Tell whether a reader has read what a line names, or more precisely what it is part of."""
    return any(
        0 <= line - run.line < _LONGEST_COMMAND
        and (
            is_within(path, run.path)
            or (path and is_within(run.path, path))
            or path.endswith(f"/{run.path}")  # the same words, counted from a folder
        )
        for line, path in read
    )
