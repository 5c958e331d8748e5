"""``pyproject.toml``: created or merged, with entry points, dependencies and package data.

PEP 621 for the project, PEP 735 for groups of dependencies; a project that Poetry describes keeps
Poetry's tables (https://python-poetry.org/docs/pyproject/).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from relayout.conversions.build_backend import Built, wire_build
from relayout.conversions.build_paths import follow_build_paths
from relayout.conversions.dependencies import (
    is_in_poetrys_groups,
    own_requirements,
    prefer_own,
    uses_poetry,
    wire_dependencies,
)
from relayout.conversions.entry_points import commands_of, follow_targets, target_of
from relayout.conversions.installing import about_installing
from relayout.conversions.member_files import keep_inside, name_members
from relayout.conversions.merging import merge_tables
from relayout.conversions.setup_script import take_over
from relayout.conversions.toml_text import Unwritable, rewrite
from relayout.conversions.tool_config import merge_tool_config
from relayout.inventory.declared import Declared, distribution_name, table_at
from relayout.inventory.setup_script import Setup
from relayout.planning.plan import Finding
from relayout.tree import Tree


@dataclass(frozen=True)
class Packaging:
    """What the new repository's ``pyproject.toml`` has to say."""

    package: str
    scripts: Mapping[str, str]
    """Console scripts by name, each ``package.module:function``."""
    requirements: tuple[Declared, ...]
    has_data: bool
    """Whether the package holds files that are not Python."""
    module_moved: Callable[[str], str | None]
    """New dotted name of a module that moved, or None if it did not."""
    source: str = "src"
    """The folder of the project that the package is found in; empty for the project's own."""
    skip: tuple[str, ...] = ()
    """Tables of the template that the repository has in a file of its own."""
    readme: str = ""
    """Path of the resulting tree's readme; empty if there is none."""
    paths: Collection[str] = frozenset()
    """Files and folders of the resulting tree."""
    setups: tuple[Setup, ...] = ()
    """What ``setup.py`` and ``setup.cfg`` declare, in precedence."""
    manager: str = ""
    """What installs the project: uv, poetry or pip; empty if it is not known."""
    follow: Callable[[str], str] = str
    """Place of a path or pattern of the repository after the moves."""
    ignored: tuple[str, ...] = ()
    """Files of the package that ``.gitignore`` names, and git has."""
    members: tuple[str, ...] = ()
    """Names of the other projects of its workspace."""
    is_member: bool = False
    """Whether the project is a member of a workspace, with its scripts in the manager's words."""
    tool_files: Tree | None = None
    """The tree whose files of tools are to be merged; None if they are not."""


class UnreadableProject(Exception):
    """The repository's ``pyproject.toml`` cannot be read or added to; the message says why."""


def wire_project(
    mine: str | None, template: str, packaging: Packaging
) -> tuple[str, list[Finding]]:
    """Return the text of the new ``pyproject.toml``, and what a person should know.

    ``mine`` is the repository's own text, which stays as it is but for what has to be said anew;
    without one, the template's is the start. Raises UnreadableProject.
    """
    brought = tomlkit.parse(template).unwrap()
    _adapt_to_repository(brought, packaging)
    try:
        document: dict[str, Any] = {} if mine is None else tomlkit.parse(mine).unwrap()
    except TOMLKitError as error:
        raise UnreadableProject(str(error)) from None
    _check_tables(document)
    try:
        findings = _say(document, brought, packaging, is_new=mine is None)
    except (AttributeError, TypeError, ValueError) as error:
        raise UnreadableProject(f"a value has a type that it cannot have ({error})") from None
    findings += about_installing(mine, document, packaging.manager, packaging.paths)
    try:
        return rewrite(template if mine is None else mine, document, template), findings
    except Unwritable as error:
        raise UnreadableProject(str(error)) from None


def wire_workspace(
    mine: str | None,
    template: str,
    skip: Sequence[str],
    follow: Callable[[str], str],
    manager: str,
    paths: Collection[str],
) -> tuple[str, list[Finding]]:
    """Return the text of the ``pyproject.toml`` of a workspace, which is no package itself.

    The repository's own values stay, the template's missing tables and keys are added. Raises
    UnreadableProject.
    """
    brought = tomlkit.parse(template).unwrap()
    try:
        document: dict[str, Any] = {} if mine is None else tomlkit.parse(mine).unwrap()
    except TOMLKitError as error:
        raise UnreadableProject(str(error)) from None
    _check_tables(document)
    prefer_own(brought, own_requirements(document, ()), _pythons(document))
    requirements = _for_own_groups(document, brought, manager)
    left = [*skip, *(["project", "build-system"] if uses_poetry(document) else [])]
    left += ["tool.ruff"] if "ruff" in table_at(document, "tool") else []
    merge_tables(document, brought, left)
    wire_dependencies(document, requirements, manager)
    follow_build_paths(document, follow, lambda _: None)
    findings = about_installing(mine, document, manager, paths) if mine is not None else []
    try:
        return rewrite(template if mine is None else mine, document, template), findings
    except Unwritable as error:
        raise UnreadableProject(str(error)) from None


def _say(
    document: dict[str, Any], brought: dict[str, Any], packaging: Packaging, is_new: bool
) -> list[Finding]:
    """Make a project's document say what it has to; return what a person should know."""
    findings: list[Finding] = []
    is_described = "project" in document or uses_poetry(document)
    if brought and packaging.setups and not is_described:
        document["project"], findings = _project_from(packaging, brought.get("project", {}))
    own = own_requirements(document, packaging.requirements, packaging.manager)
    prefer_own(brought, own, _pythons(document))
    for_groups = _for_own_groups(document, brought, packaging.manager)
    requirements = [*packaging.requirements, *for_groups]
    if is_described:
        table_at(brought, "tool", "poetry").pop("dependencies", None)
    _bound_python(document, brought)
    if packaging.tool_files is not None:
        findings += merge_tool_config(document, brought, packaging.tool_files)
    merge_tables(document, brought, _not_to_merge(document, packaging, is_new=is_new))
    findings += wire_dependencies(document, requirements, packaging.manager)
    follow_build_paths(document, packaging.follow, packaging.module_moved)
    if packaging.is_member:
        findings += keep_inside(document, packaging.readme)
        if packaging.manager == "uv":
            name_members(document, packaging.members)
    follow_targets(document, packaging.module_moved, packaging.follow)
    _wire_scripts(document, packaging)
    built = Built(
        packaging.package,
        packaging.paths,
        packaging.source,
        packaging.has_data,
        packaging.manager,
        packaging.ignored,
    )
    wire_build(document, built)
    return findings


def _pythons(document: Mapping[str, Any]) -> str:
    """Return the versions of Python that a document admits, as it says them."""
    said = table_at(document, "project").get("requires-python")
    poetry = table_at(document, "tool", "poetry", "dependencies").get("python")
    return next((text for text in (said, poetry) if isinstance(text, str)), "")


def _for_own_groups(
    document: Mapping[str, Any], brought: dict[str, Any], manager: str
) -> list[Declared]:
    """Take the groups out of the template that the project has itself, in its words.

    What the template's Makefile calls is added to a group that is there, as to one that is not.
    """
    groups = brought.get("dependency-groups", {})
    own = table_at(document, "dependency-groups")
    if is_in_poetrys_groups(document, manager):
        taken = brought.pop("dependency-groups", {})
    else:
        taken = {group: groups.pop(group) for group in [*groups] if group in own}
    return [Declared(text, "", 0, group) for group, texts in taken.items() for text in texts]


def _bound_python(document: Mapping[str, Any], brought: dict[str, Any]) -> None:
    """Keep the template's bound for Python if it says the same as the project, and more."""
    dependencies = table_at(brought, "tool", "poetry", "dependencies")
    own = _pythons(document)
    if dependencies and own and own != brought.get("project", {}).get("requires-python"):
        if re.fullmatch(r">=\s*3[\d.]*", own):
            dependencies["python"] = f"{own},<4"
        else:
            del brought["tool"]["poetry"]["dependencies"]


def _project_from(
    packaging: Packaging, brought: Mapping[str, Any]
) -> tuple[dict[str, Any], list[Finding]]:
    """Return ``[project]`` as setup.py declares it, completed by the template, in its order."""
    declared, findings = take_over(packaging.setups, packaging.module_moved)
    items = declared.setdefault("dependencies", [])
    have = {distribution_name(text) for text in items}
    items += [t for t in brought.get("dependencies", []) if distribution_name(t) not in have]
    return {key: declared.get(key, brought.get(key)) for key in [*brought, *declared]}, findings


def _adapt_to_repository(brought: dict[str, Any], packaging: Packaging) -> None:
    """Take out of the template what it cannot know, and name the readme that there is."""
    project = brought.get("project", {})
    for key in ("license", "license-files", "authors"):  # whose code it is, no template decides
        project.pop(key, None)
    if not packaging.readme:
        project.pop("readme", None)
    elif "readme" in project:
        project["readme"] = _readme(packaging.readme)


def _readme(path: str) -> str | dict[str, str]:
    """Return how PEP 621 names a readme: with its type, where the suffix does not tell."""
    if path.lower().endswith((".md", ".rst", ".txt")):
        return path
    return {"file": path, "content-type": "text/plain"}


_TABLES = (
    ("project",),
    ("project", "scripts"),
    ("project", "optional-dependencies"),
    ("build-system",),
    ("dependency-groups",),
    ("tool",),
    ("tool", "poetry"),
    ("tool", "poetry", "scripts"),
    ("tool", "poetry", "dependencies"),
    ("tool", "setuptools"),
    ("tool", "hatch"),
)


_CODE_LOCATIONS = frozenset({"dagster", "dg"})
"""Tables that say where Dagster finds definitions: keys of another one would contradict them."""


def _check_tables(document: Mapping[str, Any]) -> None:
    """Raise UnreadableProject if something that must be a table is something else."""
    for names in _TABLES:
        value: Any = document
        for name in names:
            value = value.get(name, {})
        if not isinstance(value, Mapping):
            raise UnreadableProject(f"{'.'.join(names)} is not a table")


def _not_to_merge(document: Mapping[str, Any], packaging: Packaging, is_new: bool) -> list[str]:
    """Return the parts of the template that the repository's project has decided otherwise."""
    skip = list(packaging.skip)
    if not is_new:
        skip.append("project.dependencies")
    if uses_poetry(document):
        skip += ["project", "build-system"]
    project = document.get("project", {})
    skip += [f"project.{name}" for name in project.get("dynamic", [])]
    backend = str(document.get("build-system", {}).get("build-backend", ""))
    if backend and "hatchling" not in backend:
        skip.append("tool.hatch")
    if backend and "poetry" not in backend:
        skip.append("tool.poetry")
    if "poetry" in document.get("tool", {}):
        skip.append("tool.poetry.requires-poetry")
    if "ruff" in document.get("tool", {}):
        skip.append("tool.ruff")
    if _CODE_LOCATIONS & document.get("tool", {}).keys():
        skip.append("tool.dagster")
    return skip


def _wire_scripts(document: dict[str, Any], packaging: Packaging) -> None:
    if not packaging.scripts or "scripts" in table_at(document, "project").get("dynamic", []):
        return
    poetrys = table_at(document, "tool", "poetry")
    is_new = packaging.is_member and packaging.manager == "poetry" and bool(poetrys)
    is_poetry = uses_poetry(document) or "scripts" in poetrys or is_new
    table = document["tool"]["poetry"] if is_poetry else document.setdefault("project", {})
    scripts = table.setdefault("scripts", {})
    taken = {name for commands in commands_of(document) for name in commands}
    reached = {target_of(to) for commands in commands_of(document) for to in commands.values()}
    for name, target in packaging.scripts.items():
        if target not in reached and name not in taken:
            scripts[name] = target
    if not scripts:
        del table["scripts"]
