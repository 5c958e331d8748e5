"""What ``pyproject.toml`` says is carried from layout to layout: one file, or two in a monorepo."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from posixpath import dirname
from typing import Any

from relayout.conversions.toml_text import Unwritable, rewrite
from relayout.errors import Refusal
from relayout.evolution.carried_settings import carried, with_changes
from relayout.evolution.joined_projects import ROOT, document_at
from relayout.inventory.declared import distribution_name, import_name, table_at
from relayout.tree import Tree

_OF_THE_PROJECT = frozenset(
    {"hatch", "setuptools", "setuptools_scm", "poetry", "flit", "pdm", "uv"}
)
"""Tools whose settings say how one project is built and installed."""


def carried_projects(
    base: Tree, ours: Tree, theirs: Tree, project: str, unneeded: Collection[str]
) -> dict[str, bytes]:
    """Return the projects of the new layout with what the user's project says.

    ``project`` is the path of the user's project in the new layout, in ``base`` and ``ours``; if it
    is not in the root, the settings of tools go to the project there. Raises Refusal for a project
    that is not valid TOML, or that cannot be written.
    """
    was, mine, new = (document_at(tree, project) for tree in (base, ours, theirs))
    if not mine or not new:
        return {}
    if project == ROOT:
        return {ROOT: _written(theirs, ROOT, carried(was, mine, new, unneeded, ours.folders))}
    shared = document_at(theirs, ROOT)
    tools = table_at(shared, "dependency-groups").values()
    in_root = {import_name(distribution_name(text)) for items in tools for text in items}
    below = ours.below(dirname(project)).folders
    was_member, member = _of_the_member(was), _of_the_member(mine)
    member = carried(was_member, member, new, {*unneeded, *in_root}, below)
    root = with_changes(_of_the_root(was), _of_the_root(mine), shared)
    return {
        project: _written(theirs, project, member),
        ROOT: _written(theirs, ROOT, root),
    }


def _of_the_member(document: Mapping[str, Any]) -> dict[str, Any]:
    return {**document, "tool": _tools(document, of_the_project=True)}


def _tools(document: Mapping[str, Any], *, of_the_project: bool) -> dict[str, Any]:
    return {
        name: settings
        for name, settings in table_at(document, "tool").items()
        if (name in _OF_THE_PROJECT) is of_the_project
    }


def _of_the_root(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings of tools, but no folders of tests: each package has its own."""
    tools = _tools(document, of_the_project=False)
    options = table_at(tools, "pytest", "ini_options")
    options.pop("testpaths", None)
    return {"tool": tools}


def _written(theirs: Tree, path: str, document: Mapping[str, Any]) -> bytes:
    try:
        return rewrite(theirs.read(path).decode(), document).encode()
    except Unwritable as error:
        raise Refusal(f"{path} cannot be written for the new layout: {error}") from None
