"""Every management command becomes a CLI command; its code stays to the letter.

A command is run by ``manage.py`` through the class ``Command`` of its module
(https://docs.djangoproject.com/en/5.2/howto/custom-management-commands/). Its module gets a
``main`` that does so without Django, and a console script; the base class comes from the package.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from posixpath import basename, dirname

from relayout.conversions.conversion import Conversion
from relayout.conversions.django.called_commands import CallReader
from relayout.conversions.django.command_bases import CommandBases
from relayout.conversions.django.command_main import command_main
from relayout.conversions.django.command_scripts import Runnable, command_scripts, module_in
from relayout.conversions.django.management_imports import (
    ManagementImports,
    management_statements,
    named_in_strings,
    uses_management,
)
from relayout.inventory import Inventory
from relayout.inventory.django.project import DjangoCommand, DjangoProject
from relayout.inventory.search_paths import is_quarantined, module_stem
from relayout.planning.homes import Home
from relayout.planning.plan import Finding
from relayout.rewriting.destination import Destination
from relayout.rewriting.scopes import Scopes
from relayout.source import Edit, NotPython, Source


def convert_commands(
    inventory: Inventory, destination: Destination, project: DjangoProject, home: Home
) -> Conversion:
    """Return the edits that make CLI commands of a project's management commands.

    With them come the console scripts of ``home``, and what a person has to decide.
    """
    return _Converter(inventory, destination, project, home).convert()


@dataclass(slots=True)
class _Made:
    edits: dict[str, tuple[Edit, ...]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    runnable: list[Runnable] = field(default_factory=list)


class _Converter:
    def __init__(
        self, inventory: Inventory, destination: Destination, project: DjangoProject, home: Home
    ) -> None:
        self._inventory = inventory
        self._destination = destination
        self._project = project
        self._home = home
        self._bases = CommandBases(inventory, project, self._is_gone)
        self._commands = {
            command.path: command
            for command in project.commands
            if not self._is_gone(command.path) and not self._is_elsewhere(command.path)
        }
        self._bound = self._bound_to_django()
        self._made = _Made()

    def convert(self) -> Conversion:
        """Return what becomes of the project's commands."""
        names = self._names()
        for path in self._paths():
            self._convert_file(path, names)
        scripts, findings = command_scripts(self._home.package, self._made.runnable)
        return Conversion(
            edits=self._made.edits,
            scripts={self._home.project: scripts} if scripts else {},
            findings=(*self._made.findings, *findings),
        )

    def _is_gone(self, path: str) -> bool:
        return is_quarantined(self._destination.of_file(path))

    def _paths(self) -> Iterator[str]:
        """Yield the project's modules that are in use and can be read."""
        for path in sorted(self._project.files & self._inventory.python.keys()):
            is_code = path.endswith(".py") and self._inventory.python[path].error is None
            if is_code and not self._is_gone(path) and not self._is_elsewhere(path):
                yield path

    def _is_elsewhere(self, path: str) -> bool:
        """Tell whether a file went to another project: no package takes from another one."""
        new_path = self._destination.of_file(path)
        others = (h.project for h in self._destination.homes if h != self._home and h.project)
        return any(new_path.startswith(f"{project}/") for project in others)

    def _names(self) -> dict[str, str]:
        """Return what the support calls each command; nothing for one that needs Django."""
        folder = f"{self._home.root}/cli"
        names = {}
        for path, command in self._commands.items():
            stem = module_stem(self._destination.of_file(path))
            if not command.hidden_by:
                is_found = dirname(stem) == folder and path not in self._bound
                names[command.name] = basename(stem) if is_found else ""
        return names

    # -- one file

    def _convert_file(self, path: str, names: dict[str, str]) -> None:
        source = Source.decode(self._inventory.tree.read(path))
        command = self._commands.get(path)
        if command is None and not uses_management(source.text):
            return
        try:
            module = source.parse()
        except NotPython:
            return
        new_path = self._destination.of_file(path)
        scopes = Scopes(module)
        findings = self._about_bases(path, new_path)
        edits: list[Edit] = []
        if path not in self._bound:
            statements = management_statements(module)
            imports = ManagementImports(source, scopes, self._home.package, new_path)
            converted = imports.convert(statements)
            called = CallReader(source, module, new_path, names).read(scopes)
            edits += [*converted.edits, *called.edits]
            findings += [*converted.findings, *called.findings]
            findings += named_in_strings(module, self._home.package, new_path)
            if command is not None and not command.hidden_by:
                main = command_main(source, module, scopes)
                edits.append(main.edit)
                runnable = Runnable(
                    command.name, new_path, module_in(self._home, new_path), main.name
                )
                self._made.runnable.append(runnable)
        if command is not None and command.hidden_by:
            findings.append(self._hidden(command, new_path))
        self._made.findings += sorted(findings, key=lambda finding: finding.line)
        if edits:
            self._made.edits[path] = tuple(sorted(edits, key=lambda e: (e.start, e.end)))

    def _hidden(self, command: DjangoCommand, new_path: str) -> Finding:
        winner = self._destination.of_file(command.hidden_by)
        message = f"{winner} has a command {command.name} too, and is the one that Django runs"
        advice = "Delete this one, or give it another name and a main of its own."
        return Finding("django-command-hidden", new_path, 0, message, advice)

    # -- what commands descend from

    def _bound_to_django(self) -> dict[str, dict[str, int]]:
        """Return the files with classes that descend from commands outside of the repository.

        Each with those bases, and the line of the class. Such a class catches and prints what
        Django's own base class does, so all that its file imports has to stay Django's.
        """
        found = {
            path: self._bases.foreign(path, path in self._commands)
            for path in self._paths()
            if path in self._commands or self._may_be_command(path)
        }
        return {path: bases for path, bases in found.items() if bases}

    def _may_be_command(self, path: str) -> bool:
        return uses_management(self._inventory.tree.read(path).decode("utf-8", "replace"))

    def _about_bases(self, path: str, new_path: str) -> list[Finding]:
        """Report what the classes of a file descend from and the package cannot provide."""
        if path in self._bound:
            advice = "It got no main. Write what it takes from there without Django."
            return [
                Finding(
                    "django-command-base",
                    new_path,
                    line,
                    f"it descends from {base}, which needs Django",
                    advice,
                )
                for base, line in self._bound[path].items()
            ]
        advice = "Write it for what the apps stand for, as a plain BaseCommand."
        return [
            Finding(
                "django-app-command",
                new_path,
                line,
                f"{name} is run for apps, and only Django knows which there are",
                advice,
            )
            for name, line in self._bases.for_apps(path).items()
        ]
