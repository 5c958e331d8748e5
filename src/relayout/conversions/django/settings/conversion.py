"""The conversion of ``django.conf.settings``: edits, the package's settings, what to decide."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from relayout.conversions.conversion import Conversion
from relayout.conversions.django.settings.chosen import Wish, choose
from relayout.conversions.django.settings.imports import SettingsImports
from relayout.conversions.django.settings.module_names import ModuleNames
from relayout.conversions.django.settings.process import NAME as PROCESS
from relayout.conversions.django.settings.process import process_module
from relayout.conversions.django.settings.reached import ReachedPlaces
from relayout.conversions.django.settings.understood import LIBRARIES
from relayout.conversions.django.settings.uses import FileUses, Manner, settings_uses
from relayout.conversions.django.settings.written import Written, write_module
from relayout.inventory import Inventory
from relayout.inventory.declared import distribution_name
from relayout.inventory.django import DjangoProject
from relayout.inventory.search_paths import is_quarantined, module_stem
from relayout.planning.homes import Home
from relayout.planning.plan import Finding
from relayout.rewriting.destination import Destination
from relayout.source import Edit

NAME = "project_settings"
"""What the module is called: ``settings.py`` may not be in an active package."""


def settings_module(home: Home, destination: Destination) -> str:
    """Return the dotted name of the module that has the package's settings."""
    name, number = NAME, 2
    while f"{home.root}/config/{name}.py" in destination.tree:
        name, number = f"{NAME}_{number}", number + 1
    return f"{home.package}.config.{name}"


def settings_in_package(project: DjangoProject, module: str) -> dict[str, str]:
    """Return what the settings modules are called for code that imports them: ``module``.

    They are in quarantine, and the package's settings have what code takes from them.
    """
    return dict.fromkeys(project.settings, module)


def convert_settings(
    inventory: Inventory,
    destination: Destination,
    project: DjangoProject,
    home: Home,
    also: Collection[str] = (),
) -> Conversion:
    """Return what makes the code of a project use settings without Django.

    ``also`` are settings that are carried beside those that code uses, where the project sets them.
    """
    active = active_files(inventory, destination, project)
    files = settings_uses(inventory, active, project.settings)
    has_jobs = project.settings and any(
        not is_quarantined(destination.of_file(command.path)) for command in project.commands
    )
    if not files and not also and not has_jobs:
        return Conversion()
    return _Converter(inventory, destination, project, home, bool(has_jobs)).convert(files, also)


def active_files(
    inventory: Inventory, destination: Destination, project: DjangoProject
) -> list[str]:
    """Return the modules of a project that are not in quarantine afterwards."""
    return [
        path
        for path in sorted(project.files)
        if path in inventory.python and not is_quarantined(destination.of_file(path))
    ]


@dataclass
class _Converter:
    inventory: Inventory
    destination: Destination
    project: DjangoProject
    home: Home
    has_jobs: bool
    findings: list[Finding] = field(default_factory=list)

    def convert(self, files: list[FileUses], also: Collection[str]) -> Conversion:
        """Return the conversion; ``files`` use settings, ``also`` are carried besides."""
        kept = [file for file in files if file.is_about_django]
        files = [file for file in files if not file.is_about_django]
        self._about_kept(kept)
        module = settings_module(self.home, self.destination)
        path = f"{self.home.source}/{module.replace('.', '/')}.py"
        edits = self._edits(files, module)
        wishes = self._wishes(files, also)
        everything = any(use.manner is Manner.OBJECT for file in files for use in file.uses)
        chosen = choose(
            self.inventory, self.destination, self.project, wishes, everything, self.has_jobs
        )
        names = ModuleNames(self.inventory, self.destination, self.project, self.home)

        def write(places: Mapping[str, str]) -> Written:
            return write_module(chosen, path, self.home.package, self.destination, names, places)

        written = write({})
        reached = ReachedPlaces(files, written.placed.constants, self.destination)
        places = reached.places()
        if places:
            written = write(places)
        self.findings += [*chosen.findings, *written.findings]
        self._about_uses(files, path)
        for finding in reached.findings(places):
            self._report(finding)
        additions = {path: written.text}
        loggers = self._loggers() if "LOGGING" in chosen.for_process else {}
        setup = process_module(module, chosen.for_process, written.filters, loggers)
        if setup:
            additions[f"{self.home.root}/config/{PROCESS}.py"] = setup
        requirements = self._requirements(written.libraries)
        return Conversion(
            edits=edits,
            additions={at: text.encode() for at, text in additions.items()},
            requirements={self.home.project: requirements} if requirements else {},
            findings=tuple(dict.fromkeys(self.findings)),
        )

    def _edits(self, files: list[FileUses], module: str) -> dict[str, tuple[Edit, ...]]:
        edits: dict[str, tuple[Edit, ...]] = {}
        for file in files:
            imports = SettingsImports(file, module)
            found = imports.edits()
            if found:
                edits[file.path] = found
            for line in [*imports.not_edited, *file.starred, *file.unclear]:
                message = "this import still needs Django: it could not be given the new module"
                self._report(Finding("django-setting-kept", file.path, line, message))
        return edits

    def _about_kept(self, files: list[FileUses]) -> None:
        for file in files:
            line = min(use.line for use in file.uses if use.manner is Manner.OWN)
            message = "it asks Django's own settings here, and so still needs Django"
            self._report(Finding("django-setting-kept", file.path, line, message))

    def _wishes(self, files: list[FileUses], also: Collection[str]) -> dict[str, Wish]:
        wishes = {name: Wish(name) for name in also}
        for file in files:
            for use in file.uses:
                if use.name:
                    wish = wishes.setdefault(use.name, Wish(use.name))
                    at = (self.destination.of_file(file.path), use.line)
                    (wish.read if use.manner is Manner.READ else wish.asked).append(at)
        return wishes

    def _about_uses(self, files: list[FileUses], path: str) -> None:
        for file in files:
            for use in file.uses:
                at = file.path, use.line
                if use.manner is Manner.CHANGED:
                    message = f"it changes settings{f': {use.name}' if use.name else ''}"
                    advice = f"{path} has constants: check that what reads them sees the change."
                    self._report(Finding("django-setting-changed", *at, message, advice))
                elif use.manner is Manner.OBJECT:
                    message = "any setting may be meant here; all that can be carried over are"
                    advice = f"Check that {path} has those that this needs."
                    self._report(Finding("django-setting-dynamic", *at, message, advice))

    def _loggers(self) -> dict[str, str]:
        """Return what modules that log by their name are called now, and what they were called.

        One that has the name that another one had is not told apart from that.
        """
        found = {}
        for path in active_files(self.inventory, self.destination, self.project):
            new = self.destination.of_file(path)
            if self.inventory.python[path].logs_by_name and new.startswith(f"{self.home.root}/"):
                old = module_stem(path).removeprefix(f"{self.project.folder}/")
                name = module_stem(new).removeprefix(f"{self.home.source}/")
                found[name.replace("/", ".")] = old.replace("/", ".")
        return {name: before for name, before in found.items() if before not in found}

    def _requirements(self, libraries: Collection[str]) -> tuple[str, ...]:
        """Return what the libraries that the settings import are installed as."""
        declared = {distribution_name(d.text): d.text for d in self.inventory.requirements}
        names = sorted(LIBRARIES[top] for top in libraries)
        return tuple(declared.get(distribution_name(name), name) for name in names)

    def _report(self, finding: Finding) -> None:
        """Report what is found at a place before the moves."""
        at = self.destination.of_file(finding.path)
        self.findings.append(replace(finding, path=at))
