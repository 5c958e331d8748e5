"""What the classes of commands descend from, outside of the repository.

A command runs without Django if all that its class descends from is in the repository, or is a
base class that the package's support provides.
"""

from __future__ import annotations

import ast
from collections.abc import Callable

from relayout.conversions.django.command_support_text import PROVIDED
from relayout.inventory import Inventory
from relayout.inventory.django.classes import Classes
from relayout.inventory.django.modules import ProjectModules, TreeName
from relayout.inventory.django.project import DjangoProject

_BASES = frozenset({"BaseCommand", "LabelCommand", "AppCommand"})
_PROVIDED = frozenset(
    f"{module}.{name}" for module, names in PROVIDED.items() for name in names & _BASES
)
_COMMAND = "Command"
_APP_COMMAND = "AppCommand"
_STEPS = 200
"""How many names are followed for the bases of one class."""


class CommandBases:
    """Follows the bases of classes through the modules of one project.

    ``is_gone`` tells of a module that it went to quarantine: its commands stay Django's.
    """

    def __init__(
        self, inventory: Inventory, project: DjangoProject, is_gone: Callable[[str], bool]
    ) -> None:
        self._is_gone = is_gone
        finder = inventory.resolver.finder
        folders = (project.folder, "")
        self._modules = ProjectModules(inventory.tree, inventory.python, finder, folders)
        self._classes = Classes(self._modules)

    def foreign(self, path: str, is_command: bool) -> dict[str, int]:
        """Return what classes of a module descend from that is a command and needs Django.

        With each goes the line of the class. What ``Command`` of a command descends from is one by
        its place, unless something else that it descends from is provided.
        """
        found: dict[str, int] = {}
        lines = self._lines(path)
        for name, line in lines.items():
            origins = self._classes.origins(path, name)
            found |= {o: line for o in sorted(origins) if _is_foreign_command(o)}
            found |= dict.fromkeys(sorted(self._gone_bases(path, name)), line)
        if is_command:
            origins = self._classes.origins(path, _COMMAND)
            found |= {base: 0 for base in self._gone_bases(path, _COMMAND) if base not in found}
            is_built = not _PROVIDED.isdisjoint(origins)
            for origin in sorted(origins):
                if _is_foreign_command(origin) or not is_built:
                    found.setdefault(origin, lines.get(_COMMAND, 0))
        return found

    def _gone_bases(self, path: str, name: str) -> set[str]:
        """Return the commands in quarantine that a name of a module descends from."""
        found: set[str] = set()
        pending = [TreeName(path, name)]
        seen = set(pending)
        while pending and len(seen) < _STEPS:
            place = pending.pop()
            defined = self._classes.defined(place.path).get(place.name)
            for base in defined.bases if defined is not None else (place.name,):
                meaning = self._modules.meaning(place.path, base)
                if not isinstance(meaning, TreeName) or meaning in seen:
                    continue
                seen.add(meaning)
                if meaning.path not in self._modules.python:
                    continue
                origins = self._classes.origins(meaning.path, meaning.name)
                if self._is_gone(meaning.path) and not _PROVIDED.isdisjoint(origins):
                    found.add(f"{meaning.name} of {meaning.path}, in quarantine")
                else:
                    pending.append(meaning)
        return found

    def for_apps(self, path: str) -> dict[str, int]:
        """Return the classes of a module that are commands for apps, each with its line."""
        defined = self._classes.defined(path)
        return {
            name: line
            for name, line in self._lines(path).items()
            if any(
                (self._classes.outside(path, base) or "").endswith(f".{_APP_COMMAND}")
                for base in (defined[name].bases if name in defined else ())
            )
        }

    def _lines(self, path: str) -> dict[str, int]:
        body = self._modules.parsed(path).body
        return {node.name: node.lineno for node in body if isinstance(node, ast.ClassDef)}


def _is_foreign_command(origin: str) -> bool:
    """Tell whether a class from outside is a command, as its name says, and is not provided."""
    return origin not in _PROVIDED and origin.rpartition(".")[2].endswith(_COMMAND)
