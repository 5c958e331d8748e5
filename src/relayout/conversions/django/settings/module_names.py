"""Names of modules in the values of settings: those that moved into the package get new ones.

A class that code loads by ``import_string(settings.LOADER)``, or a formatter that ``LOGGING``
names, is found by its dotted name. A string counts as one if it leads to a module of the
repository, or to a name that the module defines.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable

from relayout.inventory import Inventory
from relayout.inventory.django import DjangoProject
from relayout.inventory.search_paths import is_quarantined, module_stem
from relayout.planning.homes import Home
from relayout.rewriting.destination import Destination
from relayout.source import Edit, NotPython, Source, apply_edits, nodes_in

_DOTTED = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*){1,9}")


class ModuleNames:
    """Says what a dotted name of a project is called in the package."""

    def __init__(
        self, inventory: Inventory, destination: Destination, project: DjangoProject, home: Home
    ) -> None:
        self._inventory = inventory
        self._destination = destination
        self._folders = tuple(dict.fromkeys([project.folder, ""]))
        self._home = home

    def new_name(self, text: str) -> str | None:
        """Return what stands for a dotted name now; None if it is no name of what moved there."""
        parts = text.split(".")
        for length in (len(parts), len(parts) - 1):
            located = self._inventory.resolver.finder.find(self._folders, ".".join(parts[:length]))
            file = None if located is None else located.file
            if file is None or file not in self._inventory.python:
                continue
            rest = parts[length:]
            if rest and rest[0] not in self._inventory.python[file].defines:
                return None
            new = self._destination.of_file(file)
            if is_quarantined(new) or not new.startswith(f"{self._home.root}/"):
                return None
            module = module_stem(new).removeprefix(f"{self._home.source}/").replace("/", ".")
            return ".".join([module, *rest])
        return None


def with_new_names(text: str, new_name: Callable[[str], str | None]) -> str:
    """Return settings in which strings have the new names of modules; keys stay as they are."""
    source = Source(text, "utf-8", False)
    try:
        nodes = nodes_in(source.parse())
    except NotPython:
        return text
    keys = {id(key) for node in nodes if isinstance(node, ast.Dict) for key in node.keys}
    edits: list[Edit] = []
    for node in nodes:
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
            continue
        if id(node) in keys or len(node.value) > 200 or not _DOTTED.fullmatch(node.value):
            continue
        start, end = source.span(node)
        if text[start + 1 : end - 1] != node.value:
            continue
        new = new_name(node.value)
        if new is not None and new != node.value:
            edits.append(Edit(start + 1, end - 1, new, "django-setting"))
    return apply_edits(text, edits)
