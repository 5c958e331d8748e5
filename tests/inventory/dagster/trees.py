"""Small trees of Dagster projects, and what is read from them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from textwrap import dedent

from relayout.inventory.dagster import DagsterModule, Definition, dagster_modules
from relayout.inventory.python import read_python
from relayout.inventory.resolution import Resolver
from relayout.tree import Tree


def modules_of(files: Mapping[str, str | bytes]) -> dict[str, DagsterModule]:
    """Return what the modules of a tree define."""
    tree = Tree.of({p: dedent(c) if isinstance(c, str) else c for p, c in files.items()})
    paths = sorted(path for path in tree if path.endswith(".py"))
    python = dict(zip(paths, map(partial(read_python, tree=tree), paths), strict=True))
    return dagster_modules(tree, python, Resolver(tree, python))


def definitions_of(files: Mapping[str, str | bytes] | str, path: str = "") -> dict[str, Definition]:
    """Return the definitions of one module by name: of the first file, if no path is given."""
    named = {"shop/defs/module.py": files} if isinstance(files, str) else files
    module = modules_of(named).get(path or next(iter(named)))
    return {d.name: d for d in module.definitions} if module is not None else {}
