"""All that happens to a tree before anything moves: modules are split, loaders name what they load.

What is split stands beside each other first, where relative imports and ``__file__`` mean what they
meant. So the moves begin with an ordinary tree.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from relayout.conversions.conversion import Conversion
from relayout.conversions.dagster import convert_dagster
from relayout.conversions.splitting.division import divide
from relayout.errors import Refusal
from relayout.inventory import Inventory, facts_by_blob, take_inventory
from relayout.inventory.python import PythonFile
from relayout.notebook import read_source
from relayout.per_file import PerFile
from relayout.planning.definitions import require_one_project
from relayout.planning.homes import Homes
from relayout.planning.making import make_plan
from relayout.planning.plan import Finding, Options, Plan, Written
from relayout.planning.split import Split
from relayout.planning.splitting import plan_splits
from relayout.planning.territories import find_homes
from relayout.recipes import Recipe
from relayout.rewriting.destination import Destination
from relayout.source import NotPython
from relayout.tree import Tree, ancestors

_ORCHESTRATORS = frozenset({"airflow", "dagster", "dbt", "prefect"})
"""Import names of what is often installed in an image alone, beside a folder of that name."""


@dataclass(frozen=True)
class Prepared:
    """A tree that moves can begin with, and the plan of these moves.

    ``original`` is the inventory of the tree before anything, ``split`` the tree with its modules
    split, ``inventory`` that of the tree in which loaders name their modules as well. ``brought``
    are new files, by their path after.
    """

    original: Inventory
    split: Tree
    inventory: Inventory
    homes: Homes
    plan: Plan
    destination: Destination
    brought: Mapping[str, bytes]


def prepare(
    original: Inventory,
    recipe: Recipe,
    options: Options,
    written: Written | None,
    per_file: PerFile,
    known: Mapping[str, PythonFile] | None,
) -> Prepared:
    """Return a tree ready to be moved. Raises Refusal."""
    wanted, about_splits = _wanted_splits(original, recipe, options, written)
    divided = divide(original, wanted)
    inventory = _inventory_of(divided.tree, original, per_file, known)
    homes = find_homes(inventory, recipe, options.package)
    plan = make_plan(inventory, recipe, options, homes, written)
    _check_moves(plan, inventory.tree)
    foreign = inventory.dependencies | _ORCHESTRATORS
    destination = Destination(inventory.tree, plan.targets, plan.homes, (), foreign)
    loading = convert_dagster(inventory, destination, homes, divided.splits)
    edited, failed = _edited(inventory, loading)
    if edited is not inventory.tree or loading.additions:
        inventory = _inventory_of(edited, inventory, per_file, known)
        brought = loading.additions
        destination = Destination(inventory.tree, plan.targets, plan.homes, brought, foreign)
    findings = [*plan.findings]
    for finding in (*about_splits, *divided.findings, *loading.findings, *failed):
        findings.append(replace(finding, path=destination.of_file(finding.path)))
    plan = replace(plan, splits=divided.splits, findings=tuple(findings))
    return Prepared(original, divided.tree, inventory, homes, plan, destination, loading.additions)


def _wanted_splits(
    original: Inventory, recipe: Recipe, options: Options, written: Written | None
) -> tuple[tuple[Split, ...], tuple[Finding, ...]]:
    """Return the modules that are to be split, for what they define or as a written plan says."""
    require_one_project(original, recipe, options.keep)
    if written is not None:
        return written.splits, ()
    if not recipe.sorts_definitions:
        return (), ()
    homes = find_homes(original, recipe, options.package)
    return plan_splits(original, recipe, options, homes)


def _inventory_of(
    tree: Tree, last: Inventory, per_file: PerFile, known: Mapping[str, PythonFile] | None
) -> Inventory:
    """Return the inventory of a tree; files that the last one has are not read again."""
    if tree is last.tree:
        return last
    return take_inventory(tree, per_file, {**(known or {}), **facts_by_blob(last)})


def _edited(inventory: Inventory, conversion: Conversion) -> tuple[Tree, list[Finding]]:
    """Return the tree with a conversion's edits, and the files that they would have broken.

    Those are left as they were.
    """
    contents: dict[str, bytes] = {}
    findings: list[Finding] = []
    for path, edits in conversion.edits.items():
        source = read_source(path, inventory.tree.read(path))
        try:
            content = source.edited(source.fitted(edits))
            read_source(path, content).parse()
        except (NotPython, ValueError) as error:
            message = f"its loaders cannot be made to name their modules: {error}"
            advice = "Name the modules: load_assets_from_modules([...])."
            findings.append(Finding("loader-not-followed", path, 0, message, advice))
        else:
            contents[path] = content
    return inventory.tree.with_content(contents) if contents else inventory.tree, findings


def _check_moves(plan: Plan, before: Tree) -> None:
    """Refuse moves of a written plan that name no file, or bring two files to one path."""
    taken: dict[str, str] = {path.casefold(): path for path in before if path not in plan.targets}
    files = [move for move in plan.moves if move.source not in before.places]
    for move in files:
        if move.source not in before:
            raise Refusal(
                f"the plan moves {move.source}, which is not in HEAD",
                "Delete that move, if the split that made the file was deleted; or write the plan",
                "again: relayout plan --output FILE",
            )
        other = taken.setdefault(move.target.casefold(), move.source)
        if other != move.source:
            raise Refusal(f"{move.source} and {other} would both be {move.target}")
    for move in files:
        for folder in ancestors(move.target):
            if folder.casefold() in taken:
                problem = f"{move.source} cannot go to {move.target}: {folder} is a file"
                raise Refusal(problem, "Give it another place in the plan, or with --place.")
