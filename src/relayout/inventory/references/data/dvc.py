"""DVC: the commands of stages, what they depend on and make, and tracked data.

Paths count from the folder of the file, or from the ``wdir`` of a stage or a ``.dvc`` file
(https://doc.dvc.org/user-guide/project-structure/dvcyaml-files).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import basename

from yaml.nodes import Node

from relayout.inventory.configured_paths.yaml_files import entries, text_of, value_of
from relayout.inventory.references.ci.yaml_scripts import script_references
from relayout.inventory.references.commandline.surroundings import Surroundings
from relayout.inventory.references.commandline.templated import filled_in
from relayout.inventory.references.data.keyed_yaml import around_file, as_data, as_path, in_scalar
from relayout.inventory.references.reference import Base, Reference, named_from
from relayout.inventory.references.spans.yaml_spans import ITEM, documents_of, items_of, scalars_in
from relayout.tree import Tree

KIND = "dvc"
_EXPRESSION = re.compile(r"\$\{[^{}]*\}")
_LISTS = ("deps", "outs", "metrics", "plots", "params")
"""Lists of paths; an item with settings is a mapping with the path as its key."""


def is_dvc(path: str) -> bool:
    """Tell whether a file is one of DVC's, by its name."""
    return basename(path) in ("dvc.yaml", "dvc.yml") or path.endswith(".dvc")


def read_dvc(text: str, path: str, tree: Tree) -> Iterator[Reference]:
    """Yield what stages and outputs name."""
    around = around_file(path, KIND, tree)
    for document in documents_of(text):
        if path.endswith(".dvc"):
            yield from _tracked(document, text, around)
            continue
        for _, stage in entries(value_of(document, "stages")).values():
            inner = value_of(stage, "do")
            yield from _stage(inner if inner is not None else stage, text, around)
        for key in ("params", "metrics", "plots", "vars"):
            yield from _paths(value_of(document, key), text, around)


def _stage(stage: Node, text: str, around: Surroundings) -> Iterator[Reference]:
    inside = _inside(stage, around)
    for scalar in items_of(value_of(stage, "wdir"), text):
        yield from in_scalar(as_path(scalar.value, around), scalar, text)
    yield from script_references(items_of(value_of(stage, "cmd"), text), text, inside)
    for key in _LISTS:
        yield from _paths(value_of(stage, key), text, inside)


def _inside(node: Node, around: Surroundings) -> Surroundings:
    """Return the surroundings in the folder that a stage is run in."""
    said = text_of(value_of(node, "wdir"))
    folder = named_from(around.base.folder, said) if said and around.base else None
    if folder is None or around.base is None or folder == around.base.folder:
        return around
    return around_file(around.file, KIND, around.scene.tree, Base(folder))


def _paths(node: Node | None, text: str, around: Surroundings) -> Iterator[Reference]:
    """Yield the paths of a list, among them those that are the only key of an item."""
    for scalar in scalars_in(node, text):
        is_item = scalar.keys == (ITEM,) and not scalar.is_key
        if is_item or (scalar.is_key and len(scalar.keys) == 2 and scalar.keys[0] == ITEM):
            yield from in_scalar(_path(scalar.value, around), scalar, text)


def _path(text: str, around: Surroundings) -> Iterator[Reference]:
    """Yield what a path names; git need not have data outside of the folder of the stage."""
    filled = filled_in(text, _EXPRESSION, lambda _: None)
    found = list(filled.written(as_path(filled.text, around)))
    is_outside = text.startswith("../") and not filled.places
    return iter(found) if found or not is_outside else as_data(text, around)


def _tracked(document: Node, text: str, around: Surroundings) -> Iterator[Reference]:
    """Yield the data that a ``.dvc`` file stands for, which git does not have."""
    inside = _inside(document, around)
    for key in ("outs", "deps"):
        for scalar in scalars_in(value_of(document, key), text):
            if scalar.keys == (ITEM, "path") and not scalar.is_key:
                yield from in_scalar(as_data(scalar.value, inside), scalar, text)
