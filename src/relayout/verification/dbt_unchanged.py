"""``dbt-unchanged``: every dbt project is what it was, wherever it stands.

dbt finds a resource by its name, and configures it by its path in the project: a project with the
same settings, in which every model, seed, snapshot, macro and test stands at the same path with the
same text, has the same manifest (https://docs.getdbt.com/reference/model-configs). What its files
name outside of it, and what names it, must lead to the same as before. What ``verify --run`` finds
by having dbt parse both is stronger; this needs no environment.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from posixpath import basename, dirname, join

from relayout.inventory import Inventory
from relayout.inventory.dbt import DbtProject, dbt_project_at, place_in_project
from relayout.inventory.dbt.resources import has_docs
from relayout.inventory.references import decoded
from relayout.inventory.references.data.dbt import KIND
from relayout.inventory.references.reference import Form, Reference
from relayout.rewriting.followed_references import is_passed_over
from relayout.tree import Tree, is_within, relocated
from relayout.verification.dbt_naming import naming_changes
from relayout.verification.evidence import Check, Evidence, outcome
from relayout.verification.moved_places import place_after

_NAMED = ("models", "seeds", "snapshots", "macros", "tests", "analyses")
_DATA = (".csv",)
"""Files of a project in which nothing is ever edited."""
_BESIDE = frozenset(
    {"dbt_project.yml", "profiles.yml", "packages.yml", "dependencies.yml", "selectors.yml"}
)
_NAMING = (".yml", ".yaml", ".sql", ".md")
"""Files of a project that may name what is beside it."""


def check_dbt_unchanged(evidence: Evidence) -> Check | None:
    """Count what is not as it was in dbt projects, and what no longer leads to them.

    None for a repository without dbt, and where the state before is not known.
    """
    before, plan = evidence.before, evidence.plan
    if before is None or plan is None or not before.dbt:
        return None
    targets, after = plan.targets, evidence.after
    now = {project.folder: project for project in after.dbt}
    details: list[str] = []
    resources: Counter[str] = Counter()
    for project in before.dbt:
        folder = dirname(targets.get(project.path, project.path))
        found = now.get(folder) or dbt_project_at(after.tree, folder)
        if found is None:
            details.append(f"{project.path}: the project {project.name} is gone")
            continue
        details += _changes(project, found)
        details += _moved_inside(project, found, before.tree, targets)
        details += _changed_texts(project, before, after, targets)
        resources.update({kind: len(getattr(project, kind)) for kind in _NAMED})
        resources["sources"] += len(project.sources)
    details += naming_changes(before, after, targets)
    figures = {"projects": len(before.dbt), **{k: n for k, n in resources.items() if n}}
    return outcome("dbt-unchanged", details, figures)


def _changes(was: DbtProject, now: DbtProject) -> Iterator[str]:
    """Yield what a project says or has that differs, by name."""
    for setting in ("name", "profile"):
        old, new = getattr(was, setting), getattr(now, setting)
        if old != new:
            yield f"{now.path}: {setting} was {old or 'not said'}, is {new or 'not said'}"
    for kind in _NAMED:
        old, new = set(getattr(was, kind)), set(getattr(now, kind))
        yield from (f"{now.path}: {_one(kind)} {name} is gone" for name in sorted(old - new))
        yield from (f"{now.path}: {_one(kind)} {name} is new" for name in sorted(new - old))
    tables, found = ({(s.source, s.table) for s in p.sources} for p in (was, now))
    for source, table in sorted(tables - found):
        yield f"{now.path}: source {source}.{table} is gone"


def _one(kind: str) -> str:
    return {"analyses": "analysis"}.get(kind, kind.removesuffix("s"))


def _moved_inside(
    was: DbtProject, now: DbtProject, tree: Tree, targets: Mapping[str, str]
) -> Iterator[str]:
    """Yield the files of dbt's folders that have another path in the project than before.

    Modules that are no models may have left.
    """
    for kind, folders in was.paths.items():
        if len(folders) != len(now.paths.get(kind, ())):
            yield f"{now.path}: {kind}-paths has other folders than before"
            continue
        for old, new in zip(folders, now.paths[kind], strict=True):
            for path in sorted(tree if old != was.folder else was.files):
                place = targets.get(path, path)
                if not is_within(path, old) or (
                    is_within(old, was.folder) and path not in was.files
                ):
                    continue
                if _is_resource(path, was) and place != join(new, path[len(old) :].lstrip("/")):
                    yield f"{place}: {kind}-paths of {now.path} does not lead to it any more"


def _is_resource(path: str, project: DbtProject) -> bool:
    return not path.endswith((".py", ".ipynb")) or path in project.models.values()


def _changed_texts(
    project: DbtProject, before: Inventory, after: Inventory, targets: Mapping[str, str]
) -> Iterator[str]:
    """Yield the files that say something else, apart from what they name elsewhere."""
    for path in sorted(project.files):
        place = targets.get(path, path)
        if place not in after.tree or not _is_read_by_dbt(path, project):
            continue
        is_same = before.tree[path].blob == after.tree[place].blob
        if path.endswith(_DATA) and not is_same:
            yield f"{place}: its text is not what it was"
        elif path.endswith(_NAMING) and (not path.endswith(".md") or has_docs(path, before.tree)):
            yield from _changed_settings(path, place, before, after, targets)


def _is_read_by_dbt(path: str, project: DbtProject) -> bool:
    """Tell whether a file is one of dbt's: others may stand in the folder of a project."""
    if dirname(path) == project.folder and basename(path) in _BESIDE:
        return True
    folders = [folder for of_kind in project.paths.values() for folder in of_kind]
    return any(is_within(path, folder) for folder in folders)


def _changed_settings(
    path: str, place: str, before: Inventory, after: Inventory, targets: Mapping[str, str]
) -> Iterator[str]:
    was, now = _named_in(path, before), _named_in(place, after)
    if _without(was, before.tree.read(path)) != _without(now, after.tree.read(place)):
        yield f"{place}: it says something else than before"
        return
    for old, new in zip(was, now, strict=True):
        is_from_start = dirname(path) == "" and old.text == new.text  # dbt is started in the root
        if not is_from_start and new.path not in _places_of(old.path, before.tree, targets):
            yield f'{place}: "{new.text}" names {new.path}, and named {old.path}'


def _places_of(path: str, tree: Tree, targets: Mapping[str, str]) -> set[str | None]:
    """Return where what is named may be: what git does not hold may stay, or go along."""
    places = {place_after(tree, targets, path)}
    if path not in tree and path not in tree.folders:
        places.add(place_in_project(tree, targets, path) or relocated(path, targets))
    return places


def _named_in(path: str, inventory: Inventory) -> list[Reference]:
    return [
        reference
        for reference in inventory.references.get(path, ())
        if reference.kind == KIND or path.endswith(".md")
        if reference.form in (Form.PATH, Form.PATTERN, Form.FOLDER)
        if not is_passed_over(reference)
    ]


def _without(references: list[Reference], content: bytes) -> list[str]:
    """Return the pieces of a text between the paths that it names."""
    text, _ = decoded(content)
    pieces, done = [], 0
    for reference in references:
        pieces.append(text[done : reference.start])
        done = reference.end
    return [*pieces, text[done:]]
