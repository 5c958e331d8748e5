"""What ``dbt_project.yml`` and ``packages.yml`` set.

https://docs.getdbt.com/reference/dbt_project.yml and https://docs.getdbt.com/docs/build/packages
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from posixpath import join

from yaml.nodes import Node, ScalarNode, SequenceNode

from relayout.inventory.configured_paths.yaml_files import compose_yaml, text_of, value_of
from relayout.inventory.dbt.project import PROJECT, place_of
from relayout.tree import Tree

DEFAULT_PATHS: Mapping[str, tuple[str, ...]] = {
    "model": ("models",),
    "seed": ("seeds",),
    "test": ("tests",),
    "analysis": ("analyses",),
    "macro": ("macros",),
    "snapshot": ("snapshots",),
    "function": ("functions",),
    "docs": (),
    "asset": (),
}
_NAMES = {"model": ("model", "source"), "seed": ("seed", "data")}
"""Kinds of folders that had another name before dbt 1.0."""
_LARGEST = 200_000
"""A larger YAML file, in characters, is data, and would take seconds to read."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a project says of itself. Folders count from the project's own."""

    name: str = ""
    profile: str = ""
    paths: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    said: frozenset[str] = frozenset()
    """The kinds of folders that it names; those of the others are dbt's defaults."""
    written: tuple[str, ...] = ("target", "logs", "dbt_packages")
    """The folders that dbt writes: what it compiles, its logs, the packages that it installs."""


def yaml_nodes(path: str, tree: Tree) -> list[Node]:
    """Return the documents of a YAML file; none if it is not there, not valid, or data."""
    if not tree.is_regular(path):
        return []
    content = tree.read(path)
    if len(content) > _LARGEST:
        return []
    return compose_yaml(content.decode("utf-8-sig", errors="replace"))


def read_settings(folder: str, tree: Tree) -> Settings | None:
    """Return what the project in a folder says of itself; None if it cannot be read."""
    nodes = yaml_nodes(join(folder, PROJECT), tree)
    if not nodes:
        return None
    document = nodes[0]
    paths = dict(DEFAULT_PATHS)
    said = set()
    for kind in DEFAULT_PATHS:
        for name in _NAMES.get(kind, (kind,)):
            node = _value(document, f"{name}-paths")
            if node is not None:
                paths[kind] = tuple(_texts(node))
                said.add(kind)
    return Settings(
        name=(text_of(_value(document, "name")) or "").strip(),
        profile=(text_of(_value(document, "profile")) or "").strip(),
        paths=paths,
        said=frozenset(said),
        written=tuple(_written(document)),
    )


def local_packages(folder: str, tree: Tree) -> tuple[str, ...]:
    """Return the folders, from the root, of the packages that a project includes as ``local``."""
    found: dict[str, None] = {}
    for name in ("packages.yml", "dependencies.yml"):
        for document in yaml_nodes(join(folder, name), tree):
            packages = value_of(document, "packages")
            for item in packages.value if isinstance(packages, SequenceNode) else ():
                said = text_of(value_of(item, "local")) or ""
                place = place_of(folder, said.strip())
                if place is not None:
                    found[place] = None
    return tuple(found)


def _value(document: Node, name: str) -> Node | None:
    """Return a setting, which newer releases of dbt also read with underscores."""
    found = value_of(document, name)
    return found if found is not None else value_of(document, name.replace("-", "_"))


def _texts(node: Node) -> Iterator[str]:
    items = node.value if isinstance(node, SequenceNode) else [node]
    for item in items:
        if isinstance(item, ScalarNode) and item.value.strip():
            yield item.value.strip()


def _written(document: Node) -> Iterator[str]:
    settings = {"target-path": "target", "log-path": "logs", "packages-install-path": ""}
    for setting, default in settings.items():
        said = text_of(_value(document, setting)) or default
        yield said.strip() or "dbt_packages"
    yield "dbt_modules"  # before dbt 1.0
