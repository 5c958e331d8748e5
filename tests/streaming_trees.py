"""Migrations to the layout batch-streaming of trees that were written down in a test."""

from __future__ import annotations

from relayout.inventory import take_inventory
from relayout.migration import Migration, migrate
from relayout.planning.components import components
from relayout.planning.homes import Home, Homes, Territory
from relayout.planning.plan import Options
from relayout.recipes import Recipe
from relayout.suite import load_recipe, recipes_folder
from relayout.tree import Tree
from workbench import SUITE, Files

LAYOUT: Recipe = load_recipe("batch-streaming", recipes_folder(SUITE))
DAG = "from airflow import DAG\n\nwith DAG('daily') as dag:\n    pass\n"


def migrate_components(files: Files) -> Migration:
    """Return the migration of files to the layout."""
    options = Options("batch-streaming", package="sales")
    return migrate(Tree.of(files), LAYOUT, options, lambda plan: None)


def places(files: Files) -> dict[str, str]:
    """Return where the files go that move."""
    return {move.source: move.target for move in migrate_components(files).plan.moves}


def sections(files: Files) -> dict[str, tuple[str, str]]:
    """Return the section and the place in it of each file that is of one."""
    homes = Homes((Territory(Home("sales")),))
    found = components(take_inventory(Tree.of(files)), LAYOUT, homes)
    return {path: (component.section, component.inner) for path, component in found.items()}
