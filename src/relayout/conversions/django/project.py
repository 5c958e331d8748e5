"""All that becomes of the Django projects that a layout takes apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from posixpath import join

from relayout.conversions.conversion import Conversion
from relayout.conversions.django.command_scripts import manager_commands
from relayout.conversions.django.command_support_text import command_support_files
from relayout.conversions.django.commands import convert_commands
from relayout.conversions.django.manager_strings import convert_manager_strings
from relayout.conversions.django.settings import (
    convert_settings,
    settings_in_package,
    settings_module,
)
from relayout.conversions.django.uses import bootstrap_settings, convert_uses, read_uses
from relayout.inventory import Inventory
from relayout.inventory.django import DjangoProject
from relayout.inventory.search_paths import in_django_quarantine
from relayout.planning.homes import Home, Homes, home_of
from relayout.planning.plan import Finding
from relayout.planning.schema_packages import (
    SchemaPackages,
    check_schema_packages,
    external_modules,
)
from relayout.rewriting.destination import Destination
from relayout.rewriting.manager_commands import ManagerCommands
from relayout.source import Edit

SUPPORT = "support/commands"
"""Where in a package the base class of its commands is."""


@dataclass(frozen=True)
class DjangoConversion:
    """What the conversions of all Django projects do together.

    Lines of ``findings`` count in the files before.
    """

    edits: Mapping[str, tuple[Edit, ...]] = field(default_factory=dict)
    additions: Mapping[str, bytes] = field(default_factory=dict)
    scripts: Mapping[str, str] = field(default_factory=dict)
    requirements: Mapping[str, Sequence[str]] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    managers: ManagerCommands = field(default_factory=ManagerCommands)


def taken_apart(homes: Homes) -> list[tuple[DjangoProject, Home]]:
    """Return the Django projects that a layout takes apart, each with the home of its package."""
    return [(t.django, t.home) for t in homes.territories if t.django is not None]


def external_names(
    homes: Homes, destination: Destination, schema_packages: SchemaPackages
) -> dict[str, str]:
    """Return what modules that go to quarantine are called by the code of packages afterwards.

    They are by their path before: models of an external package, and settings modules, whose values
    the package's own module has. Raises Refusal for schema packages that cannot be.
    """
    projects = taken_apart(homes)
    is_done = not projects and any(map(in_django_quarantine, destination.before))
    if schema_packages and not is_done:
        check_schema_packages([project for project, _ in projects], schema_packages)
    names: dict[str, str] = {}
    for project, home in projects:
        names |= settings_in_package(project, settings_module(home, destination))
        names |= external_modules(project, schema_packages)
    return names


def convert_django(
    inventory: Inventory, destination: Destination, homes: Homes, schema_packages: SchemaPackages
) -> DjangoConversion:
    """Return what becomes of the commands, settings and other uses of Django in all packages."""
    edits: dict[str, list[Edit]] = {}
    additions: dict[str, bytes] = {}
    scripts: dict[str, str] = {}
    requirements: dict[str, list[str]] = {}
    findings: list[Finding] = []
    commands = []
    for project, home in _in_homes(homes, destination):
        converted = convert_commands(inventory, destination, project, home)
        commands.append((project, home, converted))
        uses = read_uses(inventory, destination, project, home, schema_packages)
        parts = [
            converted,
            Conversion(additions=dict(_command_support(converted, home))),
            convert_settings(inventory, destination, project, home, bootstrap_settings(uses)),
            convert_uses(inventory, destination, uses),
        ]
        for part in parts:
            for path, some in part.edits.items():
                edits.setdefault(path, []).extend(some)
            additions |= part.additions
            scripts |= {n: to for named in part.scripts.values() for n, to in named.items()}
            for folder, texts in part.requirements.items():
                requirements.setdefault(folder, []).extend(texts)
            findings += part.findings
    managers = manager_commands(commands, destination)
    started = convert_manager_strings(inventory, destination, managers)
    for path, some in started.edits.items():
        edits.setdefault(path, []).extend(some)
    findings += started.findings
    return DjangoConversion(
        edits={path: tuple(sorted(some)) for path, some in edits.items()},
        additions=additions,
        scripts=scripts,
        requirements=requirements,
        findings=tuple(findings),
        managers=managers,
    )


def _in_homes(homes: Homes, destination: Destination) -> Iterator[tuple[DjangoProject, Home]]:
    """Yield each project that is taken apart with each home that code of it went to."""
    for project, own in taken_apart(homes):
        reached = {home_of(destination.of_file(path), homes.all) for path in project.files}
        for home in homes.all:
            if home == own or home in reached:
                yield project, home


def _command_support(converted: Conversion, home: Home) -> Iterator[tuple[str, bytes]]:
    """Yield the modules that converted commands run on, if there are any commands."""
    if converted.edits:
        for name, content in command_support_files().items():
            yield join(home.root, SUPPORT, name), content
