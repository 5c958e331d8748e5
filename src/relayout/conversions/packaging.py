"""``pyproject.toml``: created or merged, with entry points, dependencies and package data.

PEP 621 for the project, PEP 735 for groups of dependencies; a project that Poetry describes keeps
Poetry's tables (https://python-poetry.org/docs/pyproject/).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import tomlkit
from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name
from tomlkit.exceptions import TOMLKitError

from relayout.conversions.build_backend import wire_build
from relayout.conversions.merging import merge_tables
from relayout.conversions.setup_script import moved_target, take_over
from relayout.conversions.toml_text import Unwritable, rewrite
from relayout.inventory.requirements import Declared, table_at
from relayout.inventory.setup_script import Setup
from relayout.planning.plan import Finding

PATH = "pyproject.toml"


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
    skip: tuple[str, ...] = ()
    """Tables of the template that the repository has in a file of its own."""
    readme: str = ""
    """Path of the resulting tree's readme; empty if there is none."""
    paths: Collection[str] = frozenset()
    """Files and folders of the resulting tree."""
    setups: tuple[Setup, ...] = ()
    """What ``setup.py`` and ``setup.cfg`` declare, in precedence."""


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
    try:
        return rewrite(template if mine is None else mine, document, template), findings
    except Unwritable as error:
        raise UnreadableProject(str(error)) from None


def _say(
    document: dict[str, Any], brought: dict[str, Any], packaging: Packaging, is_new: bool
) -> list[Finding]:
    """Make a project's document say what it has to; return what a person should know."""
    findings: list[Finding] = []
    if brought and packaging.setups and "project" not in document and not _uses_poetry(document):
        document["project"], findings = _project_from(packaging, brought.get("project", {}))
    _prefer_own(brought, _own_requirements(document, packaging))
    merge_tables(document, brought, _not_to_merge(document, packaging, is_new=is_new))
    findings += _wire_dependencies(document, packaging)
    _rename_scripts(document, packaging)
    _wire_scripts(document, packaging)
    has_poetry = _uses_poetry(document)
    wire_build(document, packaging.package, packaging.paths, packaging.has_data, has_poetry)
    return findings


def _project_from(
    packaging: Packaging, brought: Mapping[str, Any]
) -> tuple[dict[str, Any], list[Finding]]:
    """Return ``[project]`` as setup.py declares it, completed by the template, in its order."""
    declared, findings = take_over(packaging.setups, packaging.module_moved)
    _add_missing(declared, "dependencies", brought.get("dependencies", []))
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


def _check_tables(document: Mapping[str, Any]) -> None:
    """Raise UnreadableProject if something that must be a table is something else."""
    for names in _TABLES:
        value: Any = document
        for name in names:
            value = value.get(name, {})
        if not isinstance(value, Mapping):
            raise UnreadableProject(f"{'.'.join(names)} is not a table")


def _uses_poetry(document: Mapping[str, Any]) -> bool:
    return "name" in table_at(document, "tool", "poetry") and "project" not in document


def _is_dynamic(document: Mapping[str, Any], key: str) -> bool:
    return key in table_at(document, "project").get("dynamic", [])


def _not_to_merge(document: Mapping[str, Any], packaging: Packaging, is_new: bool) -> list[str]:
    """Return the parts of the template that the repository's project has decided otherwise."""
    skip = list(packaging.skip)
    if not is_new:
        skip.append("project.dependencies")
    if _uses_poetry(document):
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
    return skip


# -- dependencies


def _own_requirements(document: Mapping[str, Any], packaging: Packaging) -> dict[str, str]:
    """Return the repository's requirements by name; the text is empty for what is always there."""
    own: dict[str, str] = {}
    project = table_at(document, "project")
    for tables in (table_at(document, "dependency-groups"), project.get("optional-dependencies")):
        for items in (tables or {}).values():
            own |= {_name(text): text for text in items if isinstance(text, str)}
    own |= {_name(d.text): d.text for d in packaging.requirements if d.group and not d.problem}
    main = [d.text for d in packaging.requirements if not d.group and not d.problem]
    poetry = table_at(document, "tool", "poetry")
    main += [*table_at(poetry, "dependencies"), *table_at(poetry, "dev-dependencies")]
    for group in table_at(poetry, "group").values():
        main += table_at(group, "dependencies")
    return own | {_name(text): "" for text in [*main, *project.get("dependencies", [])]}


def _prefer_own(brought: Mapping[str, Any], own: Mapping[str, str]) -> None:
    """Drop requirements of the template that the repository has, or put its own in their place.

    Its own go into the group if they are not always there: two pins of one name may contradict.
    """
    extras = table_at(brought, "project", "optional-dependencies")
    for groups in (table_at(brought, "dependency-groups"), extras):
        for group, items in groups.items():
            texts = [own.get(_name(i), i) if isinstance(i, str) else i for i in items]
            groups[group] = [text for text in texts if text]


def _wire_dependencies(document: dict[str, Any], packaging: Packaging) -> list[Finding]:
    findings: list[Finding] = []
    for declared in packaging.requirements:
        if declared.problem:
            message = f"{declared.shown!r} {declared.problem}; it stays in {declared.file} only"
            findings.append(Finding("requirement-not-wired", declared.file, declared.line, message))
    wanted = [d for d in packaging.requirements if not d.problem]
    if _uses_poetry(document) or _is_dynamic(document, "dependencies"):
        known = _names(table_at(document, "tool", "poetry", "dependencies"))
        missing = [d for d in wanted if not d.group and _name(d.text) not in known]
        message = "it is not in pyproject.toml, which declares dependencies in its own way"
        return findings + [
            Finding("requirement-not-wired", d.file, d.line, f"{d.shown}: {message}")
            for d in missing
        ]
    for group in dict.fromkeys(d.group for d in wanted):
        texts = [d.text for d in wanted if d.group == group]
        if group:
            _add_missing(document.setdefault("dependency-groups", {}), group, texts)
        else:
            _add_missing(document.setdefault("project", {}), "dependencies", texts)
    return findings


def _add_missing(table: dict[str, Any], key: str, texts: list[str]) -> None:
    items = table.setdefault(key, [])
    have = _names(item for item in items if isinstance(item, str))
    items += [text for text in texts if _name(text) not in have]


def _names(texts: Any) -> set[str]:
    return {_name(text) for text in texts}


def _name(text: str) -> str:
    try:
        return canonicalize_name(Requirement(text).name)
    except InvalidRequirement:
        return text


# -- entry points


def _entry_points(document: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the tables whose values name modules (PEP 621; of Poetry, scripts and plugins)."""
    project, poetry = table_at(document, "project"), table_at(document, "tool", "poetry")
    yield table_at(project, "scripts")
    yield table_at(project, "gui-scripts")
    yield from (table_at(group) for group in table_at(project, "entry-points").values())
    yield table_at(poetry, "scripts")
    yield from (table_at(group) for group in table_at(poetry, "plugins").values())


def _rename_scripts(document: Mapping[str, Any], packaging: Packaging) -> None:
    for table in _entry_points(document):
        for name, value in table.items():
            if isinstance(value, str):
                table[name] = moved_target(value, packaging.module_moved)


def _wire_scripts(document: dict[str, Any], packaging: Packaging) -> None:
    if not packaging.scripts:
        return
    is_poetry = _uses_poetry(document)
    table = document["tool"]["poetry"] if is_poetry else document.setdefault("project", {})
    scripts = table.setdefault("scripts", {})
    reached = {str(value) for value in scripts.values()}
    for name, target in packaging.scripts.items():
        if target not in reached and name not in scripts:
            scripts[name] = target


_VAGUE_NAMES = frozenset({"main", "run", "app", "cli", "job"})


def script_names(modules: Collection[str]) -> dict[str, str]:
    """Return a console script for each module, given by dotted name: name to ``module:main``.

    The name is the module's own, with dashes; where that is taken or says nothing (``main``,
    ``run``), its package goes before it, then the whole path, then a number behind it.
    """
    lasts = [dotted.rpartition(".")[2] for dotted in modules]
    names: dict[str, str] = {}
    for dotted in sorted(modules):
        parts = dotted.split(".")[1:] or [dotted]
        is_vague = lasts.count(parts[-1]) > 1 or parts[-1] in _VAGUE_NAMES
        short = "-".join(parts[-2:] if is_vague else parts[-1:])
        wanted = [short, "-".join(parts), *(f"{short}-{n}" for n in range(2, len(lasts) + 2))]
        dashed = [re.sub(r"[_.]+", "-", name).strip("-") for name in wanted]
        names[next(name for name in dashed if name not in names)] = f"{dotted}:main"
    return names
