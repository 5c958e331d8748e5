"""Migrations to the pipeline-centric layout of trees that were written down in a test."""

from __future__ import annotations

from textwrap import dedent

from relayout.inventory import take_inventory
from relayout.migration import Migration, migrate
from relayout.planning.plan import Move, Options, Written
from relayout.recipes import Recipe
from relayout.suite import load_recipe, recipes_folder
from relayout.tree import Tree
from relayout.verification import Evidence
from workbench import SUITE, Files

PLATFORM: Recipe = load_recipe("pipeline-centric", recipes_folder(SUITE))
COMPOSE = "docker-compose.yml"


def migrate_platform(
    files: Files, moves: dict[str, str] | None = None, options: Options | None = None
) -> Migration:
    """Return the migration of files to the layout; ``moves`` stand for a written plan."""
    written = None
    if moves is not None:
        said = {old: Move(old, new, "plan", "the plan says so") for old, new in moves.items()}
        written = Written(said)
    options = options or Options("pipeline-centric")
    return migrate(Tree.of(files), PLATFORM, options, lambda plan: None, written)


def evidence_on(migration: Migration, compose: str | None = None) -> Evidence:
    """Return what checks look at; the compose file after may be another one."""
    after = migration.after
    if compose is not None:
        after = after.with_content({COMPOSE: dedent(compose).encode()})
    return Evidence(
        after=take_inventory(after),
        recipe=PLATFORM,
        package=migration.plan.package,
        before=migration.inventory,
        plan=migration.plan,
        original=migration.original,
        split=migration.split,
    )


def findings_of(migration: Migration, *codes: str) -> list[str]:
    """Return the findings of some codes as ``path:line: message``."""
    found = (f for f in migration.plan.findings if f.code in codes)
    return [f"{f.path}:{f.line}: {f.message}" for f in found]
