"""The projects of a monorepo, said by one of them: what the others and the root say is joined."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import tomlkit
from packaging.requirements import InvalidRequirement
from tomlkit.exceptions import TOMLKitError

from relayout.conversions.toml_text import rewrite
from relayout.errors import Refusal
from relayout.evolution.carried_settings import WHEEL, joined_requirements, texts_in, with_changes
from relayout.inventory.declared import distribution_name, parse_requirement, table_at
from relayout.tree import Tree

ROOT = "pyproject.toml"
_MEMBER = re.compile(r"packages/[^/]+/pyproject\.toml")


def document_at(tree: Tree, path: str) -> dict[str, Any]:
    """Return what a TOML file says; nothing for one that is not there. Raises Refusal."""
    if not tree.is_regular(path):
        return {}
    try:
        document: dict[str, Any] = tomlkit.parse(tree.read(path).decode()).unwrap()
    except (TOMLKitError, UnicodeDecodeError) as error:
        raise Refusal(
            f"{path} is not valid TOML: {error}", "Correct it, commit that, and update again."
        ) from None
    return document


def members(tree: Tree) -> list[str]:
    """Return the paths of the projects of a monorepo's packages."""
    return sorted(path for path in tree if _MEMBER.fullmatch(path))


def joined_projects(tree: Tree, package: str, rendered_root: Mapping[str, Any]) -> Tree:
    """Return a monorepo's tree in which only the project of one package is left, for all of them.

    ``rendered_root`` is what the layout rendered in the root, whose requirements are those of the
    layout's tools. Raises Refusal for a project that is not valid TOML.
    """
    main = f"packages/{package}/{ROOT}"
    paths = [path for path in members(tree) if path != main]
    if main not in tree:
        return tree.without([ROOT, *paths])
    document = document_at(tree, main)
    others = {path: document_at(tree, path) for path in paths}
    root = document_at(tree, ROOT)
    for one in (document, *others.values()):
        _bring_scripts(one)
    document["tool"] = with_changes({}, table_at(document, "tool"), _tools_of_root(root))
    _forget_members(document["tool"])
    _join_packages(document, list(others.values()))
    _join(document, list(others.values()))
    _join_groups(document, root, rendered_root)
    text = rewrite(tree.read(main).decode(), document)
    return tree.with_content({main: text.encode()}).without([ROOT, *paths])


def _tools_of_root(root: Mapping[str, Any]) -> dict[str, Any]:
    tools = dict(table_at(root, "tool"))
    if "uv" in tools:
        tools["uv"] = {key: value for key, value in tools["uv"].items() if key != "workspace"}
    return {name: settings for name, settings in tools.items() if settings}


def _bring_scripts(document: dict[str, Any]) -> None:
    """Let console scripts that Poetry's own table names be those of the project."""
    scripts = table_at(document, "tool", "poetry").pop("scripts", {})
    if scripts:
        project = document.setdefault("project", {})
        project["scripts"] = {**scripts, **table_at(project, "scripts")}


def _join_packages(document: dict[str, Any], others: list[dict[str, Any]]) -> None:
    """Let the wheel of a project have the packages of all of them: ``src/`` is one folder then."""
    wheel = table_at(document, *WHEEL)
    if "packages" in wheel:
        brought = [p for one in others for p in texts_in(table_at(one, *WHEEL).get("packages"))]
        wheel["packages"] = list(dict.fromkeys((*wheel["packages"], *brought)))


def _forget_members(tools: dict[str, Any]) -> None:
    """Remove what says that packages are found in the same workspace: there is none any more."""
    sources = table_at(tools, "uv", "sources")
    for name in [n for n, source in sources.items() if _is_in_workspace(source)]:
        del sources[name]
    if "uv" in tools and not sources:
        tools["uv"].pop("sources", None)
    if not tools.get("uv", True):
        del tools["uv"]


def _is_in_workspace(source: Any) -> bool:
    return isinstance(source, Mapping) and bool(source.get("workspace"))


def _join(document: dict[str, Any], others: list[dict[str, Any]]) -> None:
    """Let a project need what all of them need, and bring every console script."""
    projects = {distribution_name(str(_project(one).get("name", ""))): one for one in others}
    mine = document.setdefault("project", {})
    needed = texts_in(mine.get("dependencies"))
    lists = [texts_in(_project(one).get("dependencies")) for one in others]
    asked = [text for texts in (needed, *lists) for text in _of_extras(texts, projects)]
    joined = joined_requirements(needed, *lists, asked)
    mine["dependencies"] = [text for text in joined if distribution_name(text) not in projects]
    for table in ("scripts", "gui-scripts", "optional-dependencies"):
        brought = {
            key: value for one in others for key, value in _project(one).get(table, {}).items()
        }
        if brought:
            mine[table] = {**brought, **table_at(mine, table)}
    for one in others:
        _add_groups(document, table_at(one, "dependency-groups"))
    for items in table_at(document, "dependency-groups").values():
        items[:] = [item for item in items if _name(item) not in projects]


def _join_groups(
    document: dict[str, Any], root: Mapping[str, Any], rendered: Mapping[str, Any]
) -> None:
    was = table_at(rendered, "dependency-groups")
    _add_groups(
        document,
        {
            group: [item for item in items if item not in was.get(group, [])]
            for group, items in table_at(root, "dependency-groups").items()
        },
    )


def _add_groups(document: dict[str, Any], groups: Mapping[str, Any]) -> None:
    for group, items in groups.items():
        mine = document.setdefault("dependency-groups", {}).setdefault(group, [])
        known = {_name(item) for item in mine}
        mine += [item for item in items if _name(item) not in known]


def _name(item: Any) -> str:
    return distribution_name(item) if isinstance(item, str) else repr(item)


def _project(document: Mapping[str, Any]) -> dict[str, Any]:
    return table_at(document, "project")


def _of_extras(texts: list[str], projects: Mapping[str, dict[str, Any]]) -> Iterator[str]:
    """Yield what the extras need that are asked of packages of the same repository."""
    for text in texts:
        one = projects.get(distribution_name(text))
        if one is None:
            continue
        extras = table_at(_project(one), "optional-dependencies")
        try:
            asked = parse_requirement(text).extras
        except InvalidRequirement:
            continue
        for extra in sorted(asked):
            yield from texts_in(extras.get(extra))
