"""Python files: imports, path hacks and paths that a file computes from its own place."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from posixpath import join

from relayout.inventory import Inventory
from relayout.inventory.path_hacks import PathAnalysis, PathHack
from relayout.inventory.path_values import is_place
from relayout.inventory.python import PythonFile
from relayout.inventory.search_paths import (
    Located,
    in_django_quarantine,
    is_quarantined,
)
from relayout.inventory.sphinx import is_sphinx_configuration, sphinx_extensions
from relayout.inventory.string_meanings import names_one_of
from relayout.notebook import is_notebook, read_source
from relayout.planning.plan import Finding
from relayout.rewriting.broken_imports import about_imports
from relayout.rewriting.changed_part import facts_after
from relayout.rewriting.code_strings import imports_in_strings, may_run_strings
from relayout.rewriting.destination import Destination
from relayout.rewriting.examples import ExampleRewriter, names_in_examples
from relayout.rewriting.file_paths import FilePathRewriter
from relayout.rewriting.import_nodes import import_nodes
from relayout.rewriting.imports import ImportRewriter
from relayout.rewriting.module_strings import ModuleStringRewriter, may_load_modules
from relayout.rewriting.needed_names import NeededNames
from relayout.rewriting.opened_paths import OpenedPaths
from relayout.rewriting.path_hacks import HackRemover
from relayout.rewriting.quarantined_paths import about_quarantined_paths
from relayout.rewriting.search_paths_after import SearchPathsAfter, names_parted_package
from relayout.rewriting.visible_names import may_show_names, visible_names
from relayout.rewriting.working_paths import FollowedPaths
from relayout.source import Edit, NotPython, Source, nodes_of
from relayout.tree import is_within


@dataclass(frozen=True, slots=True)
class RewrittenFile:
    """The edits of one file and what a person should know about it."""

    edits: tuple[Edit, ...] = ()
    findings: tuple[Finding, ...] = ()
    content: bytes | None = None
    """The file's new content, or None if it has no edits."""
    facts: PythonFile | None = None
    """The facts about the new content of a module, as far as they depend on it alone."""


class _OpenFile:
    """A file in hand; it is parsed once, and only if something asks for the whole tree."""

    def __init__(self, path: str, source: Source, facts: PythonFile) -> None:
        self.path = path
        self.source = source
        self.facts = facts

    @cached_property
    def module(self) -> ast.Module:
        """The syntax tree. Raises NotPython."""
        return self.source.parse()


class PythonRewriter:
    """Rewrites Python files of one inventory for one set of moves.

    ``given`` are edits that conversions ask for, by path before.
    """

    def __init__(
        self,
        inventory: Inventory,
        destination: Destination,
        given: Mapping[str, tuple[Edit, ...]] | None = None,
    ) -> None:
        self.inventory = inventory
        self.destination = destination
        self._given = given or {}
        self._search_paths = SearchPathsAfter(inventory, destination)
        self._needed = NeededNames(inventory)
        self._opened = OpenedPaths(inventory, destination)

    def understands(self, path: str) -> bool:
        """Tell whether the file is Python that may need edits."""
        file = self.inventory.python.get(path)
        if file is None or file.error is not None:
            return False
        is_installed = self.destination.source_of
        if path in self._given or file.hacks or is_installed(path) is not None:
            return True
        return (
            self.is_touched(path)
            or any(string.text.startswith("src.") for string in file.module_strings)
            or any(
                name.module.startswith("src") and bool(is_installed(imported))
                for name, resolution in self.inventory.resolutions(path)
                for imported in resolution.files
            )
        )

    def is_touched(self, path: str) -> bool:
        """Tell whether a file moves, or may name what moves."""
        file = self.inventory.python.get(path)
        moves = self.destination.moves
        if file is None or file.error is not None or not moves:
            return False
        if path in moves or file.file_lines or file.may_have_examples:
            return True
        return (
            any(
                imported in moves
                for _, resolution in self.inventory.resolutions(path)
                for imported in resolution.files
            )
            or self._uses_parted_package(path)
            or names_one_of(self.inventory, path, moves)
            or self._opened.concerns(path)
        )

    def _uses_parted_package(self, path: str) -> bool:
        """Tell whether the file imports, or is, a package whose modules went apart."""
        return self.destination.came_apart(Located(path)) or any(
            names_parted_package(resolution, self.destination)
            for _, resolution in self.inventory.resolutions(path)
        )

    def rewrite(self, path: str) -> RewrittenFile:
        """Return the edits of one file. A result that would not parse is not returned."""
        new_path = self.destination.of_file(path)
        source = read_source(path, self.inventory.tree.read(path))
        file = _OpenFile(path, source, self.inventory.python[path])
        findings = about_imports(path, self.inventory, self.destination)
        try:
            edits, found = self._edits(file)
            findings += found
            edits = source.fitted(edits)
            if not edits:
                return RewrittenFile(findings=_located(findings, file.facts))
            content = source.edited(edits)
            new = read_source(new_path, content)
            facts = facts_after(source, file.facts, edits, new, new_path)
        except (NotPython, ValueError) as error:
            message = f"it was left as it was: the edits would not give valid Python ({error})"
            findings.append(Finding("not-rewritten", new_path, 0, message, "Edit it by hand."))
            return RewrittenFile(findings=_located(findings, file.facts))
        known = None if is_notebook(path) else facts
        return RewrittenFile(tuple(edits), _located(findings, file.facts), content, known)

    def _edits(self, file: _OpenFile) -> tuple[list[Edit], list[Finding]]:
        after: PathAnalysis | None = None
        if file.facts.depends_on_place:
            place = self.destination.of_file(file.path)
            after = PathAnalysis(file.module, place, self.destination.tree)
        folders = self._search_paths.of(file.path, after)
        edits, findings = self._rewritten_imports(file, folders)
        about_names, found = self._rewritten_names(file, folders)
        edits += about_names
        findings += found
        about_paths, found = self._rewritten_paths(file, after, findings)
        edits += about_paths
        findings += found
        edits += self._given.get(file.path, ())
        return _without_covered(edits), findings

    def _rewritten_imports(
        self, file: _OpenFile, folders: tuple[str, ...]
    ) -> tuple[list[Edit], list[Finding]]:
        """Return the edits of import statements, and of the examples in docstrings."""
        resolver = self.inventory.resolver
        concerned = [
            statement
            for statement, resolutions in resolver.by_statement(file.path)
            if self._search_paths.concerns(file.path, resolutions)
        ]
        statements = import_nodes(file.source, concerned)
        edits: list[Edit] = []
        findings: list[Finding] = []
        if statements or self.destination.came_apart(Located(file.path)):
            edits, findings = ImportRewriter(
                file.source,
                statements,
                file.path,
                resolver,
                self.destination,
                folders,
                lambda: file.module,
            ).rewrite(lambda: self._needed.of(file.path))
        if file.facts.may_have_examples:
            examples = ExampleRewriter(
                file.source,
                file.module,
                file.path,
                self.inventory,
                self.destination,
                folders,
                tuple(edits),
            )
            about_examples, found = examples.rewrite()
            edits += about_examples
            findings += found
        return edits, findings

    def _rewritten_names(
        self, file: _OpenFile, folders: tuple[str, ...]
    ) -> tuple[list[Edit], list[Finding]]:
        """Return the edits of strings that name modules, and what else lets names be seen."""
        path, text = file.path, file.source.text
        edits: list[Edit] = []
        findings: list[Finding] = []
        if in_django_quarantine(self.destination.of_file(path)):
            return edits, findings
        relative = any(string.text.startswith(".") for string in file.facts.module_strings)
        if (
            relative
            or "src." in text
            or may_load_modules(text)
            or names_one_of(self.inventory, path, self.destination.moves)
        ):
            edits, findings = ModuleStringRewriter(
                file.source, file.module, path, self.inventory, self.destination, folders
            ).rewrite()
        if may_run_strings(text):
            findings += imports_in_strings(file.module, path, self.inventory, self.destination)
        if may_show_names(text):
            is_program = file.facts.is_script or file.facts.acts
            imported = self._needed.is_imported(path) or not is_program
            findings += visible_names(file.module, path, self.inventory, self.destination, imported)
        return edits, findings

    def _rewritten_paths(
        self, file: _OpenFile, after: PathAnalysis | None, about_imports: list[Finding]
    ) -> tuple[list[Edit], list[Finding]]:
        """Return the edits that take path hacks away, and those of the paths that a file opens."""
        if after is None:
            opened = self._opened_paths(file, None, ())
            if is_quarantined(self.destination.of_file(file.path)):
                return [], about_quarantined_paths(file.path, self.destination, None, opened)
            return opened.edits, opened.findings
        analysis = PathAnalysis(file.module, file.path, self.inventory.tree)
        hacks, findings = self._hacks_to_remove(file.path, analysis, after, about_imports)
        needed = self._needed_names(file)
        removable = [hack.statement for hack in hacks]
        paths, removed = self._adjusted_paths(file, analysis, after, removable, needed)
        opened = self._opened_paths(file, paths, removed)
        edits: list[Edit] = []
        replaced: list[ast.expr] = []
        if is_quarantined(after.path):
            findings += about_quarantined_paths(file.path, self.destination, paths, opened)
        else:
            edits += opened.edits
            findings += opened.findings
            if paths is not None:
                edits += paths.edits
                findings += paths.findings
                replaced = paths.replaced
                removable += paths.pointless
                needed |= paths.used
        if removable or replaced:
            edits += HackRemover(file.source, analysis, needed, replaced).remove(removable)
        return edits, findings

    def _opened_paths(
        self, file: _OpenFile, paths: FilePathRewriter | None, removed: Sequence[ast.AST]
    ) -> FollowedPaths:
        """Return what becomes of the literals by which a file opens files."""
        opened = FollowedPaths()
        if self._opened.concerns(file.path):
            if self._opened.may_name_moved(file.path, file.source.text):
                opened = self._opened.follow(
                    file.source,
                    file.module,
                    file.path,
                    paths,
                    removed,
                    lambda: self._needed_names(file),
                )
        if paths is not None:
            paths.settle(opened.told)
        return opened

    def _needed_names(self, file: _OpenFile) -> frozenset[str]:
        """Return the names of a file that other files need, or its own doctests."""
        needed = self._needed.of(file.path)
        return needed | names_in_examples(file.module) if file.facts.may_have_examples else needed

    def _adjusted_paths(
        self,
        file: _OpenFile,
        analysis: PathAnalysis,
        after: PathAnalysis,
        removable: Sequence[ast.stmt],
        needed: frozenset[str],
    ) -> tuple[FilePathRewriter | None, Sequence[ast.AST]]:
        """Return what becomes of the paths that a file computes, and the statements that go.

        None stands for a file that computes no path.
        """
        removed = HackRemover(file.source, analysis, needed).decide(removable)
        if not file.facts.file_lines or file.facts.goes_to:
            return None, removed
        if not _names_its_place(analysis.module, removed):
            return None, removed
        finds_dags = self._search_paths.finds_dags
        keeps_all = self._search_paths.is_left_alone(file.path)
        kept = [
            hack.statement
            for hack in analysis.hacks
            if keeps_all or finds_dags(file.path, hack.folders or ())
        ]
        paths = FilePathRewriter(
            file.source, analysis, after, file.path, self.destination, removed, kept
        )
        paths.rewrite()
        return paths, removed

    def _hacks_to_remove(
        self, path: str, analysis: PathAnalysis, after: PathAnalysis, findings: list[Finding]
    ) -> tuple[list[PathHack], list[Finding]]:
        """Return the hacks that go, and findings about those that must stay."""
        new_path = self.destination.of_file(path)
        tree = self.destination.tree
        if self._search_paths.is_left_alone(path):
            return [], []
        if is_quarantined(new_path):
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
        serving = _serving_extensions(analysis, after, self.destination.sources)
        message = "this path hack stays: Sphinx finds an extension of this repository by it"
        kept += [Finding("path-hack-kept", new_path, hack.line, message) for hack in serving]
        clear = [hack for hack in analysis.hacks if hack.folders is not None]
        needed = [hack for hack in clear if self._search_paths.needs(path, hack.folders or ())]
        beside = "this path hack stays: by it the file finds what stands beside it, and stays too"
        dags = "this path hack stays: by it the file finds DAGs, which are in no package"
        for hack in needed:
            is_for_dags = self._search_paths.finds_dags(path, hack.folders or ())
            message = dags if is_for_dags else beside
            kept.append(Finding("path-hack-kept", new_path, hack.line, message))
        return [hack for hack in clear if hack not in (*serving, *needed)], kept


def _serving_extensions(
    before: PathAnalysis, after: PathAnalysis, sources: Sequence[str]
) -> list[PathHack]:
    """Return the hacks by which Sphinx finds an extension that does not move into the package."""
    if not is_sphinx_configuration(before.path, before.module):
        return []
    tops = {name.partition(".")[0] for name in sphinx_extensions(before.module)}
    found = {f"{top}{end}" for top in tops for end in (".py", "/__init__.py")}
    return [
        hack
        for hack, then in zip(before.hacks, after.hacks, strict=True)
        if any(
            join(folder, name) in after.tree
            for folder in then.folders or ()
            if not any(is_within(folder, source) for source in sources)
            for name in found
        )
    ]


def _located(findings: Sequence[Finding], facts: PythonFile) -> tuple[Finding, ...]:
    """Return findings with the lines of the file in place of the lines of its code."""
    return tuple(replace(finding, line=facts.file_line(finding.line)) for finding in findings)


def _names_its_place(module: ast.Module, removed: Sequence[ast.AST]) -> bool:
    """Tell whether a place is used outside of what goes with the path hacks."""
    gone = {id(node) for statement in removed for node in ast.walk(statement)}
    return any(is_place(node) and id(node) not in gone for node in nodes_of(module))


def _without_covered(edits: list[Edit]) -> list[Edit]:
    """Drop edits that lie inside a removal, and doubles."""
    unique = sorted(set(edits), key=lambda e: (e.start, -e.end))
    result: list[Edit] = []
    for edit in unique:
        if result and edit.start < result[-1].end and edit.end <= result[-1].end:
            continue
        result.append(edit)
    return result
