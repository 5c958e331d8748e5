"""Examples in docstrings: doctests and code blocks import what moved by its new name.

The code of a docstring is rewritten as if it were a file at the path of the file that shows it.
Doctests run with the names of their module
(https://docs.python.org/3/library/doctest.html#what-s-the-execution-context), so they follow when
one of its imports binds another name. Prose is left.
"""

from __future__ import annotations

import ast
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from relayout.inventory import Inventory
from relayout.inventory.docstring_code import (
    DocstringCode,
    docstrings,
    may_have_examples,
    read_shown,
)
from relayout.inventory.doctest_output import names_in_output
from relayout.inventory.meaning import Meanings, Resolution, Status
from relayout.inventory.python import ImportedName
from relayout.inventory.string_literals import Literal, read_literal
from relayout.planning.plan import Finding
from relayout.rewriting.destination import Destination
from relayout.rewriting.example_edits import KIND, place_edits
from relayout.rewriting.example_names import ModuleBindings
from relayout.rewriting.example_resolution import ExampleResolver
from relayout.rewriting.imports import ImportRewriter
from relayout.source import Edit, NotPython, Source, nodes_of

__all__ = ["ExampleRewriter", "may_have_examples", "names_in_examples"]


@dataclass(frozen=True)
class _Example:
    """Code that a docstring of a file shows; ``literal`` is None if that cannot be edited."""

    source: Source
    docstring: ast.Constant
    literal: Literal | None
    code: DocstringCode

    @property
    def line(self) -> int:
        """The line on which the docstring begins."""
        return self.docstring.lineno

    @cached_property
    def text(self) -> Source:
        """The code as a file of its own."""
        return Source(self.code.text, "utf-8", False)

    def line_of(self, line: int) -> int:
        """Return the line of the file on which a line of the code stands."""
        if self.literal is None:
            return self.line
        place = self.literal.offsets[self.code.in_value(self.text.line_starts[line - 1])]
        return bisect_right(self.source.line_starts, place)

    def place(self, edits: Sequence[Edit]) -> list[Edit] | None:
        """Return edits of the code as edits of the file, or None if it cannot be edited."""
        if not edits:
            return []
        return place_edits(self.code, self.literal, edits) if self.literal else None


class ExampleRewriter:
    """Rewrites the examples in the docstrings of one file.

    ``path`` is where the file was, ``folders`` the search path that it has after the moves, and
    ``import_edits`` are those of its own imports.
    """

    def __init__(
        self,
        source: Source,
        module: ast.Module,
        path: str,
        inventory: Inventory,
        destination: Destination,
        folders: Sequence[str],
        import_edits: Sequence[Edit] = (),
    ) -> None:
        self.source = source
        self.module = module
        self.path = path
        self.inventory = inventory
        self.destination = destination
        self.folders = tuple(folders)
        self.resolver = ExampleResolver(inventory, path)
        self.names = ModuleBindings(source, module, import_edits, self._new_name)
        self.new_path = destination.of_file(path)
        self.edits: list[Edit] = []
        self.findings: list[Finding] = []

    def rewrite(self) -> tuple[list[Edit], list[Finding]]:
        """Return the edits of the file's examples, and what could not be followed."""
        for docstring in docstrings(self.module):
            value = str(docstring.value)
            if not may_have_examples(value):
                continue
            literal = read_literal(self.source, docstring)
            if "import" in value or self.names.renamed:
                shown = read_shown(docstring)
                for code in shown.code:
                    self._rewrite(_Example(self.source, docstring, literal, code))
                for code in shown.lone_imports:
                    self._about_lone_import(_Example(self.source, docstring, literal, code))
            self._rewrite_output(docstring, literal)
        return self.edits, self.findings

    def _rewrite(self, example: _Example) -> None:
        try:
            module = example.text.parse()
            edits, findings = self._rewrite_imports(example.text, module)
            about_names, lost = self.names.follow(example.text, module)
            edits += about_names
            placed = example.place(edits)
        except (NotPython, ValueError) as error:
            self._not_followed(example.line, f"its examples were left as they are: {error}")
            return
        for finding in findings:
            self._not_followed(example.line_of(finding.line), finding.message, finding.help)
        for line, message in lost:
            self._not_followed(example.line_of(line), message)
        if placed is None:
            message = "its examples name modules that moved, in a literal that cannot be edited"
            self._not_followed(example.line, message)
            return
        self.edits += placed
        self._about_imports(module, example)

    def _rewrite_output(self, docstring: ast.Constant, literal: Literal | None) -> None:
        """Let the classes that doctests are expected to show be those of the new modules."""
        for name in names_in_output(docstring):
            old = self._module_of(name.text)
            new = self._new_name(old) if old else None
            if old is None or new == old:
                continue
            if new is None or literal is None:
                message = f"it is expected to show {name.text}, whose module has another name now"
                self._not_followed(docstring.lineno, message)
                continue
            start, end = literal.offsets[name.start], literal.offsets[name.start + len(old)]
            self.edits.append(Edit(start, end, new, KIND))

    def _module_of(self, dotted: str) -> str | None:
        """Return the module in the full name of a class of the repository, or None."""
        parts = dotted.split(".")
        for length in range(len(parts) - 1, 0, -1):
            module = ".".join(parts[:length])
            asked = ImportedName(module, 0, parts[length], 0)
            found = self.resolver.resolve(self.path, asked)
            if found.status is Status.RESOLVED and found.submodule is None and found.module:
                file = self.inventory.python.get(found.module.file or "")
                return module if file and parts[length] in file.defines else None
        return None

    def _about_lone_import(self, example: _Example) -> None:
        """Report an import of what moved, in a block that is not Python as a whole."""
        edits, findings = self._rewrite_imports(example.text, example.text.parse())
        if edits or findings:
            message = (
                f"{example.code.text.strip()}: it moved, and the rest of the example is no Python"
            )
            self._not_followed(example.line_of(1), message)

    def _rewrite_imports(
        self, code: Source, module: ast.Module
    ) -> tuple[list[Edit], list[Finding]]:
        """Return the edits of the imports of some code, and what could not be followed."""
        statements = [n for n in nodes_of(module) if isinstance(n, ast.Import | ast.ImportFrom)]
        rewriter = ImportRewriter(
            code,
            statements,
            self.path,
            self.resolver,
            self.destination,
            self.folders,
            lambda: module,
        )
        return rewriter.rewrite()

    def _new_name(self, dotted: str) -> str | None:
        """Return the name that a module has after the moves, or None."""
        asked = ImportedName(dotted, 0, None, 0, dotted)
        module = self.resolver.resolve(self.path, asked).module
        target = self.destination.of_located(module) if module else None
        return self.destination.name_of(target, self.folders) if target else None

    # -- what a person should know

    def _about_imports(self, module: ast.Module, example: _Example) -> None:
        """Report imports of examples that were repaired, and those that may mean what moved."""
        for statement, resolutions in _resolved(module, self.path, self.resolver):
            line = example.line_of(statement.lineno)
            asked = ast.unparse(statement)
            states = {resolution.status for resolution in resolutions}
            if states & {Status.BROKEN, Status.AMBIGUOUS}:
                listed = [path for r in resolutions for path in (*r.candidates, *r.files)]
                meant = {path: self.destination.of_file(path) for path in listed}
                if any(old != new for old, new in meant.items()):
                    places = ", ".join(meant.values())
                    message = f"{asked}: it does not resolve; it may mean {places}"
                    self._not_followed(line, message, "Write the import that is meant.")
            elif Status.REPAIRED in states:
                only = [self.destination.of_file(r.files[0]) for r in resolutions if r.files]
                message = (
                    f"{asked}, in an example: it did not resolve; only "
                    f"{', '.join(dict.fromkeys(only))} can be meant, and it is now"
                )
                self.findings.append(Finding("import-repaired", self.new_path, line, message))

    def _not_followed(self, line: int, message: str, advice: str = "") -> None:
        advice = advice or "Change the example by hand."
        finding = Finding("example-not-followed", self.new_path, line, message, advice)
        self.findings.append(finding)


def names_in_examples(module: ast.Module) -> frozenset[str]:
    """Return the names that the examples of a module use, which may be names of the module."""
    return frozenset(
        node.id
        for docstring in docstrings(module)
        for code in read_shown(docstring).code
        for node in ast.walk(Source(code.text, "utf-8", False).parse())
        if isinstance(node, ast.Name)
    )


def _resolved(
    module: ast.Module, path: str, resolver: Meanings
) -> Iterator[tuple[ast.Import | ast.ImportFrom, list[Resolution]]]:
    """Yield the import statements of a module, each with what its names mean."""
    for node in nodes_of(module):
        if isinstance(node, ast.Import):
            asked = [ImportedName(a.name, 0, None, node.lineno) for a in node.names]
        elif isinstance(node, ast.ImportFrom):
            asked = [
                ImportedName(node.module or "", node.level, a.name, node.lineno) for a in node.names
            ]
        else:
            continue
        yield node, [resolver.resolve(path, name) for name in asked]
