"""Makefiles: what recipes run, what rules are made from, what variables name and what is included.

Make runs in its Makefile's folder (https://www.gnu.org/software/make/manual/html_node/Execution.html),
and what is included in the folder of the Makefile that includes it: the reading in which such a
file names more is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from relayout.inventory.configured_paths.scripts import is_makefile
from relayout.inventory.references.commandline.commands import listed, names_a_place, references_in
from relayout.inventory.references.commandline.surroundings import Surroundings, is_of_file
from relayout.inventory.references.commandline.variables import used_as_paths
from relayout.inventory.references.commandline.words import Command, commands_in
from relayout.inventory.references.reference import Reference
from relayout.inventory.references.scripts.make_lines import Kind, Line, lines_of
from relayout.inventory.references.scripts.shell import starts
from relayout.tree import Tree

KIND = "make"


def is_make(path: str) -> bool:
    """Tell whether a file is a Makefile or part of one, by its name."""
    return is_makefile(path)


def read_make(text: str, path: str, tree: Tree) -> list[Reference]:
    """Return what a Makefile names."""
    lines = list(lines_of(text))
    commands = [c for line in lines for c in commands_in(text, line.start, line.end)]
    places = used_as_paths(commands)
    surroundings = starts(path, tree, KIND, places, own_first=not path.endswith(".mk"))
    readings = [list(_Reading(text, lines, around).read()) for around in surroundings]
    return max(readings, key=len)


class _Reading:
    def __init__(self, text: str, lines: list[Line], around: Surroundings) -> None:
        self.text = text
        self.lines = lines
        self.around = _with_variables(text, lines, around)
        self.phony = self._phony()
        self.one_shell = any(
            line.kind is Kind.RULE and text.startswith(".ONESHELL", line.start) for line in lines
        )

    def read(self) -> Iterator[Reference]:
        """Yield what the lines name, in order."""
        recipe: list[Command] = []
        for line in self.lines:
            if line.kind is Kind.RECIPE and self.one_shell:
                recipe += [*self._commands(line), Command(end="\n")]
                continue
            yield from references_in(_joined(recipe), self.around)
            recipe = []
            if line.kind is Kind.RULE:
                yield from self._rule(line)
            elif line.kind is Kind.VARIABLE:
                yield from self._variable(line)
            elif line.kind is Kind.INCLUDE:
                yield from self._items(line, plain=True)
            else:
                yield from references_in(self._commands(line), self.around)
        yield from references_in(_joined(recipe), self.around)

    def _commands(self, line: Line) -> list[Command]:
        return list(commands_in(self.text, line.start, line.end))

    def _phony(self) -> frozenset[str]:
        """Return the targets that are no files: a folder may have the name of one."""
        found: set[str] = set()
        for line in self.lines:
            if line.kind is Kind.RULE and self.text.startswith(".PHONY", line.start):
                found |= set(self.text[line.colon + 1 : line.end].replace("\\", " ").split())
        return frozenset(found)

    def _rule(self, line: Line) -> Iterator[Reference]:
        """Yield the files that a rule makes, and those that it makes them from."""
        if self.text.startswith(".PHONY", line.start):
            return
        targets = commands_in(self.text, line.start, line.colon)
        yield from self._files(list(targets), plain=False)
        semicolon = self.text.find(";", line.colon, line.end)
        stop = semicolon if semicolon >= 0 else line.end
        needs = commands_in(self.text, min(line.colon + 1, stop), stop)
        yield from self._files(list(needs), plain=False)
        yield from references_in(commands_in(self.text, stop, line.end), self.around)

    def _variable(self, line: Line) -> Iterator[Reference]:
        if line.name == "PYTHONPATH":
            return
        if line.sign != "!=" and names_a_place(line.name, self.around):
            is_one = self._is_one_path(line.name)
            for found in self._items(line, plain=True):
                yield replace(found, between=None) if is_one else found
        else:
            yield from references_in(self._commands(line), self.around)

    def _is_one_path(self, name: str) -> bool:
        """Tell whether a variable cannot hold several paths: it is quoted, entered, or goes on."""
        variable = rf"\$[({{]{re.escape(name)}[)}}]"
        return re.search(rf"{variable}[/\\\"']|cd {variable}", self.text) is not None

    def _items(self, line: Line, plain: bool) -> Iterator[Reference]:
        yield from self._files(self._commands(line), plain)

    def _files(self, commands: list[Command], plain: bool) -> Iterator[Reference]:
        """Yield the files among words; in parentheses stand functions and commands."""
        inside: list[Command] = []
        depth = 0
        for command in commands:
            if not command.words:
                depth += 1 if command.end == "(" else -1
            if depth > 0 or not command.words:
                inside.append(command)
                continue
            words = command.words
            if not plain:
                words = [word for word in words if word.text not in self.phony]
            yield from listed(words, self.around, plain)
        yield from references_in(inside, self.around)


def _joined(recipe: list[Command]) -> Iterator[Command]:
    """Yield the commands of a recipe that one shell runs."""
    return (c for c in recipe if c.words or c.end in ("(", ")"))


def _with_variables(text: str, lines: list[Line], around: Surroundings) -> Surroundings:
    """Return the surroundings with what the Makefile's variables hold, wherever it stands.

    What is set to several values in different places cannot be told.
    """
    values: dict[str, str | None] = {"MAKEFILE_LIST": around.scene.file}
    of_file: set[str] = set()
    for line in lines:
        if line.kind is not Kind.VARIABLE or line.sign == "!=":
            continue
        value = text[line.start : line.end].strip()
        for word in ("lastword", "firstword"):
            value = value.replace(f"$({word} $(MAKEFILE_LIST))", "$(MAKEFILE_LIST)")
        if is_of_file(value, around):
            of_file.add(line.name)
        known = values.setdefault(line.name, value)
        if known != value:
            values[line.name] = None
    values = {name: value for name, value in values.items() if value != name}
    scene = around.scene.with_variables(values)
    return replace(around, scene=scene, of_file=around.of_file | of_file)
