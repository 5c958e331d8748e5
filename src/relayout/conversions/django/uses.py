"""What is left of Django in the code of a package: its ORM, and functions that have a substitute.

Models come from external packages where a person names them; a module that sets Django up as a
library is written where, and only where, the ORM can work. A function with a substitute of the same
behaviour is imported from the package itself. Every other use is a finding.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from relayout.conversions.conversion import Conversion
from relayout.conversions.django.found_requirements import found_requirement
from relayout.conversions.django.found_uses import FileUses, ImportedUse, ImportNode, file_uses
from relayout.conversions.django.model_modules import (
    ModelModules,
    find_model_modules,
    packaged_apps,
)
from relayout.conversions.django.orm_setup import Setup, make_setup, settings_for, setup_settings
from relayout.conversions.django.orm_uses import OrmUse, about_orm, lines_text, orm_uses
from relayout.conversions.django.project_values import standalone_values
from relayout.conversions.django.settings import settings_module
from relayout.conversions.django.setup_imports import imported_at_run, setup_imports
from relayout.conversions.django.standalone_choice import Standalone
from relayout.conversions.django.standalone_imports import (
    Replaced,
    all_functions,
    replaceable,
    replaced_imports,
)
from relayout.conversions.django.standalone_text import (
    FOLDER,
    needs_time_zones,
    package_file,
    standalone_file,
)
from relayout.conversions.django.use_kinds import Needs, kind_of
from relayout.inventory import Inventory
from relayout.inventory.django import DjangoProject
from relayout.inventory.search_paths import is_quarantined
from relayout.notebook import is_notebook
from relayout.planning.homes import Home
from relayout.planning.plan import Finding
from relayout.planning.schema_packages import SchemaPackages
from relayout.rewriting.destination import Destination
from relayout.source import Edit

_TIME_ZONES = 'tzdata; sys_platform == "win32"'
"""Windows has no time zones for ``zoneinfo`` (https://docs.python.org/3/library/zoneinfo.html)."""


@dataclass(frozen=True)
class _UsesOfFile:
    """What becomes of one file: ``needing`` are the statements that need Django to be set up."""

    file: FileUses
    new_path: str
    orm: tuple[OrmUse, ...]
    replaced: Replaced
    needing: tuple[ImportNode, ...]


@dataclass(frozen=True)
class Uses:
    """What is used in the package's code, and what is done about it."""

    home: Home
    project: DjangoProject
    files: tuple[_UsesOfFile, ...]
    modules: ModelModules
    standalone: Standalone
    setup: Setup | None


def convert_uses(inventory: Inventory, destination: Destination, uses: Uses) -> Conversion:
    """Return what becomes of the uses of Django that no other conversion deals with."""
    home, project = uses.home, uses.project
    functions = all_functions([one.replaced for one in uses.files])
    edits = {one.file.path: tuple(_edits(one, uses, home)) for one in uses.files}
    findings = [finding for one in uses.files for finding in _findings(one, uses)]
    if uses.setup is not None and not uses.setup.has_database:
        message = "Django is set up without a database: no plain DATABASES is known of the project"
        advice = "Give settings.configure() the DATABASES that the jobs use."
        findings.append(Finding("orm-use", uses.setup.path, 0, message, advice))
    requirements = tuple(_requirements(inventory, project, uses, functions))
    return Conversion(
        edits={path: found for path, found in edits.items() if found},
        additions=_additions(uses, functions, home, destination),
        requirements={home.project: requirements} if requirements else {},
        findings=tuple(dict.fromkeys(findings)),
    )


def bootstrap_settings(uses: Uses) -> frozenset[str]:
    """Return the settings that what :func:`convert_uses` writes takes from the package's own."""
    functions = all_functions([one.replaced for one in uses.files])
    return setup_settings(uses.setup) | _carried(uses, functions)


def read_uses(
    inventory: Inventory,
    destination: Destination,
    project: DjangoProject,
    home: Home,
    schema_packages: SchemaPackages,
) -> Uses:
    """Return the uses of Django in the code of a project that goes to the package of ``home``."""
    modules = find_model_modules(inventory, destination, project, schema_packages)
    apps = packaged_apps(modules, inventory, project)
    found = [
        file_uses(path, inventory, modules.names, apps)
        for path in _active(inventory, destination, project, home)
    ]
    files = [file for file in found if file is not None]
    used = frozenset(name for file in files for i in file.django for name in i.names)
    standalone = standalone_values(inventory, project, used) if used else Standalone()
    setup = make_setup(inventory, destination, project, home, modules, used) if files else None
    apart = replace(standalone, is_without_django=True)
    if all(_is_replaced(file, apart) for file in files):
        standalone = apart
    read = [_of_file(file, destination, project, modules, standalone, setup) for file in files]
    needed = any(one.needing for one in read)
    return Uses(home, project, tuple(read), modules, standalone, setup if needed else None)


def _is_replaced(file: FileUses, standalone: Standalone) -> bool:
    """Tell whether nothing of Django, and no model, is left in a file."""
    return not file.models and len(replaceable(file, standalone).imports) == len(file.django)


def _active(
    inventory: Inventory, destination: Destination, project: DjangoProject, home: Home
) -> Iterator[str]:
    """Yield the modules of a project that can be read and are code of a package afterwards.

    What went to another package is not among them: no package takes from another one.
    """
    others = [f"{h.project}/" for h in destination.homes if h != home and h.project]
    for path in sorted(project.files):
        facts = inventory.python.get(path)
        if facts is None or facts.error is not None or is_notebook(path):
            continue
        new_path = destination.of_file(path)
        if not is_quarantined(new_path) and not new_path.startswith(tuple(others)):
            yield path


def _of_file(
    file: FileUses,
    destination: Destination,
    project: DjangoProject,
    modules: ModelModules,
    standalone: Standalone,
    setup: Setup | None,
) -> _UsesOfFile:
    orm = orm_uses(file, modules, project)
    needing = _needing(file, orm, modules, setup)
    new_path = destination.of_file(file.path)
    return _UsesOfFile(file, new_path, tuple(orm), replaceable(file, standalone), needing)


def _needing(
    file: FileUses, orm: list[OrmUse], modules: ModelModules, setup: Setup | None
) -> tuple[ImportNode, ...]:
    """Return the statements of a file that are to find Django set up.

    Without schema packages, those are uses of the database alone, and only where the project says
    which database it is and the file does not fail for models that it has no more.
    """
    if modules.has_schema:
        chosen = [use.node for use in orm if use.needs_setup and not (use.is_model and use.problem)]
    elif any(use.is_model for use in orm) or setup is None or not setup.has_database:
        return ()
    else:
        chosen = [use.node for use in orm if use.needs_connection]
    if chosen or modules.has_schema:
        chosen += [i.node for i in file.django if "django.setup" in i.names]
    return imported_at_run(file, chosen) if chosen else ()


def _edits(one: _UsesOfFile, uses: Uses, home: Home) -> list[Edit]:
    edits = replaced_imports(one.file, one.replaced, home.package)
    if one.needing and uses.setup is not None:
        edits += setup_imports(one.file, one.needing, uses.setup.module)
    return sorted(edits, key=lambda edit: (edit.start, edit.end))


def _findings(one: _UsesOfFile, uses: Uses) -> Iterator[Finding]:
    setup = uses.setup.module if uses.setup is not None and one.needing else ""
    yield from about_orm(one.orm, one.new_path, uses.modules, setup)
    replaced = {id(imported.alias) for imported in one.replaced.imports}
    for imported in one.file.django:
        if id(imported.alias) in replaced:
            continue
        for name, lines in imported.names.items():
            kind = kind_of(name)
            if kind.is_orm:
                continue
            what = f"{name} is used" if imported.uses else f"{name} is imported"
            if imported.is_star:
                what = f"all names of {name} are imported"
            says = _kept(name, kind.needs, imported, uses.setup if setup else None)
            message = f"{what} ({lines_text(lines)}): {says}"
            yield Finding("django-use-kept", one.new_path, lines[0], message, kind.way_out)


def _kept(name: str, needs: Needs, imported: ImportedUse, setup: Setup | None) -> str:
    """Return what is said of a use that stays; ``setup`` has set Django up before it, if any."""
    if setup is not None and name in ("django", "django.setup"):
        return f"{setup.module} has set Django up already"
    if needs is Needs.NEVER:
        return "it works without settings, and Django stays a dependency, as a library"
    if setup is None:
        return needs.text(imported.is_lazy, imported.is_early(name))
    carried = [setting for setting in settings_for(name) if setting in setup.settings]
    given = f"the project's {', '.join(carried)}" if carried else "defaults for what it may ask for"
    return f"{setup.module} sets Django up before it, with {given}"


def _carried(uses: Uses, functions: dict[str, frozenset[str]]) -> frozenset[str]:
    """Return the settings that standalone functions take from the package's own."""
    names = functions.get("django.utils.timezone", frozenset())
    asked = {setting for name in names for setting in uses.standalone.settings_for(name)}
    return frozenset(asked & frozenset(uses.standalone.carried))


def _additions(
    uses: Uses, functions: dict[str, frozenset[str]], home: Home, destination: Destination
) -> dict[str, bytes]:
    additions: dict[str, bytes] = {}
    if uses.setup is not None:
        additions[uses.setup.path] = uses.setup.text().encode()
    folder = f"{home.root}/support/{FOLDER}"
    carried = _carried(uses, functions)
    for module, names in functions.items():
        text = standalone_file(
            module, names, uses.standalone.values, carried, settings_module(home, destination)
        )
        additions[f"{folder}/{module.rpartition('.')[2]}.py"] = text
    if functions:
        additions[f"{folder}/__init__.py"] = package_file()
    return additions


def _requirements(
    inventory: Inventory,
    project: DjangoProject,
    uses: Uses,
    functions: dict[str, frozenset[str]],
) -> Iterator[str]:
    """Yield what the package needs for what is left of Django, as the repository requires it."""
    if _still_imports_django(uses):
        yield found_requirement(inventory, project.folder, "django")
    if uses.setup is not None:
        for package in uses.setup.schema_packages:
            name = package.partition(".")[0].replace("_", "-")
            yield found_requirement(inventory, project.folder, name)
    if any(needs_time_zones(module, names) for module, names in functions.items()):
        yield _TIME_ZONES


def _still_imports_django(uses: Uses) -> bool:
    return uses.setup is not None or any(
        len(one.replaced.imports) < len(one.file.django) for one in uses.files
    )
