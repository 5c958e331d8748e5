"""Which modules of definitions are split, and into what.

A module that mixes kinds of Dagster's definitions comes apart into modules in the same folder, each
of one section of the layout; from there every one of them goes its own way.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from fnmatch import fnmatch
from keyword import iskeyword
from posixpath import basename, dirname, join

from relayout.inventory import Inventory
from relayout.inventory.dagster import DagsterModule, definition_folders
from relayout.planning.definitions import sorted_modules
from relayout.planning.homes import Homes
from relayout.planning.plan import Finding, Options
from relayout.planning.sections import MAIN, SECTION_OF
from relayout.planning.split import Part, Split, stem_of
from relayout.planning.splitting.parts import Parts, says
from relayout.planning.splitting.pieces import Pieces, pieces_of
from relayout.planning.splitting.reasons import Reason, reason_against
from relayout.planning.splitting.units import Unit, units_of
from relayout.recipes import Recipe
from relayout.tree import is_within

_DEFINITIONS = "definitions"
_FOLDERS = ("assets", "jobs", "checks", "resources", "config", "utils")
"""Folders of the package that the layout sorts definitions into: what is there has its place."""

_CIRCLE = "its definitions need each other"
_BUNDLES = "other modules have a Definitions object as well, so this one stays with what it lists"
_BY_HAND = "Move them to modules of the package, and import them here if others expect it."
_ADVICE = "Take it apart by hand, or leave it: it goes where most of it belongs."


def plan_splits(
    inventory: Inventory, recipe: Recipe, options: Options, homes: Homes
) -> tuple[tuple[Split, ...], tuple[Finding, ...]]:
    """Return what becomes of modules that mix sections, by path; which are left, and why.

    It is asked for recipes that sort definitions.
    What a person keeps, places or puts into quarantine is not split.
    """
    splits: list[Split] = []
    findings = list(_in_markers(inventory, homes))
    paths = _sorted_paths(inventory, recipe, homes)
    bundles = _bundles(inventory, paths)
    taken = {path.casefold() for path in inventory.tree}
    taken |= {f"{folder}.py".casefold() for folder in inventory.tree.folders}
    for path in _candidates(inventory, paths, options):
        module = inventory.dagster[path]
        bundle = bundles.get(path) if len(bundles) > 1 and not _is_named(path) else None
        if bundle is not None and len(_sections(module)) < 3:
            continue  # it goes where all that it lists belongs
        outcome = bundle or _split(inventory, module, taken)
        if isinstance(outcome, Split):
            splits.append(outcome)
            taken.update(part.path.casefold() for part in outcome.parts)
        elif outcome is not None:
            message = f"it mixes {_listed(_sections(module))}, and is not split: {outcome.why}"
            findings.append(Finding("not-split", path, outcome.line, message, _ADVICE))
    return tuple(splits), tuple(findings)


def _bundles(inventory: Inventory, paths: Iterable[str]) -> dict[str, Reason]:
    """Return why modules with a Definitions object are not split where there are several.

    Each lists definitions for one code location, or for one module: where Dagster loads a folder by
    itself, its ``PythonFileComponent`` takes the object in place of what the module has.
    """
    found: dict[str, Reason] = {}
    for path in paths:
        for definition in inventory.dagster[path].definitions:
            if SECTION_OF[definition.kind] == _DEFINITIONS:
                found[path] = Reason(definition.first_line, _BUNDLES)
    return found


def _sorted_paths(inventory: Inventory, recipe: Recipe, homes: Homes) -> list[str]:
    """Return the modules that are sorted into the layout, with the packages' definitions.py."""
    own = {f"{home.root}/{_DEFINITIONS}.py" for home in homes.all}
    return sorted({*sorted_modules(inventory, recipe, homes)} | (own & inventory.dagster.keys()))


def _candidates(inventory: Inventory, paths: Iterable[str], options: Options) -> Iterator[str]:
    """Yield the modules that mix sections and are sorted into the layout, in order."""
    patterns = [*options.keep, *options.quarantine, *(pattern for pattern, _ in options.place)]
    for path in paths:
        if not any(fnmatch(path, pattern) for pattern in patterns):
            if len(_sections(inventory.dagster[path])) > 1:
                yield path


def _sections(module: DagsterModule) -> list[str]:
    """Return the sections of the definitions in a module that stand for themselves."""
    present = {SECTION_OF[definition.kind] for definition in module.definitions}
    return [section for section in MAIN if section in present]


def _in_markers(inventory: Inventory, homes: Homes) -> Iterator[Finding]:
    """Yield findings about definitions in packages' own modules, which are not split."""
    placed = [f"{home.root}/{folder}" for home in homes.all for folder in _FOLDERS]
    folders = definition_folders(inventory.dagster)
    for path, module in sorted(inventory.dagster.items()):
        sections = [section for section in _sections(module) if section != _DEFINITIONS]
        if basename(path) != "__init__.py" or dirname(path) not in folders or not sections:
            continue
        if not any(is_within(path, folder) for folder in placed):
            first = next(d for d in module.definitions if SECTION_OF[d.kind] == sections[0])
            message = f"{_listed(sections)} are defined in the package's own module"
            yield Finding("definitions-in-init", path, first.first_line, message, _BY_HAND)


def _is_named(path: str) -> bool:
    """Tell whether a module is called what Dagster's tools look for."""
    return basename(path) == f"{_DEFINITIONS}.py"


def _listed(words: Collection[str]) -> str:
    ordered = list(words)
    return " and ".join([", ".join(ordered[:-1]), ordered[-1]] if ordered[1:] else ordered)


def _split(
    inventory: Inventory, module: DagsterModule, taken: Collection[str]
) -> Split | Reason | None:
    pieces = pieces_of(inventory.tree.read(module.path))
    if pieces is None:
        return None  # another finding says that it cannot be read
    units = units_of(pieces, module)
    problem = _why_not_imported(inventory, module.path)
    if problem:
        return Reason(1, problem)
    reason = reason_against(pieces, units) or _late_import(inventory, module.path, pieces)
    if reason is not None:
        return reason
    parts = Parts(units, stem_of(module.path))
    if len(parts.sections) < 2:
        return Reason(units[0].line, _CIRCLE) if parts.mixes else None
    return _with_paths(module.path, parts, units, taken)


def _why_not_imported(inventory: Inventory, path: str) -> str:
    """Return why parts of a module cannot import it; empty if they can."""
    stem = stem_of(path)
    if not stem.isidentifier() or iskeyword(stem):
        return "its name is none that can be imported"
    package = f"{path.removesuffix('.py')}/__init__.py"
    return "a package of its name is found in its place" if package in inventory.tree else ""


def _with_paths(path: str, parts: Parts, units: Collection[Unit], taken: Collection[str]) -> Split:
    names: dict[str, list[str]] = {section: [] for section in parts.sections}
    for unit, section in zip(units, parts.of_unit, strict=True):
        names[section] += unit.names
    used = set(taken)
    found = []
    for section in parts.sections[1:]:
        target = _free_path(path, section, used)
        used.add(target.casefold())
        found.append(Part(target, section, tuple(names[section])))
    return Split(path, parts.stays, tuple(found))


def _free_path(path: str, section: str, taken: Collection[str]) -> str:
    """Return a path beside a module for its part: ``jobs_schedules.py`` beside ``jobs.py``."""
    stem = stem_of(path)
    base = section if says(stem, section) else f"{stem}_{section}"
    for number in range(1, len(taken) + 3):
        name = base if number == 1 else f"{stem}_{section}" if number == 2 else f"{base}_{number}"
        target = join(dirname(path), f"{name}.py")
        if target.casefold() not in taken:
            return target
    raise AssertionError("more names than paths")  # pragma: no cover


def _late_import(inventory: Inventory, path: str, pieces: Pieces) -> Reason | None:
    """Return the import of a module of the repository that stands below a definition, if any.

    It may stand there since that module imports this one.
    """
    code = pieces.with_role("code")
    late = {p.line for p in pieces.with_role("import", "block") if code and p.start > code[0].start}
    spans = [(p.line, p.nodes[-1].end_lineno or p.line) for p in pieces.all if p.line in late]
    for name, resolution in inventory.resolutions(path) if spans else ():
        if resolution.files and any(first <= name.line <= last for first, last in spans):
            return Reason(name.line, "a module of the repository is imported below definitions")
    return None
