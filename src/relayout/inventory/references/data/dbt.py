"""dbt: the folders of a project, its local packages, what profiles, sources and SQL name.

Folders and local packages count from the project's folder
(https://docs.getdbt.com/reference/dbt_project.yml, https://docs.getdbt.com/docs/build/packages).
What a profile, an external source or SQL names counts from where dbt is started: the folder of the
project, as Dagster, Cosmos and people do. Where commands of the repository start dbt in the root,
they do so also when the project, which was there, stands elsewhere: they get ``--project-dir``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from posixpath import basename, dirname

from relayout.inventory.dbt import is_written_by_dbt
from relayout.inventory.references.commandline.surroundings import Surroundings
from relayout.inventory.references.commandline.templated import UNKNOWN, filled_in
from relayout.inventory.references.data.keyed_yaml import (
    Table,
    around_file,
    as_data,
    as_path,
    read_keyed,
)
from relayout.inventory.references.reference import Base, Form, Reference, beside
from relayout.tree import Tree, ancestors, is_within

KIND = "dbt"
_PROJECT = "dbt_project.yml"
_DEFAULT = re.compile(
    r"\{\{\s*env_var\(\s*(['\"])\w+\1\s*,\s*(['\"])(?P<said>[^'\"]*)\2\s*\)\s*\}\}"
)
_PLACEHOLDER = re.compile(r"\{[^{}]*\}")
_STARTERS = re.compile(rb"^[ \t]*(?:from|import)[ \t]+(?:dagster_dbt|cosmos)\b", re.MULTILINE)
_RUNNER = re.compile(
    r"(?:^|/)(?:Makefile|justfile|Justfile|Taskfile\.ya?ml|\.gitlab-ci\.yml|tox\.ini)$"
    r"|\.(?:sh|bash|mk)$|^\.github/workflows/"
)
_COMMAND = re.compile(
    rb"^[ \t@-]*(?:(?:-[ \t]+)?run:[ \t]*)?(?:(?:uv|poetry|pipenv)[ \t]+run[ \t]+)?"
    rb"dbt[ \t]+(?:-[\w-]+[ \t]+)*(?:build|run|test|seed|snapshot|compile|docs|show)\b",
    re.MULTILINE,
)
_PATTERN = re.compile(r"[*?\[]")
_QUOTED = re.compile(r"'(?P<path>[^'\n]*)'")
_CALL = re.compile(r"\w+\s*\(")
_OUTSIDE = re.compile(r"'(?P<path>(?:\./)?\.\./[^'\n{}]{1,300})'")
"""A path in SQL that leads out of the folder of the project, as DuckDB reads files by."""


def _profile_path(text: str, around: Surroundings) -> Iterator[Reference]:
    """Yield the path in a profile, which may be what an environment variable is by default."""
    match = _DEFAULT.fullmatch(text.strip())
    if match is None:
        yield from as_data(text, around)
        return
    shift = text.index(match[0]) + match.start("said")
    for found in as_data(match["said"], around):
        yield replace(found, start=found.start + shift, end=found.end + shift)


def _external(text: str, around: Surroundings) -> Iterator[Reference]:
    """Yield the files of an external source, given as a path or in calls such as ``read_csv``."""
    if not _CALL.match(text.strip()):
        filled = filled_in(text, _PLACEHOLDER, lambda _: None)
        yield from filled.written(_folder_or_file(filled.text, around))
        return
    for match in _QUOTED.finditer(text):
        if "/" not in match["path"] and "." not in match["path"]:
            continue
        for found in as_path(match["path"], around):
            shift = match.start("path")
            yield replace(found, start=found.start + shift, end=found.end + shift)


def _folder_or_file(text: str, around: Surroundings) -> Iterator[Reference]:
    return as_path(text, around) if not text.startswith(UNKNOWN) else iter(())


def _package(text: str, around: Surroundings) -> Iterator[Reference]:
    """Yield the project of a local package, by its folder."""
    for found in as_path(text, around):
        project = f"{found.path}/{_PROJECT}".lstrip("/")
        is_one = project in around.scene.tree
        yield replace(found, path=project, form=Form.FOLDER, folder_only=True) if is_one else found


_FOLDERS = (
    *("model", "source", "seed", "data", "test", "analysis", "macro", "snapshot", "docs"),
    *("asset", "function"),
)
_IN_PROJECT: Table = tuple(
    (f"{name}{dash}paths", as_path) for name in _FOLDERS for dash in ("-", "_")
)
_IN_PACKAGES: Table = (("packages/local", _package),)
_IN_PROFILES: Table = (
    ("*/outputs/*/path", _profile_path),
    ("*/outputs/*/attach/path", _profile_path),
    ("*/outputs/*/schemas_and_paths/*", _profile_path),
    ("*/outputs/*/schema_directory", _profile_path),
    ("*/outputs/*/external_root", _profile_path),
    ("*/outputs/*/module_paths", as_path),
    ("*/outputs/*/keyfile", _profile_path),
    ("*/outputs/*/private_key_path", _profile_path),
)
_IN_SOURCES: Table = (("**/external_location", _external),)


def is_dbt(path: str) -> bool:
    """Tell whether a file may be one of dbt's: any YAML may describe its sources."""
    return path.endswith((".yml", ".yaml", ".sql"))


def read_dbt(text: str, path: str, tree: Tree) -> Iterator[Reference]:
    """Yield what a project, its packages, profiles or sources name."""
    name = basename(path)
    if name.endswith(".sql"):
        yield from _in_sql(text, path, tree)
    elif name == _PROJECT:
        yield from read_keyed(text, _IN_PROJECT, around_file(path, KIND, tree), several=False)
    elif name in ("packages.yml", "dependencies.yml"):
        if f"{dirname(path)}/{_PROJECT}".lstrip("/") in tree:
            yield from read_keyed(text, _IN_PACKAGES, around_file(path, KIND, tree))
    elif name == "profiles.yml" and "outputs" in text:
        yield from _from_project(text, path, tree, _IN_PROFILES)
    elif "external_location" in text:
        yield from _from_project(text, path, tree, _IN_SOURCES)


def _in_sql(text: str, path: str, tree: Tree) -> Iterator[Reference]:
    """Yield the files that SQL reads from beside the project: they count from its folder."""
    project = _around(path, tree) if "'../" in text or "'./../" in text else None
    if not project or is_written_by_dbt(tree, path):
        return
    around = around_file(path, KIND, tree, Base(project))
    for match in _OUTSIDE.finditer(text):
        read = as_path if _PATTERN.search(match["path"]) else as_data
        for found in read(match["path"], around):
            shift = match.start("path")
            yield replace(found, start=found.start + shift, end=found.end + shift)


def _from_project(text: str, path: str, tree: Tree, table: Table) -> Iterator[Reference]:
    project = _project_of(path, tree)
    if project is not None:
        is_beside = project == dirname(path) and not _is_started_in_root(project, tree)
        base = beside(path) if is_beside else Base(project)
        yield from read_keyed(text, table, around_file(path, KIND, tree, base))


def _project_of(path: str, tree: Tree) -> str | None:
    """Return the folder of the project that a file belongs to: around it, else the one below."""
    around = _around(path, tree)
    if around is not None:
        return around
    below = {
        dirname(other)
        for other in tree
        if basename(other) == _PROJECT and is_within(other, dirname(path))
    }
    return below.pop() if len(below) == 1 else None


@lru_cache(maxsize=2)
def _is_started_in_root(project: str, tree: Tree) -> bool:
    """Tell whether commands start dbt in the root, and no code does it where its project is."""
    if project or any(_STARTERS.search(tree.read(path)) for path in tree.modules):
        return False
    runners = (path for path in tree if _RUNNER.search(path) and tree.is_regular(path))
    return any(_COMMAND.search(tree.read(path)) for path in runners)


def _around(path: str, tree: Tree) -> str | None:
    """Return the folder of the nearest project around a file, if there is one."""
    return next((f for f in ancestors(path) if f"{f}/{_PROJECT}".lstrip("/") in tree), None)
