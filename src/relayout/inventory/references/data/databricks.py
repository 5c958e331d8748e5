"""Databricks bundles: the files, notebooks and projects that jobs and pipelines run.

Paths count from the folder of the file that says them
(https://docs.databricks.com/aws/en/dev-tools/bundles/reference). A file other than
``databricks.yml`` is part of a bundle if it lies below the folder of one.
"""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import basename

from relayout.inventory.references.data.keyed_yaml import (
    Table,
    around_file,
    as_path,
    as_program,
    read_keyed,
)
from relayout.inventory.references.reference import Reference
from relayout.tree import Tree, ancestors

KIND = "databricks"
_BUNDLES = ("databricks.yml", "databricks.yaml", "bundle.yml", "bundle.yaml")

_TABLE: Table = (
    ("include", as_path),
    ("**/sync/include", as_path),
    ("**/sync/exclude", as_path),
    ("**/sync/paths", as_path),
    ("artifacts/*/path", as_path),
    ("**/artifacts/*/files/source", as_path),
    ("**/spark_python_task/python_file", as_program),
    ("**/notebook_task/notebook_path", as_program),
    ("**/sql_task/file/path", as_path),
    ("**/dbt_task/project_directory", as_path),
    ("**/dbt_task/profiles_directory", as_path),
    ("**/libraries/notebook/path", as_program),
    ("**/libraries/file/path", as_program),
    ("**/libraries/glob/include", as_path),
    ("**/libraries/requirements", as_path),
    ("**/libraries/whl", as_path),
    ("**/environments/spec/dependencies", as_path),
    ("**/dashboards/*/file_path", as_path),
    ("**/apps/*/source_code_path", as_path),
    ("resources/pipelines/*/root_path", as_path),
)


def is_databricks(path: str) -> bool:
    """Tell whether a file may be part of a bundle: any YAML may be included."""
    return path.endswith((".yml", ".yaml")) and not path.startswith(".github/")


def read_databricks(text: str, path: str, tree: Tree) -> Iterator[Reference]:
    """Yield what a file of a bundle names."""
    is_bundle = basename(path) in _BUNDLES and "bundle:" in text
    if is_bundle or ("resources:" in text and _is_included(path, tree)):
        yield from read_keyed(text, _TABLE, around_file(path, KIND, tree))


def _is_included(path: str, tree: Tree) -> bool:
    folders = (f"{folder}/" if folder else "" for folder in ancestors(path))
    return any(f"{folder}{name}" in tree for folder in folders for name in _BUNDLES)
