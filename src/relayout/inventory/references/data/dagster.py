"""Dagster's files: what a workspace loads, from which folder, and the modules of an instance.

Paths of a workspace file count from its own folder
(https://docs.dagster.io/deployment/code-locations/workspace-yaml); a module is imported from its
``working_directory``, else from the folder that Dagster is started in, which has the
workspace file. The file of a component names its class.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fnmatch import fnmatch
from posixpath import basename

from yaml.nodes import MappingNode, Node, SequenceNode

from relayout.inventory.configured_paths.yaml_files import text_of, value_of
from relayout.inventory.references.data.keyed_yaml import (
    Table,
    around_file,
    as_module,
    as_object,
    as_path,
    as_program,
    read_keyed,
    references_of,
)
from relayout.inventory.references.reference import ROOT, Base, Reference, named_from
from relayout.inventory.references.spans.yaml_spans import documents_of, scalars_in
from relayout.tree import Tree, ancestors

KIND = "dagster"
_INSTANCES = "dagster.y*ml"
_NAMES = ("workspace*.y*ml", _INSTANCES, "dagster_cloud.y*ml", "build.y*ml")

_LOADED: Table = (
    ("**/python_file", as_program),
    ("**/relative_path", as_program),
    ("**/python_module", as_module),
    ("**/module_name", as_module),
    ("**/python_package", as_module),
    ("**/package_name", as_module),
)
_FOLDERS: Table = (("**/working_directory", as_path), ("**/build/directory", as_path))
_COMPONENTS = ("defs.y*ml", "component.y*ml")
_COMPONENT: Table = (("type", as_object),)
_INSTANCE: Table = (("**/module", as_module), ("**/base_dir", as_path))


def is_dagster(path: str) -> bool:
    """Tell whether a file is one of Dagster's, by its name."""
    return any(fnmatch(basename(path), pattern) for pattern in (*_NAMES, *_COMPONENTS))


def is_workspace(path: str) -> bool:
    """Tell whether a file names code locations, by its name."""
    name = basename(path)
    return not fnmatch(name, _INSTANCES) and any(fnmatch(name, form) for form in _NAMES)


def location_entries(text: str) -> Iterator[Node]:
    """Yield the entries of a workspace file, or of a deployment's, that are code locations."""
    for document in documents_of(text):
        for key in ("load_from", "locations"):
            listed = value_of(document, key)
            yield from listed.value if isinstance(listed, SequenceNode) else ()


def read_dagster(text: str, path: str, tree: Tree) -> Iterator[Reference]:
    """Yield what the code locations of a workspace, or an instance's settings, name."""
    if fnmatch(basename(path), _INSTANCES):
        yield from read_keyed(text, _INSTANCE, around_file(path, KIND, tree))
        return
    if any(fnmatch(basename(path), pattern) for pattern in _COMPONENTS):
        yield from _component(text, path, tree)
        return
    for entry in location_entries(text):
        yield from _location(entry, text, path, tree)


def _component(text: str, path: str, tree: Tree) -> Iterator[Reference]:
    """Yield the classes that the documents of a component's file name by their ``type``.

    They are importable names (https://docs.dagster.io/guides/build/components), so they are looked
    for in the folders above the file, from which its own package is found as well.
    """
    for document in documents_of(text):
        scalars = list(scalars_in(document, text))
        for folder in ancestors(path):
            around = around_file(path, KIND, tree, Base(folder))
            found = list(references_of(scalars, text, _COMPONENT, around))
            yield from (replace(reference, base=ROOT) for reference in found)
            if found:
                break


def _location(entry: Node, text: str, path: str, tree: Tree) -> Iterator[Reference]:
    """Yield what one code location names: its folders, and the code that is found from them."""
    own = around_file(path, KIND, tree)
    scalars = scalars_in(entry, text)
    yield from references_of(scalars, text, _FOLDERS, own)
    loaded: list[Reference] = []
    for base in _bases(entry, own.base or Base()):
        loaded = list(references_of(scalars, text, _LOADED, around_file(path, KIND, tree, base)))
        if loaded:
            break
    yield from loaded


def _bases(entry: Node, own: Base) -> Iterator[Base]:
    """Yield the folders that the code may be counted from, the surest first.

    A path of a file always counts from the workspace file.
    """
    inner = entry.value[0][1] if isinstance(entry, MappingNode) and entry.value else None
    folders = (
        (entry, "code_source", "working_directory"),
        (entry, "working_directory"),
        (entry, "build", "directory"),
        (inner if value_of(inner, "relative_path") is None else None, "working_directory"),
    )
    for node, *keys in folders:
        said = text_of(value_of(node, *keys))
        folder = named_from(own.folder, said) if said and not said.startswith("/") else None
        if folder is not None and folder != own.folder:
            yield Base(folder)
    yield own
