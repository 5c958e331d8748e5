"""Settings of VS Code: what is debugged, tasks, test arguments, hidden files, workspaces.

Paths count from the workspace, the folder that holds ``.vscode``; a program and its arguments from
its ``cwd`` (https://code.visualstudio.com/docs/reference/variables-reference,
https://code.visualstudio.com/docs/python/debugging). Search paths are not followed here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from posixpath import basename, dirname, join

from relayout.inventory.configured_paths.values import scene_in
from relayout.inventory.references.commandline.commands import references_in
from relayout.inventory.references.commandline.surroundings import Surroundings, word_paths
from relayout.inventory.references.commandline.words import Command, Word
from relayout.inventory.references.reference import Base, Reference, beside
from relayout.inventory.references.scripts.json_commands import commands_of, word_of
from relayout.inventory.references.spans.jsonc_spans import JsonString, Key, strings_in
from relayout.tree import Tree

KIND = "vscode"
_SEARCH_PATHS = ("extraPaths", "PYTHONPATH", "stubPath")
_PLAIN = frozenset({"cwd", "program", "path", "envFile"})
_PROGRAMS = frozenset({"program", "module", "command", "args", "cwd", "env", "envFile", "type"})

_Group = dict[tuple[Key, ...], list[JsonString]]


def is_editor_file(path: str) -> bool:
    """Tell whether a file holds settings of VS Code, by its name."""
    in_folder = basename(dirname(path)) == ".vscode" and path.endswith(".json")
    return in_folder or path.endswith(".code-workspace")


def read_editor_file(text: str, path: str, tree: Tree) -> Iterator[Reference]:
    """Yield what the settings name."""
    around = _workspace(path, tree)
    strings = [string for string in strings_in(text) if not _is_search_path(string)]
    programs, others = _programs(strings)
    for owner in programs.values():
        yield from _Program(owner, text, around).references()
    for string in others:
        is_glob = string.is_key and any("xclude" in str(key) for key in string.keys[:-1])
        if string.is_key and not is_glob:
            continue
        plain = is_glob or _last_name(string) in _PLAIN or _is_argument(string)
        yield from word_paths(word_of(string), around, plain=plain)


def _workspace(path: str, tree: Tree) -> Surroundings:
    folder = dirname(path)
    base = beside(path)
    if basename(folder) == ".vscode":
        folder = dirname(folder)
        base = Base(folder)
    scene = scene_in(folder, join(folder, basename(path)), tree)
    return Surroundings(path, KIND, scene, base, between='", "')


def _is_search_path(string: JsonString) -> bool:
    return any(name in str(key) for key in string.keys for name in _SEARCH_PATHS)


def _is_argument(string: JsonString) -> bool:
    return any(str(key).endswith(("Args", ".args", "path", "Path")) for key in string.keys)


def _last_name(string: JsonString) -> str:
    return next((key for key in reversed(string.keys) if isinstance(key, str)), "")


def _programs(strings: Iterable[JsonString]) -> tuple[_Group, list[JsonString]]:
    """Return the strings of each thing that is run, and the other strings."""
    found: _Group = {}
    others = []
    for string in strings:
        keys = string.keys
        at = next((i for i, key in enumerate(keys) if key in ("configurations", "tasks")), -1)
        if at < 0 or len(keys) < at + 3 or not isinstance(keys[at + 1], int):
            others.append(string)
        elif not string.is_key:
            found.setdefault(keys[: at + 2], []).append(string)
    return found, others


class _Program:
    """A debugging configuration or a task: a program, its arguments and where it runs."""

    def __init__(self, strings: list[JsonString], text: str, around: Surroundings) -> None:
        self.text = text
        self.strings: dict[str, list[JsonString]] = {}
        for string in strings:
            names = [key for key in string.keys if isinstance(key, str) and key in _PROGRAMS]
            if names:
                self.strings.setdefault(names[-1], []).append(string)
        self.outside = around
        self.around = around
        for cwd in self.strings.get("cwd", ())[:1]:
            self.around = around.entered(around.scene.absolute(cwd.value))

    def references(self) -> Iterator[Reference]:
        """Yield what it names."""
        for key in ("cwd", "envFile"):
            for string in self.strings.get(key, ()):
                yield from word_paths(word_of(string), self.outside, plain=True)
        for string in self.strings.get("env", ()):
            yield from word_paths(word_of(string), self.around, plain=False)
        arguments = [word_of(string) for string in self.strings.get("args", ())]
        for string in self.strings.get("program", ()):
            yield from word_paths(word_of(string), self.around, plain=True)
        yield from self._commands(arguments)
        modules = self.strings.get("module", ())
        started = [Word(0, 0, "python"), Word(0, 0, "-m")]
        for string in modules:
            yield from references_in([Command([*started, word_of(string)])], self.around)
        name = Word(0, 0, modules[0].value) if modules else None
        if name is not None:
            given = Command([*started, name, *arguments])
            yield from _among(arguments, references_in([given], self.around))
        elif not self.strings.get("command"):
            given = Command([Word(0, 0, "program"), *arguments])
            yield from references_in([given], self.around)

    def _commands(self, arguments: list[Word]) -> Iterator[Reference]:
        """Yield what commands name, and their arguments, which stand in strings of their own."""
        for string in self.strings.get("command", ()):
            commands = commands_of(string, self.text)
            in_text = replace(self.around, between=" ")
            yield from references_in(commands, in_text)
            before = commands[-1].words if commands else []
            given = Command([*before, *arguments])
            yield from _among(arguments, references_in([given], self.around))


def _among(words: list[Word], found: Iterable[Reference]) -> Iterator[Reference]:
    """Yield the references that stand in some words."""
    if words:
        start, end = words[0].start, words[-1].end
        yield from (r for r in found if start <= r.start and r.end <= end)
