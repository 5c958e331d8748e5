"""Python files: imports, path hacks and paths that a file computes from its own place."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from relayout.inventory import Inventory
from relayout.inventory.path_hacks import PathAnalysis, PathHack
from relayout.inventory.path_values import is_place
from relayout.inventory.python import PythonFile
from relayout.inventory.resolution import Status
from relayout.inventory.search_paths import QUARANTINE, search_path
from relayout.planning.plan import Finding
from relayout.rewriting.destination import Destination
from relayout.rewriting.examples import ExampleRewriter, may_have_examples, names_in_examples
from relayout.rewriting.file_paths import FilePathRewriter
from relayout.rewriting.imports import ImportRewriter
from relayout.rewriting.path_hacks import HackRemover
from relayout.source import Edit, NotPython, Source, apply_edits, nodes_of


@dataclass(frozen=True, slots=True)
class RewrittenFile:
    """The edits of one file and what a person should know about it."""

    edits: tuple[Edit, ...] = ()
    findings: tuple[Finding, ...] = ()
    content: bytes | None = None
    """The file's new content, or None if it has no edits."""


class PythonRewriter:
    """Rewrites Python files of one inventory for one set of moves."""

    def __init__(self, inventory: Inventory, destination: Destination) -> None:
        self.inventory = inventory
        self.destination = destination
        self._needed = names_needed_elsewhere(inventory)

    def understands(self, path: str) -> bool:
        """Tell whether the file is Python that may need edits."""
        file = self.inventory.python.get(path)
        if file is None or file.error is not None:
            return False
        moves = self.destination.moves
        if path in moves or file.hacks or path.startswith("src/"):
            return True
        if moves and any(map(may_have_examples, file.strings)):
            return True
        return any(
            imported in moves
            for _, resolution in self.inventory.resolutions(path)
            for imported in resolution.files
        ) or bool(file.file_lines and moves)

    def rewrite(self, path: str) -> RewrittenFile:
        """Return the edits of one file. A result that would not parse is not returned."""
        new_path = self.destination.of_file(path)
        source = Source.decode(self.inventory.tree.read(path))
        module = source.parse()
        findings = self._about_imports(path, new_path)
        try:
            edits, found = self._edits(source, module, path)
            findings += found
            content = source.encode(apply_edits(source.text, edits)) if edits else None
            if content is not None:
                Source.decode(content).parse()
        except (NotPython, ValueError) as error:
            message = f"it was left as it was: the edits would not give valid Python ({error})"
            findings.append(Finding("not-rewritten", new_path, 0, message, "Edit it by hand."))
            return RewrittenFile(findings=tuple(findings))
        return RewrittenFile(tuple(edits), tuple(findings), content)

    def _edits(
        self, source: Source, module: ast.Module, path: str
    ) -> tuple[list[Edit], list[Finding]]:
        analysis = PathAnalysis(module, path, self.inventory.tree)
        after = PathAnalysis(module, self.destination.of_file(path), self.destination.tree)
        folders = self._search_path_after(path, after)
        imports = ImportRewriter(
            source, module, path, self.inventory.resolver, self.destination, folders
        )
        edits, findings = imports.rewrite()
        if may_have_examples(source.text):
            examples = ExampleRewriter(
                source, module, path, self.inventory, self.destination, folders, tuple(edits)
            )
            more_edits, more_findings = examples.rewrite()
            edits += more_edits
            findings += more_findings
        hacks, kept = self._hacks_to_remove(path, analysis, after, findings)
        findings += kept
        needed = self._needed_names(path, source, module)
        removable = [hack.statement for hack in hacks]
        paths = self._adjusted_paths(source, analysis, after, path, removable)
        replaced: list[ast.expr] = []
        if paths is not None and paths.new_path.startswith(QUARANTINE):
            findings += _about_quarantined_paths(paths)
        elif paths is not None:
            edits += paths.edits
            findings += paths.findings
            replaced = paths.replaced
            removable += paths.pointless
            needed |= paths.used
        if removable or replaced:
            edits += HackRemover(source, analysis, needed, replaced).remove(removable)
        return _without_covered(edits), findings

    def _needed_names(self, path: str, source: Source, module: ast.Module) -> frozenset[str]:
        """Return the names of a file that other files need, or its own doctests."""
        needed = self._needed.get(path, frozenset())
        file = self.inventory.python[path]
        if not (file.hacks or file.file_lines) or not may_have_examples(source.text):
            return needed
        return needed | names_in_examples(module)

    def _adjusted_paths(
        self,
        source: Source,
        analysis: PathAnalysis,
        after: PathAnalysis,
        path: str,
        removable: Sequence[ast.stmt],
    ) -> FilePathRewriter | None:
        """Return what becomes of the paths that a file computes, or None if it computes none."""
        if not self.inventory.python[path].file_lines:
            return None
        needed = self._needed_names(path, source, analysis.module)
        removed = HackRemover(source, analysis, needed).decide(removable)
        if not _names_its_place(analysis.module, removed):
            return None
        paths = FilePathRewriter(source, analysis, after, path, self.destination, removed)
        paths.rewrite()
        return paths

    def _search_path_after(self, path: str, after: PathAnalysis) -> tuple[str, ...]:
        """Return the folders in which a file's imports are found after the moves.

        A module of the package is found by the package's name alone. Quarantined code keeps the
        path hacks that still lead somewhere.
        """
        new_path = self.destination.of_file(path)
        if new_path.startswith("src/"):
            return ("src",)
        tree = self.destination.tree
        file = PythonFile(new_path, is_script=self.inventory.python[path].is_script)
        own = search_path(file, tree).before_library()
        if new_path.startswith(QUARANTINE):
            led = [folder for hack in after.hacks for folder in hack.folders or ()]
            top = QUARANTINE.rstrip("/")
            return tuple(dict.fromkeys([*led, *own, "src", top, f"{top}/src", ""]))
        return tuple(dict.fromkeys(["src", *own, ""]))

    def _hacks_to_remove(
        self, path: str, analysis: PathAnalysis, after: PathAnalysis, findings: list[Finding]
    ) -> tuple[list[PathHack], list[Finding]]:
        """Return the hacks that go, and findings about those that must stay."""
        new_path = self.destination.of_file(path)
        tree = self.destination.tree
        if new_path.startswith(QUARANTINE):
            led = [any(f in tree.folders for f in hack.folders or ()) for hack in after.hacks]
            pairs = zip(analysis.hacks, led, strict=True)
            return [h for h, leads in pairs if h.folders is not None and not leads], []
        if any(finding.code == "import-not-followed" for finding in findings):
            lines = [hack.line for hack in analysis.hacks]
            message = "this path hack stays: an import that it may serve could not be rewritten"
            return [], [Finding("path-hack-kept", new_path, n, message) for n in lines]
        unclear = [hack for hack in analysis.hacks if hack.folders is None]
        message = "this path hack stays: what it adds cannot be told from the code"
        advice = "Import by the package's name instead, and remove it."
        kept = [Finding("path-hack-unclear", new_path, h.line, message, advice) for h in unclear]
        return [hack for hack in analysis.hacks if hack.folders is not None], kept

    def _about_imports(self, path: str, new_path: str) -> list[Finding]:
        findings = []
        repaired: dict[tuple[int, str, str], list[str]] = {}
        doubtful = {
            (name.line, name.module)
            for name, resolution in self.inventory.resolutions(path)
            if resolution.status in (Status.BROKEN, Status.AMBIGUOUS)
        }
        for name, resolution in self.inventory.resolutions(path):
            candidates = ", ".join(self.destination.of_file(c) for c in resolution.candidates)
            if resolution.status is Status.REPAIRED and (name.line, name.module) in doubtful:
                continue
            if resolution.status is Status.REPAIRED:
                meant = self.destination.of_file(resolution.files[0])
                module = "." * name.level + name.module
                repaired.setdefault((name.line, module, meant), []).append(name.name or "")
            elif resolution.status in (Status.BROKEN, Status.AMBIGUOUS):
                message = f"{name}: it does not resolve" + (
                    f"; it may mean {candidates}" if candidates else ""
                )
                advice = "Write the import that is meant." if candidates else ""
                findings.append(Finding("import-broken", new_path, name.line, message, advice))
        for (line, module, meant), names in repaired.items():
            asked = f"from {module} import {', '.join(names)}" if names[0] else f"import {module}"
            message = f"{asked}: it did not resolve; only {meant} can be meant, and it is now"
            findings.append(Finding("import-repaired", new_path, line, message))
        return findings


def _names_its_place(module: ast.Module, removed: Sequence[ast.AST]) -> bool:
    """Tell whether a place is used outside of what goes with the path hacks."""
    gone = {id(node) for statement in removed for node in ast.walk(statement)}
    return any(is_place(node) and id(node) not in gone for node in nodes_of(module))


def _about_quarantined_paths(paths: FilePathRewriter) -> list[Finding]:
    """Return one finding for the paths of a quarantined file, which is left as it is."""
    changed = len(paths.edits) + sum(f.code == "path-not-followed" for f in paths.findings)
    if not changed:
        return []
    message = f"{changed} path(s) that it computes from its own place lead elsewhere in quarantine"
    advice = "Mind it if you run this file again; quarantined code is not edited for it."
    return [Finding("quarantined-path", paths.new_path, 0, message, advice)]


def _without_covered(edits: list[Edit]) -> list[Edit]:
    """Drop edits that lie inside a removal, and doubles."""
    unique = sorted(set(edits), key=lambda e: (e.start, -e.end))
    result: list[Edit] = []
    for edit in unique:
        if result and edit.start < result[-1].end and edit.end <= result[-1].end:
            continue
        result.append(edit)
    return result


def names_needed_elsewhere(inventory: Inventory) -> Mapping[str, frozenset[str]]:
    """Return, by file, the names of it that other files import or reach through it."""
    needed: dict[str, set[str]] = {}
    for path, file in inventory.python.items():
        for name, resolution in inventory.resolutions(path):
            for imported in resolution.files:
                if name.name == "*":
                    needed.setdefault(imported, set()).update(inventory.python[imported].defines)
                elif name.name is not None:
                    needed.setdefault(imported, set()).add(name.name)
                reached = {attr for base, attr in file.attributes if base == name.bound}
                needed.setdefault(imported, set()).update(reached)
    return {path: frozenset(names) for path, names in needed.items()}
