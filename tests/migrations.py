"""Migrations of trees that were written down in a test, without git and without the template."""

from __future__ import annotations

from relayout.inventory import take_inventory
from relayout.migration import Migration, migrate
from relayout.planning.plan import Move, Options, Plan, Written
from relayout.recipes import Recipe
from relayout.suite import load_recipe, recipes_folder
from relayout.tree import Tree
from relayout.verification import Check, Evidence, verify
from workbench import SUITE, Files

SRC_LAYOUT: Recipe = load_recipe("src-layout", recipes_folder(SUITE))


def _nothing_rendered(_: Plan) -> None:
    return None


def migrate_tree(
    tree: Tree,
    options: Options | None = None,
    written: Written | None = None,
) -> Migration:
    """Return the migration of a tree to the src layout; the template brings nothing."""
    options = options or Options("src-layout")
    return migrate(tree, SRC_LAYOUT, options, _nothing_rendered, written)


def migrate_files(
    files: Files, options: Options | None = None, moves: dict[str, str] | None = None
) -> Migration:
    """Return the migration of files to the src layout; ``moves`` stand for a written plan."""
    written = None
    if moves is not None:
        said = {old: Move(old, new, "plan", "the plan says so") for old, new in moves.items()}
        written = Written(said)
    return migrate_tree(Tree.of(files), options, written)


def text_after(migration: Migration, path: str) -> str:
    """Return a file of the tree after a migration as text."""
    return migration.after.read(path).decode()


def evidence_of(
    migration: Migration, after: Tree | None = None, plan: Plan | None = None
) -> Evidence:
    """Return what checks look at; the tree after and the plan may be tampered with."""
    return Evidence(
        after=take_inventory(after or migration.after),
        recipe=SRC_LAYOUT,
        package=migration.plan.package,
        before=migration.inventory,
        plan=plan or migration.plan,
        original=migration.original,
        split=migration.split,
    )


def checks_of(migration: Migration) -> dict[str, Check]:
    """Return the outcome of every check on a migration, by name."""
    return {check.name: check for check in verify(evidence_of(migration))}
