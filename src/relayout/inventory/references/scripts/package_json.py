"""The scripts of a ``package.json``: what their commands run, in its folder.

https://docs.npmjs.com/cli/configuring-npm/package-json#scripts
"""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import basename

from relayout.inventory.references.commandline.commands import references_in
from relayout.inventory.references.reference import Reference
from relayout.inventory.references.scripts.json_commands import commands_of
from relayout.inventory.references.scripts.shell import starts
from relayout.inventory.references.spans.jsonc_spans import strings_in
from relayout.tree import Tree

KIND = "package.json"


def is_package_json(path: str) -> bool:
    """Tell whether a file describes a package of npm, by its name."""
    return basename(path) == "package.json" and "node_modules/" not in path


def read_package_json(text: str, path: str, tree: Tree) -> Iterator[Reference]:
    """Yield what the scripts name."""
    around = starts(path, tree, KIND, frozenset(), own_first=True)[0]
    for string in strings_in(text):
        if not string.is_key and len(string.keys) == 2 and string.keys[0] == "scripts":
            yield from references_in(commands_of(string, text), around)
