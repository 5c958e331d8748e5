"""The commits of a migration: one a stage, each with one purpose, beside the user's branch."""

from __future__ import annotations

from relayout.migration import Migration
from relayout.repository import Repository
from relayout.tree import Tree

_SPLIT = (
    "Split modules that mix kinds of definitions",
    "Every statement is in one of the parts, which stand beside each other.",
)
_LOADED = (
    "Name the modules that Dagster loads",
    "Loaders of a whole folder list what they load, so that it can stand elsewhere.",
)
_MOVED = ("Move files into the {layout} layout", "Every file is byte for byte what it was.")
_REWRITTEN = (
    "Rewrite what names the moved files",
    "Imports, path hacks and paths; no business logic.",
)
_DJANGO = (
    "Turn Django's commands and settings into plain Python",
    "Their code stays to the letter; a small base class takes Django's place.",
)
_DEFINED = (
    "Give Dagster a definitions.py",
    "It loads what the modules of the repository define.",
)
_ADDED = (
    "Add what the {layout} layout brings",
    "Files of the template, packaging and package markers.",
)
_SHIMS = (
    "Keep the old import paths alive for a while",
    "Each module there forwards to the new one, and warns. To list them: relayout shims",
)


def _stages(migration: Migration) -> list[tuple[tuple[str, str], Tree]]:
    """Return what each commit says, with the tree that it brings."""
    conversion = _DEFINED if migration.plan.layout == "dagster" else _DJANGO
    return [
        (_SPLIT, migration.split),
        (_LOADED, migration.prepared),
        (_MOVED, migration.moved),
        (_REWRITTEN, migration.rewritten),
        (conversion, migration.converted),
        (_ADDED, migration.added),
        (_SHIMS, migration.after),
    ]


def write_commits(repository: Repository, migration: Migration, base: str) -> list[str]:
    """Write the stages as commits on ``base`` and return their ids, the last one last.

    A stage that changes nothing has no commit.
    """
    commits: list[str] = []
    parent, before = base, migration.before
    for (title, body), tree in _stages(migration):
        if any(tree.changed_since(before)):
            message = f"{title.format(layout=migration.plan.layout)}\n\n{body}\n"
            parent = repository.commit(tree, before, parent, message)
            commits.append(parent)
            before = tree
    return commits
