"""``same-manifests``: what dbt reads in each project after a migration is what it read before.

dbt parses each project in a checkout, with a profile that stands in for the user's, and compiles it
as far as that needs no database.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from posixpath import dirname, join
from typing import Any

from relayout.errors import Refusal
from relayout.inventory import foreign_files
from relayout.inventory.dbt import DbtProject, dbt_project_at, find_dbt_projects
from relayout.inventory.dbt.project import PROJECT
from relayout.inventory.dbt.settings import Settings, local_packages, read_settings
from relayout.running.dbt_profiles import CONNECTIONS, stand_in
from relayout.running.environment import Interpreter, Say, ask
from relayout.tree import Tree

PROBE = "dbt_probe.py"


@dataclass(frozen=True, slots=True)
class Pair:
    """A project before and after; ``now`` is None where it is gone."""

    was: DbtProject
    now: DbtProject | None


def projects_of(tree: Tree) -> tuple[DbtProject, ...]:
    """Return the dbt projects of a tree that are read; those among tests are not."""
    found = find_dbt_projects(tree, foreign_files(tree))
    return tuple(project for project in found if not project.is_fixture)


def pairs(before: Tree, after: Tree, moves: Mapping[str, str]) -> list[Pair]:
    """Return the projects before, each with what it is after moves."""
    found = projects_of(before)
    places = [dirname(moves.get(project.path, project.path)) for project in found]
    return [
        Pair(was, dbt_project_at(after, place)) for was, place in zip(found, places, strict=True)
    ]


def read_project(
    interpreter: Interpreter,
    checkout: Path,
    project: DbtProject,
    described: tuple[DbtProject, Tree],
    say: Say,
) -> dict[str, Any]:
    """Return what dbt says of a project in a checkout.

    ``described`` is the project, and the tree, by which the profile is made: the same for both
    states. Raises Refusal if the interpreter has no dbt.
    """
    profile = stand_in(*described)
    request = {
        "root": str(checkout),
        "project": str(checkout / project.folder),
        "profile": profile.name,
        "target": profile.target,
        "outputs": profile.outputs,
        "connections": CONNECTIONS,
    }
    answer, _ = ask(interpreter, PROBE, request, checkout, say)
    if "unavailable" in answer:
        raise Refusal(
            f"{interpreter} has no dbt: {answer['unavailable']}",
            "Install dbt-core (1.5 or newer) and an adapter there, or name another: --python PATH",
        )
    return answer


def provide_packages(
    checkout: Path, work_tree: Path, project: DbtProject, places: Sequence[str], tree: Tree
) -> None:
    """Put the packages of a project where dbt looks for them, as ``dbt deps`` does.

    Local ones are those of the checkout; others are copied from the work tree, where they were
    installed in one of some places of the project.
    """
    folder = _installed_in(project.folder, tree)
    target = checkout / folder
    for path, name in _local(project.folder, tree):
        if not (target / name).exists():
            target.mkdir(parents=True, exist_ok=True)
            _link(checkout / path, target / name)
    for place in places:
        source = work_tree / join(place, folder[len(project.folder) :].lstrip("/"))
        for package in sorted(source.iterdir()) if source.is_dir() else ():
            wanted = target / package.name
            if package.is_dir() and not package.is_symlink() and not wanted.exists():
                shutil.copytree(package, wanted, symlinks=True)


def _link(source: Path, target: Path) -> None:
    try:
        target.symlink_to(source, target_is_directory=True)
    except OSError:  # not everybody may make links on Windows
        shutil.copytree(source, target, symlinks=True)


def _installed_in(folder: str, tree: Tree) -> str:
    settings = read_settings(folder, tree) or Settings()
    return join(folder, settings.written[2])


def _local(folder: str, tree: Tree) -> Iterator[tuple[str, str]]:
    """Yield the folder and the name of each local package of a project, and of theirs."""
    pending, seen = [folder], {folder}
    while pending:
        for place in local_packages(pending.pop(), tree):
            settings = read_settings(place, tree) if place not in seen else None
            seen.add(place)
            if settings is not None and join(place, PROJECT) in tree:
                pending.append(place)
                yield place, settings.name
