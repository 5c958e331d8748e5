"""Justfiles: what recipes run, what variables hold, and which files are imported.

A line of a recipe has a shell of its own, in the justfile's folder or the one that is set; a recipe
that begins with ``#!`` is one script (https://just.systems/man/en/).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from posixpath import basename

from relayout.inventory.references.commandline.commands import names_a_place, references_in
from relayout.inventory.references.commandline.surroundings import Surroundings, word_paths
from relayout.inventory.references.commandline.variables import used_as_paths
from relayout.inventory.references.commandline.words import Word, commands_in
from relayout.inventory.references.reference import Reference
from relayout.inventory.references.scripts.shell import is_shell_script, starts
from relayout.tree import Tree

KIND = "just"
_VALUE = r"(?:\"(?P<double>[^\"\\\r\n]*)\"|'(?P<single>[^'\r\n]*)')[ \t]*\r?$"
_SETTING = re.compile(rf"^set[ \t]+(?P<name>[\w-]+)[ \t]*:=[ \t]*{_VALUE}", re.MULTILINE)
_VARIABLE = re.compile(
    rf"^(?:export[ \t]+)?(?P<name>[A-Za-z_][\w-]*)[ \t]*:=[ \t]*{_VALUE}", re.MULTILINE
)
_IMPORT = re.compile(rf"^(?:import\??|mod\??[ \t]+\w+)[ \t]+{_VALUE}", re.MULTILINE)
_FOLDER = re.compile(
    r"^\[working-directory:[ \t]*[\"'](?P<folder>[^\"'\r\n]*)[\"']\]", re.MULTILINE
)
_HEADER = re.compile(r"@?[A-Za-z_][\w-]*[^:\r\n]*:(?!=)")
_EXPRESSION = re.compile(r"\{\{(?P<inner>[^{}\r\n]*)\}\}")
_SILENT = re.compile(r"[ \t]*[@-]*")


def is_justfile(path: str) -> bool:
    """Tell whether a file is a justfile, by its name."""
    return basename(path).lower() in ("justfile", ".justfile") or path.endswith(".just")


def read_justfile(text: str, path: str, tree: Tree) -> Iterator[Reference]:
    """Yield what a justfile names."""
    masked = _EXPRESSION.sub(_as_variable, text)
    recipes = list(_recipes(masked))
    commands = [c for r in recipes for s, e in r.lines for c in commands_in(masked, s, e)]
    around = starts(path, tree, KIND, used_as_paths(commands), own_first=True)[0]
    variables: dict[str, str | None] = {
        "justfile_directory": around.scene.here,
        "invocation_directory": None,
    }
    for match in _VARIABLE.finditer(text):
        variables[match["name"]] = match["double"] or match["single"]
    around = replace(around, scene=around.scene.with_variables(variables))
    found = [*_settings(text, around)]
    for match in _SETTING.finditer(text):
        if match["name"] == "working-directory":
            around = around.entered(around.scene.absolute(match["double"] or match["single"]))
    for recipe in recipes:
        found += recipe.references(masked, around)
    for reference in found:
        written = text[reference.start : reference.end]
        prefix = written[: len(reference.prefix)]
        yield replace(reference, text=written, prefix=prefix)


def _as_variable(match: re.Match[str]) -> str:
    """Return an expression as a variable of make, which has as many characters."""
    return f"$({match['inner'].replace('()', '  ')} )"


@dataclass(slots=True)
class _Recipe:
    """The lines of a recipe without what makes them silent, and the folder that it runs in."""

    folder: str | None = None
    lines: list[tuple[int, int]] = field(default_factory=list)

    def references(self, text: str, around: Surroundings) -> Iterator[Reference]:
        """Yield what the commands name."""
        if self.folder is not None:
            around = around.entered(around.scene.absolute(self.folder))
        first = text[slice(*self.lines[0])] if self.lines else ""
        if not first.startswith("#!"):
            for start, end in self.lines:
                yield from references_in(commands_in(text, start, end), around)
        elif is_shell_script(first):
            script = list(commands_in(text, self.lines[0][0], self.lines[-1][1]))
            yield from references_in(script, around)


def _recipes(text: str) -> Iterator[_Recipe]:
    recipe = _Recipe()
    folder: str | None = None
    position = 0
    continued = False
    for line in text.splitlines(keepends=True):
        start, position = position, position + len(line)
        end = start + len(line.rstrip("\r\n"))
        if line[0] in " \t" and line.strip():
            silent = _SILENT.match(text, start, end)
            begin = silent.end() if silent else start
            if continued and recipe.lines:
                recipe.lines[-1] = (recipe.lines[-1][0], end)
            else:
                recipe.lines.append((begin, end))
            continued = line.rstrip().endswith("\\")
        elif match := _FOLDER.match(line):
            folder = match["folder"]
        elif _HEADER.match(line):
            yield recipe
            recipe, folder = _Recipe(folder), None
    yield recipe


def _settings(text: str, around: Surroundings) -> Iterator[Reference]:
    """Yield what is imported, and what settings and variables name."""
    for match in _IMPORT.finditer(text):
        yield from word_paths(_value(match), around, plain=True)
    for match in _SETTING.finditer(text):
        if match["name"] in ("working-directory", "dotenv-path"):
            yield from word_paths(_value(match), around, plain=True)
    for match in _FOLDER.finditer(text):
        word = Word(*match.span("folder"), match["folder"])
        yield from word_paths(word, around, plain=True)
    for match in _VARIABLE.finditer(text):
        value = _value(match)
        if " " not in value.text:
            yield from word_paths(value, around, plain=names_a_place(match["name"], around))
            continue
        commands = list(commands_in(text, value.start, value.end))
        yield from references_in(commands, around)


def _value(match: re.Match[str]) -> Word:
    name = "double" if match["double"] is not None else "single"
    return Word(*match.span(name), match[name])
