"""``MANIFEST.in``: the files that go into a source distribution.

https://setuptools.pypa.io/en/latest/userguide/miscellaneous.html#using-manifest-in
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from posixpath import basename

from relayout.inventory.configured_paths.values import scene_in
from relayout.inventory.references.commandline.surroundings import Surroundings, path_reference
from relayout.inventory.references.commandline.words import Command, commands_in
from relayout.inventory.references.reference import Reference, beside
from relayout.tree import Tree

KIND = "MANIFEST.in"
_PATTERNS = frozenset({"include", "exclude"})
_FOLDERS = frozenset({"graft", "prune", "recursive-include", "recursive-exclude"})


def is_manifest(path: str) -> bool:
    """Tell whether a file is a manifest, by its name."""
    return basename(path) == KIND


def read_manifest(text: str, path: str, tree: Tree) -> Iterator[Reference]:
    """Yield what the lines name; what is global holds at any depth, and stays."""
    base = beside(path)
    around = Surroundings(path, KIND, scene_in(base.folder, path, tree), base)
    for command in commands_in(text, 0, len(text)):
        yield from _of_line(command, around)


def _of_line(command: Command, around: Surroundings) -> Iterator[Reference]:
    words = command.words
    if around.base is None or len(words) < 2:
        return
    if words[0].text in _PATTERNS:
        for word in words[1:]:
            for found in path_reference(word, around.base, around, plain=True):
                yield replace(found, between=" ")
    elif words[0].text in _FOLDERS:
        yield from path_reference(words[1], around.base, around, plain=True)
