"""Where files go that are in no part of a layout: the recipe of the new layout says."""

from __future__ import annotations

from collections.abc import Collection

from relayout.inventory import take_inventory
from relayout.inventory.search_paths import QUARANTINE
from relayout.per_file import PerFile, one_by_one
from relayout.planning.making import make_plan
from relayout.planning.plan import Options
from relayout.planning.territories import find_homes
from relayout.recipes import Recipe
from relayout.tree import Tree, is_within


def moves_by_recipe(
    tree: Tree,
    paths: Collection[str],
    recipe: Recipe,
    package: str,
    per_file: PerFile = one_by_one,
) -> dict[str, str]:
    """Return where the recipe of a layout wants some files of a tree, by the path before.

    The tree is on that layout, but for these files. Nothing goes to quarantine: what stood in a
    repository on a layout is not dead because another layout knows no use for it. Raises Refusal
    for files that would share one path.
    """
    inventory = take_inventory(tree, per_file)
    homes = find_homes(inventory, recipe, package)
    options = Options(recipe.layout, package=homes.main.home.package)
    plan = make_plan(inventory, recipe, options, homes)
    return {
        move.source: move.target
        for move in plan.moves
        if move.source in paths and not is_within(move.target, QUARANTINE)
    }
