"""The names of what a dbt project is made of, and the file that has each.

A model or a singular test is named after its file; snapshots, macros and generic tests are blocks
of Jinja, and sources are declared in YAML
(https://docs.getdbt.com/docs/build/projects, https://docs.getdbt.com/reference/snapshot-properties).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from posixpath import basename, splitext

from yaml.nodes import Node, SequenceNode

from relayout.inventory.configured_paths.yaml_files import text_of, value_of
from relayout.inventory.dbt.project import Source
from relayout.inventory.dbt.settings import yaml_nodes
from relayout.tree import Tree

_BLOCK = re.compile(
    r"\{%[-+]?[ \t\r\n]*(?P<kind>macro|test|data_test|materialization|snapshot|docs)"
    r"[ \t\r\n]+(?P<name>\w+)"
)
_PREFIXES = {
    "macro": "",
    "test": "test_",
    "data_test": "test_",
    "materialization": "materialization_",
}
_MODEL = re.compile(rb"^(?:async[ \t]+)?def[ \t]+model[ \t]*\(", re.MULTILINE)
_LARGEST = 2_000_000
"""A larger SQL file, in bytes, is data."""

YAML = (".yml", ".yaml")


def named_after_file(paths: Iterable[str], endings: tuple[str, ...]) -> dict[str, str]:
    """Return files with one of these endings by their name without it, the first of each."""
    found: dict[str, str] = {}
    for path in paths:
        stem, ending = splitext(basename(path))
        if ending.lower() in endings:
            found.setdefault(stem, path)
    return found


def models_in(paths: Iterable[str], tree: Tree) -> dict[str, str]:
    """Return the models among files, in SQL or in Python, by name."""
    named = (path for path in paths if not path.endswith(".py") or is_python_model(path, tree))
    return named_after_file(named, (".sql", ".py"))


def is_python_model(path: str, tree: Tree) -> bool:
    """Tell whether a module has the function that makes it a model.

    https://docs.getdbt.com/docs/build/python-models
    """
    return tree.is_regular(path) and _MODEL.search(tree.read(path)) is not None


def macros_in(paths: Iterable[str], tree: Tree) -> dict[str, str]:
    """Return macros by name; generic tests and materializations have the prefix of their kind."""
    found: dict[str, str] = {}
    for path in paths:
        for kind, name in _blocks(path, tree):
            if kind in _PREFIXES:
                found.setdefault(_PREFIXES[kind] + name, path)
    return found


def snapshots_in(paths: Iterable[str], tree: Tree) -> dict[str, str]:
    """Return snapshots by name: blocks in SQL, and those that YAML declares as a whole."""
    found: dict[str, str] = {}
    for path in paths:
        for kind, name in _blocks(path, tree):
            if kind == "snapshot":
                found.setdefault(name, path)
        for item in _declared("snapshots", path, tree):
            name = text_of(value_of(item, "name")) or ""
            if name and value_of(item, "relation") is not None:
                found.setdefault(name, path)
    return found


def has_docs(path: str, tree: Tree) -> bool:
    """Tell whether a document has blocks of descriptions for dbt."""
    return any(kind == "docs" for kind, _ in _blocks(path, tree, (".md",)))


def sources_in(paths: Iterable[str], tree: Tree) -> Iterator[Source]:
    """Yield the tables that YAML files declare as sources."""
    for path in paths:
        for item in _declared("sources", path, tree):
            source = text_of(value_of(item, "name")) or ""
            schema = text_of(value_of(item, "schema")) or source
            for table in _items(value_of(item, "tables")):
                name = text_of(value_of(table, "name")) or ""
                if source and name:
                    identifier = text_of(value_of(table, "identifier")) or name
                    yield Source(source, schema, name, identifier, path)


def select(paths: Iterable[str], is_wanted: Callable[[str], bool]) -> list[str]:
    """Return the paths that are wanted, in order."""
    return [path for path in sorted(paths) if is_wanted(path)]


def _blocks(
    path: str, tree: Tree, endings: tuple[str, ...] = (".sql",)
) -> Iterator[tuple[str, str]]:
    if not path.endswith(endings) or not tree.is_regular(path):
        return
    content = tree.read(path)
    if len(content) <= _LARGEST:
        for match in _BLOCK.finditer(content.decode("utf-8", errors="replace")):
            yield match["kind"], match["name"]


def _declared(key: str, path: str, tree: Tree) -> Iterator[Node]:
    """Yield the items of a list at the top of a YAML file."""
    if not path.endswith(YAML) or not tree.is_regular(path):
        return
    if f"{key}:".encode() not in tree.read(path):
        return
    for document in yaml_nodes(path, tree):
        yield from _items(value_of(document, key))


def _items(node: Node | None) -> Iterable[Node]:
    return node.value if isinstance(node, SequenceNode) else ()
