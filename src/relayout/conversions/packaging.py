"""``pyproject.toml``: created or merged, with entry points, dependencies and package data.

PEP 621 for the project, PEP 735 for groups of dependencies; a project that Poetry describes keeps
Poetry's tables (https://python-poetry.org/docs/pyproject/).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any

import tomlkit
from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name
from tomlkit import TOMLDocument
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import Table

from relayout.conversions.merging import merge_tables
from relayout.inventory.requirements import Declared
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


class UnreadableProject(Exception):
    """The repository's ``pyproject.toml`` is not valid TOML; the message says where."""


def wire_project(
    mine: str | None, template: str, packaging: Packaging
) -> tuple[str, list[Finding]]:
    """Return the text of the new ``pyproject.toml``. Raises UnreadableProject."""
    brought = tomlkit.parse(template)
    for key in ("license", "license-files", "authors"):  # whose code it is, no template decides
        brought.get("project", {}).pop(key, None)
    try:
        document = brought if mine is None else tomlkit.parse(mine)
    except TOMLKitError as error:
        raise UnreadableProject(str(error)) from None
    _check_tables(document)
    if mine is not None:
        merge_tables(document, brought, _not_to_merge(document, packaging))
    findings = _wire_dependencies(document, packaging)
    _rename_scripts(document, packaging)
    _wire_scripts(document, packaging)
    _wire_build(document, packaging)
    return tomlkit.dumps(document).rstrip() + "\n", findings


_TABLES = (
    ("project",),
    ("project", "scripts"),
    ("build-system",),
    ("dependency-groups",),
    ("tool",),
    ("tool", "poetry"),
    ("tool", "poetry", "scripts"),
    ("tool", "poetry", "dependencies"),
    ("tool", "setuptools"),
    ("tool", "hatch"),
)


def _check_tables(document: TOMLDocument) -> None:
    """Raise UnreadableProject if something that must be a table is something else."""
    for names in _TABLES:
        value: Any = document
        for name in names:
            value = value.get(name, {})
        if not isinstance(value, MutableMapping):
            raise UnreadableProject(f"{'.'.join(names)} is not a table")


def _table(parent: MutableMapping[str, Any], *names: str) -> MutableMapping[str, Any]:
    for name in names:
        if name not in parent:
            parent[name] = tomlkit.table()
        parent = parent[name]
    return parent


def _uses_poetry(document: TOMLDocument) -> bool:
    return "name" in document.get("tool", {}).get("poetry", {}) and "project" not in document


def _not_to_merge(document: TOMLDocument, packaging: Packaging) -> list[str]:
    """Return the parts of the template that the repository's project has decided otherwise."""
    skip = [*packaging.skip, "project.dependencies"]
    if _uses_poetry(document):
        skip += ["project", "build-system"]
    project = document.get("project", {})
    skip += [f"project.{name}" for name in project.get("dynamic", [])]
    backend = str(document.get("build-system", {}).get("build-backend", ""))
    if backend and "hatchling" not in backend:
        skip.append("tool.hatch")
    if "ruff" in document.get("tool", {}):
        skip.append("tool.ruff")
    return skip


def _wire_dependencies(document: TOMLDocument, packaging: Packaging) -> list[Finding]:
    findings: list[Finding] = []
    for declared in packaging.requirements:
        if declared.problem:
            message = f"{declared.text!r} {declared.problem}; it stays in {declared.file} only"
            findings.append(Finding("requirement-not-wired", declared.file, declared.line, message))
    wanted = [d for d in packaging.requirements if not d.problem]
    if _uses_poetry(document) or "dependencies" in document.get("project", {}).get("dynamic", []):
        known = _names(document.get("tool", {}).get("poetry", {}).get("dependencies", {}))
        missing = [d for d in wanted if not d.group and _name(d.text) not in known]
        message = "it is not in pyproject.toml, which declares dependencies in its own way"
        return findings + [
            Finding("requirement-not-wired", d.file, d.line, f"{d.text}: {message}")
            for d in missing
        ]
    for group in dict.fromkeys(d.group for d in wanted):
        texts = [d.text for d in wanted if d.group == group]
        if group:
            _add_missing(_table(document, "dependency-groups"), group, texts)
        else:
            _add_missing(_table(document, "project"), "dependencies", texts)
    return findings


def _add_missing(table: MutableMapping[str, Any], key: str, texts: list[str]) -> None:
    if key not in table:
        table[key] = tomlkit.array().multiline(True)
    have = _names(item for item in table[key] if isinstance(item, str))
    missing = [text for text in texts if _name(text) not in have]
    if not missing:
        return
    array = table[key]
    if not list(array) or "\n" in array.as_string():
        array.multiline(True)
    for text in missing:
        array.append(text)


def _names(texts: Any) -> set[str]:
    return {_name(text) for text in texts}


def _name(text: str) -> str:
    try:
        return canonicalize_name(Requirement(text).name)
    except InvalidRequirement:
        return text


def _scripts_table(document: TOMLDocument, create: bool) -> MutableMapping[str, Any] | None:
    names = ("tool", "poetry", "scripts") if _uses_poetry(document) else ("project", "scripts")
    if create:
        return _table(document, *names)
    table: Any = document
    for name in names:
        table = table.get(name, {})
    return table if isinstance(table, MutableMapping) else None


def _rename_scripts(document: TOMLDocument, packaging: Packaging) -> None:
    table = _scripts_table(document, create=False)
    for name, value in list((table or {}).items()):
        if table is not None and isinstance(value, str):
            module, colon, function = value.partition(":")
            moved = packaging.module_moved(module.strip())
            if moved is not None:
                table[name] = f"{moved}{colon}{function}"


def _wire_scripts(document: TOMLDocument, packaging: Packaging) -> None:
    if not packaging.scripts:
        return
    is_new = not _scripts_table(document, create=False)
    table = _scripts_table(document, create=True)
    assert table is not None
    reached = {str(value) for value in table.values()}
    for name, target in packaging.scripts.items():
        if target not in reached and name not in table:
            table[name] = target
    if is_new and isinstance(table, Table):
        table.add(tomlkit.nl())


def _wire_build(document: TOMLDocument, packaging: Packaging) -> None:
    """Tell the build backend where the package is, in the backend's own words."""
    backend = str(document.get("build-system", {}).get("build-backend", ""))
    source = f"src/{packaging.package}"
    if "hatchling" in backend:
        wheel = _table(document, "tool", "hatch", "build", "targets", "wheel")
        listed = [str(item) for item in wheel.get("packages", [])]
        if source not in listed:
            old = (packaging.package, f"./{packaging.package}")
            wheel["packages"] = [*[item for item in listed if item not in old], source]
    elif "setuptools" in backend or (not backend and not _uses_poetry(document)):
        _wire_setuptools(document, packaging)
    elif "poetry" in backend and _uses_poetry(document):
        poetry = _table(document, "tool", "poetry")
        if not any(item.get("from") == "src" for item in poetry.get("packages", [])):
            include = tomlkit.inline_table()
            include.update({"include": packaging.package, "from": "src"})
            poetry["packages"] = tomlkit.array()
            poetry["packages"].append(include)


def _wire_setuptools(document: TOMLDocument, packaging: Packaging) -> None:
    table = _table(document, "tool", "setuptools")
    packages = table.get("packages")
    if packages is None or isinstance(packages, MutableMapping):
        find = _table(table, "packages", "find")
        find["where"] = ["src"]
        find.pop("include", None)
    if table.get("package-dir"):
        table["package-dir"] = {"": "src"}
    if packaging.has_data:
        data = _table(table, "package-data")
        if packaging.package not in data:
            data[packaging.package] = ["**/*"]


def script_names(modules: Mapping[str, str]) -> dict[str, str]:
    """Return a console script for each module: name to ``module:main``.

    ``modules`` are dotted names and the folder each stands in. The name is the module's own, with
    dashes; where that is taken or says nothing (``main``, ``run``), its package goes before it.
    """
    lasts = [dotted.rpartition(".")[2] for dotted in modules]
    names: dict[str, str] = {}
    for dotted in sorted(modules):
        parts = dotted.split(".")[1:] or [dotted]
        name = parts[-1]
        if (lasts.count(name) > 1 or name in ("main", "run", "app", "cli", "job")) and len(
            parts
        ) > 1:
            name = f"{parts[-2]}-{name}"
        name = re.sub(r"[_.]+", "-", name).strip("-")
        if name in names:
            name = re.sub(r"[_.]+", "-", "-".join(parts)).strip("-")
        names[name] = f"{dotted}:main"
    return names
