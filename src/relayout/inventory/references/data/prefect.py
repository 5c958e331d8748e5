"""Prefect: the flows that deployments start, and what the steps around them run.

An entry point is a file with the flow behind a colon, or a dotted name, and counts from the folder
that has ``prefect.yaml`` (https://docs.prefect.io/v3/how-to-guides/deployments/prefect-yaml).
"""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatch
from posixpath import basename

from relayout.inventory.references.data.keyed_yaml import (
    Table,
    around_file,
    as_command,
    as_object,
    as_path,
    read_keyed,
)
from relayout.inventory.references.reference import Base, Reference
from relayout.tree import Tree

KIND = "prefect"

_PROJECT: Table = (
    ("**/entrypoint", as_object),
    ("**/requirements_file", as_path),
    ("**/dockerfile", as_path),
    ("**/prefect.deployments.steps.run_shell_script/script", as_command),
    ("**/prefect.deployments.steps.utility.run_shell_script/script", as_command),
    ("**/prefect.deployments.steps.set_working_directory/directory", as_path),
    ("**/run_shell_script/directory", as_path),
)
_DEPLOYMENT: Table = (("entrypoint", as_object),)


def is_prefect(path: str) -> bool:
    """Tell whether a file is one of Prefect's, by its name."""
    name = basename(path)
    return any(fnmatch(name, n) for n in ("prefect.y*ml", "deployment.y*ml", "*-deployment.y*ml"))


def read_prefect(text: str, path: str, tree: Tree) -> Iterator[Reference]:
    """Yield what the deployments of a project, or a file of one deployment, name.

    Such a file may lie anywhere: its entry point counts from the root, where it was written.
    """
    if fnmatch(basename(path), "prefect.y*ml"):
        yield from read_keyed(text, _PROJECT, around_file(path, KIND, tree), several=False)
    elif "flow_name:" in text:
        yield from read_keyed(text, _DEPLOYMENT, around_file(path, KIND, tree, Base()))
