"""Taskfiles: commands, folders, sources and includes of tasks.

Paths count from the Taskfile's folder, or from a task's ``dir``
(https://taskfile.dev/reference/schema).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import basename

from yaml.nodes import MappingNode, Node, SequenceNode

from relayout.inventory.configured_paths.yaml_files import entries, text_of, value_of
from relayout.inventory.references.ci.yaml_scripts import script_references
from relayout.inventory.references.commandline.surroundings import Surroundings, word_paths
from relayout.inventory.references.commandline.words import Word
from relayout.inventory.references.reference import Reference
from relayout.inventory.references.scripts.shell import starts
from relayout.inventory.references.spans.yaml_spans import (
    Scalar,
    documents_of,
    items_of,
    scalar_of,
    scalars_in,
)
from relayout.tree import Tree

KIND = "taskfile"
_NAME = re.compile(r"[Tt]askfile(?:\.[\w-]+)?\.ya?ml$")


def is_taskfile(path: str) -> bool:
    """Tell whether a file is a Taskfile, by its name."""
    return _NAME.match(basename(path)) is not None


def read_taskfile(text: str, path: str, tree: Tree) -> Iterator[Reference]:
    """Yield what a Taskfile names."""
    around = starts(path, tree, KIND, frozenset(), own_first=True)[0]
    for document in documents_of(text):
        for _, included in entries(value_of(document, "includes")).values():
            for key in (None, "taskfile", "dir"):
                node = included if key is None else value_of(included, key)
                yield from _paths([scalar_of(node, text)], around)
        yield from _variables(document, text, around)
        for _, task in entries(value_of(document, "tasks")).values():
            yield from _of_task(task, text, around)


def _variables(node: Node | None, text: str, around: Surroundings) -> Iterator[Reference]:
    for key in ("vars", "env"):
        for scalar in scalars_in(value_of(node, key), text):
            if not scalar.is_key and "PYTHONPATH" not in scalar.keys:
                yield from _paths([scalar], around, plain=False)


def _of_task(task: Node, text: str, around: Surroundings) -> Iterator[Reference]:
    """Yield what a task names; it may be no more than its commands."""
    commands = items_of(task, text)
    if isinstance(task, MappingNode):
        folder = text_of(value_of(task, "dir"))
        if folder is not None:
            yield from _paths([scalar_of(value_of(task, "dir"), text)], around)
            around = around.entered(around.scene.absolute(folder))
        for key in ("sources", "generates"):
            yield from _paths(items_of(value_of(task, key), text), around)
        yield from _variables(task, text, around)
        for key in ("cmds", "cmd", "status", "preconditions"):
            commands += _commands(value_of(task, key), text)
    yield from script_references(commands, text, around, each_anew=True)


def _commands(node: Node | None, text: str) -> list[Scalar]:
    """Return the commands of a list; one may be a mapping that says more about it."""
    found = items_of(node, text)
    for item in node.value if isinstance(node, SequenceNode) else ():
        for name in ("cmd", "sh", "defer"):
            scalar = scalar_of(value_of(item, name), text)
            found += [scalar] if scalar is not None else []
    return sorted(found, key=lambda scalar: scalar.start)


def _paths(
    scalars: list[Scalar | None] | list[Scalar], around: Surroundings, plain: bool = True
) -> Iterator[Reference]:
    for scalar in scalars:
        if scalar is not None and not scalar.places and scalar.quote not in ("|", ">"):
            yield from word_paths(Word(scalar.start, scalar.end, scalar.value), around, plain)
