"""Kubernetes: the commands of containers.

Which image a container is made of, and where files are in it, a manifest does not say
(https://kubernetes.io/docs/tasks/inject-data-application/define-command-argument-container/):
what a command seems to name is reported when it moves, and never changed.
"""

from __future__ import annotations

from collections.abc import Iterator

from relayout.inventory.references.containers.in_containers import seem_to_name
from relayout.inventory.references.data.keyed_yaml import Table, around_file, read_keyed
from relayout.inventory.references.reference import Base, Reference
from relayout.tree import Tree

KIND = "kubernetes"
_HOLDERS = ("containers", "initContainers", "container", "script")
_TABLE: Table = tuple(
    (f"**/{holder}/{key}", seem_to_name)
    for holder in _HOLDERS
    for key in ("command", "args", "source")
)


def is_kubernetes(path: str) -> bool:
    """Tell whether a file may be a manifest; what is one says so itself."""
    return path.endswith((".yml", ".yaml")) and not path.startswith(".github/")


def read_kubernetes(text: str, path: str, tree: Tree) -> Iterator[Reference]:
    """Yield what the commands of containers seem to name."""
    if "apiVersion:" in text and "kind:" in text:
        yield from read_keyed(text, _TABLE, around_file(path, KIND, tree, Base()))
