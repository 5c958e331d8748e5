"""The console scripts of converted commands: ``<package>-<command>``, with dashes.

An entry point is called by a name, and names a module and a function in it
(https://packaging.python.org/en/latest/specifications/entry-points/).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from posixpath import join

from relayout.conversions.conversion import Conversion
from relayout.inventory.django.project import DjangoProject
from relayout.inventory.search_paths import is_quarantined, module_stem
from relayout.planning.homes import Home
from relayout.planning.plan import Finding
from relayout.rewriting.destination import Destination
from relayout.rewriting.manager_commands import CliCommand, ManagerCommands

_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9]+")


@dataclass(frozen=True, slots=True)
class Runnable:
    """A command, its module by path and by dotted name, and the function that runs it."""

    command: str
    path: str
    module: str
    function: str


def command_scripts(
    package: str, commands: Iterable[Runnable]
) -> tuple[dict[str, str], list[Finding]]:
    """Return the console scripts of a package's commands, and which got another name.

    Two commands whose names differ by dashes or capitals alone get a number, since a file system
    may not tell their scripts apart.
    """
    scripts: dict[str, str] = {}
    findings = []
    taken: set[str] = set()
    for command in sorted(commands, key=lambda c: (c.command, c.path)):
        wanted = name = f"{_dashed(package)}-{_dashed(command.command)}"
        number = 2
        while name.casefold() in taken:
            name, number = f"{wanted}-{number}", number + 1
        taken.add(name.casefold())
        scripts[name] = f"{command.module}:{command.function}"
        if name != wanted:
            message = f"its console script is called {name}: another command has {wanted}"
            finding = Finding("django-command-renamed", command.path, 0, message)
            findings.append(finding)
    return scripts, findings


def _dashed(name: str) -> str:
    return _NOT_IN_NAMES.sub("-", name).strip("-")


def manager_commands(
    parts: Iterable[tuple[DjangoProject, Home, Conversion]], destination: Destination
) -> ManagerCommands:
    """Return which commands of managers have console scripts now.

    Of each project, ``parts`` have the home of its package and the conversion of its commands. Apps
    that stand without a project are run by a ``manage.py`` that is elsewhere.
    """
    by_manager: dict[str, dict[str, CliCommand]] = {}
    without: set[str] = set()
    for project, home, conversion in parts:
        scripts = conversion.scripts.get(home.project, {})
        by_module = {to.partition(":")[0]: name for name, to in scripts.items()}
        commands = {}
        for command in project.commands:
            module = module_in(home, destination.of_file(command.path))
            if module in by_module and not command.hidden_by:
                commands[command.name] = CliCommand(by_module[module], module)
            elif not is_quarantined(destination.of_file(command.path)):
                without.add(command.name)
        for manager in project.managers or (join(project.folder, "manage.py"),):
            by_manager[manager] = {**by_manager.get(manager, {}), **commands}
    running = {name for commands in by_manager.values() for name in commands}
    return ManagerCommands(by_manager, frozenset(without - running))


def module_in(home: Home, path: str) -> str:
    """Return the dotted name of a module of a home's package."""
    return module_stem(path.removeprefix(f"{home.source}/")).replace("/", ".")
