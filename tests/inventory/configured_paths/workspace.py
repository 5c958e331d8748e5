"""A small repository, and what a configuration file put into it is found to say."""

from __future__ import annotations

from relayout.inventory.configured_paths import Configuration, read_configuration
from relayout.tree import Tree

CODE = {
    "lib/rates.py": "",
    "jobs/load.py": "",
    "tool/__main__.py": "",
    "services/orders/app/main.py": "",
    "services/orders/core/settings.py": "",
    "tests/test_rates.py": "",
}

Entry = tuple[int, tuple[str, ...] | None, str]


def configuration(path: str, text: str | bytes, **others: str) -> Configuration:
    """Return what is read from a tree with this file in it."""
    return read_configuration(Tree.of({**CODE, **others, path: text}))


def entries(path: str, text: str | bytes) -> list[Entry]:
    """Return line, folders and cover of what sets a search path, what starts programs left out."""
    found = configuration(path, text).paths
    return [(e.line, e.folders, e.covers) for e in found if e.kind != "started"]


def started(path: str, text: str) -> list[tuple[int, str, tuple[str, ...]]]:
    """Return line, file and folders of what starts a program there."""
    found = configuration(path, text).paths
    return [(e.line, e.covers, e.folders or ()) for e in found if e.kind == "started"]
