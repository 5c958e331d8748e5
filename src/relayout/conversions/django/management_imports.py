"""Imports of ``django.core.management`` name the package's own support for commands.

A name is imported from there if the support has it under the same name; any other stays where it
was, and is a finding. What a file binds stays bound under the same name.
"""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from relayout.conversions.django.command_support_text import PROVIDED
from relayout.conversions.django.management_names import (
    ModuleGroup,
    bindings_of,
    is_of_management,
    module_groups,
)
from relayout.planning.plan import Finding
from relayout.rewriting.from_statement import FromStatement, NewName
from relayout.rewriting.scopes import Scopes, position
from relayout.rewriting.statement_text import StatementText
from relayout.rewriting.taken_names import free_name
from relayout.source import Edit, Source, nodes_of

KIND = "django-command"
SUPPORT = "support.commands"
"""Where a package has what its commands are built on; it is written once per package."""

_ADVICE = "It still needs Django: write it without, or keep Django as a dependency and set it up."
_STAR = "*"
_NAMES_MANAGEMENT = re.compile(r"django\.core\.management(?:\.[A-Za-z_]\w*)*")


@dataclass(slots=True)
class ConvertedImports:
    """The edits of one file's imports of Django's management, and what had to stay."""

    edits: list[Edit] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def management_statements(module: ast.Module) -> list[ast.Import | ast.ImportFrom]:
    """Return the statements of a file that import something of Django's management, in order."""
    found = [
        node
        for node in nodes_of(module)
        if isinstance(node, ast.Import | ast.ImportFrom) and _imports_management(node)
    ]
    return sorted(found, key=lambda node: (node.lineno, node.col_offset))


def _imports_management(node: ast.Import | ast.ImportFrom) -> bool:
    if isinstance(node, ast.Import):
        return any(is_of_management(alias.name) for alias in node.names)
    if node.level:
        return False
    return is_of_management(node.module or "") or any(True for _ in bindings_of(node))


class ManagementImports:
    """Converts the imports of one file of ``package``, which is at ``new_path`` afterwards."""

    def __init__(self, source: Source, scopes: Scopes, package: str, new_path: str) -> None:
        self._source = source
        self._scopes = scopes
        self._support = f"{package}.{SUPPORT}"
        self._new_path = new_path
        self._bases: dict[tuple[int, int], str] = {}
        """What an alias imports instead, where it binds a module."""
        self._extra: dict[tuple[int, int], str] = {}
        """Statements that follow that of an alias."""
        self._kept: set[tuple[int, str]] = set()
        self._made = ConvertedImports()

    def convert(self, statements: Sequence[ast.Import | ast.ImportFrom]) -> ConvertedImports:
        """Return what becomes of the file's imports, those of :func:`management_statements`."""
        for group in module_groups(statements, self._scopes):
            self._decide(group)
        for node in statements:
            if isinstance(node, ast.Import):
                self._import(node)
            elif node.names[0].name == _STAR:
                self._import_star(node)
            else:
                self._import_from(node)
            self._follow_with_extra(node)
        return self._made

    # -- names that are bound to a module

    def _decide(self, group: ModuleGroup) -> None:
        """Decide what becomes of the imports that bind one variable to a module of Django."""
        if group.follows_simply:
            for binding in group.bindings:
                self._bases[position(binding.alias)] = self._support
            for use in group.provided:
                if use.depth > 1:
                    self._use(use.start, use.end, f"{group.name}.{use.name}")
            return
        if group.is_rebound:
            for binding in group.bindings:
                self._keep(binding.alias.lineno, f"{binding.imported}, which cannot be followed,")
            return
        for line, what in group.others:
            if is_of_management(what):
                self._keep(line, what)
        if group.provided or not group.others:
            self._follow_uses(group)
        elif group.is_dotted and group.needs_its_imports:
            for binding in group.bindings:
                self._keep(binding.alias.lineno, binding.imported)

    def _follow_uses(self, group: ModuleGroup) -> None:
        """Let the uses of what is provided name the support; the imports stay for other uses."""
        name = self._free_name()
        statement = self._support if name == self._support else f"{self._support} as {name}"
        for use in group.provided:
            self._use(use.start, use.end, f"{name}.{use.name}")
        if group.needs_its_imports:
            self._extra[position(group.bindings[-1].alias)] = f"import {statement}"
            for binding in group.bindings if group.is_dotted else ():
                self._keep(binding.alias.lineno, f"{binding.imported}, for {group.others[0][1]},")
            return
        for binding in group.bindings:
            self._bases[position(binding.alias)] = statement

    def _free_name(self) -> str:
        """Return what the file can call the support: its dotted name, if nothing hides that."""
        top = self._support.partition(".")[0]
        taken = self._scopes.identifiers()
        return self._support if top not in taken else free_name("commands", taken)

    def _use(self, start: ast.expr, end: ast.expr, text: str) -> None:
        edit = Edit(self._source.span(start)[0], self._source.span(end)[1], text, KIND)
        self._made.edits.append(edit)

    # -- statements

    def _import(self, node: ast.Import) -> None:
        for alias in node.names:
            new = self._bases.get(position(alias))
            if new is not None:
                text = new if alias.asname is None else f"{new} as {alias.asname}"
                self._made.edits.append(Edit(*self._source.span(alias), text, KIND))
            elif is_of_management(alias.name) and alias.name not in PROVIDED:
                self._keep(node.lineno, alias.name)

    def _import_from(self, node: ast.ImportFrom) -> None:
        module = node.module or ""
        names = [self._new_name(node, alias, module) for alias in node.names]
        if any(name.base != module for name in names):
            edits = FromStatement(self._source, node).rewrite(names)
            self._made.edits += [edit._replace(kind=KIND) for edit in edits]

    def _new_name(self, node: ast.ImportFrom, alias: ast.alias, module: str) -> NewName:
        """Return where a name of a ``from`` import comes from now."""
        if alias.name in PROVIDED.get(module, ()):
            return NewName(alias, self._support, alias.name)
        new = self._bases.get(position(alias))
        if new is not None:
            base, _, name = new.rpartition(".")
            return NewName(alias, base, name)
        whole = f"{module}.{alias.name}"
        if is_of_management(whole) and whole not in PROVIDED:
            self._keep(node.lineno, whole)
        return NewName(alias, module, alias.name)

    def _import_star(self, node: ast.ImportFrom) -> None:
        """Import by name what a file uses of all names of a module: the support has fewer."""
        module = node.module or ""
        free = self._free_names()
        wanted = sorted(free & PROVIDED.get(module, frozenset()))
        if not wanted or free - set(wanted):
            self._keep(node.lineno, f"{module}, of which all names are imported,")
        if wanted:
            text = f"from {self._support} import {', '.join(wanted)}"
            place = StatementText(self._source, node)
            whole = not free - set(wanted)
            edit = place.replaced_by([text]) if whole else place.followed_by([text])
            self._made.edits.append(edit._replace(kind=KIND))

    def _free_names(self) -> frozenset[str]:
        """Return the names that nothing in the file binds, and that are not built in."""
        names = self._scopes.identifiers()
        return frozenset(
            name
            for name in names
            if not hasattr(builtins, name)
            and not name.startswith("__")
            and any(
                self._scopes.home(name, reference.scope) is None
                for reference in self._scopes.references(name)
            )
        )

    def _follow_with_extra(self, node: ast.Import | ast.ImportFrom) -> None:
        extra = [self._extra[p] for a in node.names if (p := position(a)) in self._extra]
        if extra:
            edit = StatementText(self._source, node).followed_by(extra)
            self._made.edits.append(edit._replace(kind=KIND))

    def _keep(self, line: int, what: str) -> None:
        message = f"{what} of Django is used, and the package has nothing in its place"
        if (line, what) not in self._kept:
            self._kept.add((line, what))
            finding = Finding("django-use-kept", self._new_path, line, message, _ADVICE)
            self._made.findings.append(finding)


def named_in_strings(module: ast.Module, package: str, new_path: str) -> list[Finding]:
    """Report strings that name what is of Django's management, as those that patch it do."""
    return [
        Finding(
            "django-use-kept",
            new_path,
            node.lineno,
            f"a string names {node.value}: commands of the package do not use it any more",
            f"What takes its place is in {package}.{SUPPORT}, if it is there.",
        )
        for node in nodes_of(module)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and _NAMES_MANAGEMENT.fullmatch(node.value)
    ]


def uses_management(text: str) -> bool:
    """Tell whether a file's text may import Django's management; quick to ask."""
    return "django" in text and "management" in text
