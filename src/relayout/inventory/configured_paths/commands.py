"""Lines of commands: what they put into ``PYTHONPATH``, and which Python files they start.

Shell, make recipes, Windows batch and PowerShell are close enough to be read alike: commands one
after the other, ``cd``, assignments that hold from there on, assignments before one command.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, replace

from relayout.inventory.configured_paths.entry import ConfiguredPath, Found, Started
from relayout.inventory.configured_paths.programs import STARTS_PYTHON, Programs
from relayout.inventory.configured_paths.shell_words import joined, split, words_of
from relayout.inventory.configured_paths.values import Scene, folders_of

_ASSIGNMENT = re.compile(r"(?P<name>[A-Za-z_]\w*)(?P<add>\+)?=(?P<value>.*)", re.DOTALL)
_POWERSHELL = re.compile(r"\$env:(?P<name>\w+)\s*=\s*(?P<value>.+)", re.IGNORECASE)
_BATCH = re.compile(r"set\s+\"?(?P<name>\w+)=(?P<value>[^\"]*)\"?", re.IGNORECASE)
_TO_CI = re.compile(r"(?:echo|printf)\s+[\"']?PYTHONPATH=(?P<value>[^\"'>]*).*GITHUB_ENV")
_MATTERS = re.compile(rf"=|\bcd\b|\b[Ss]et-|pushd|popd|chdir|{STARTS_PYTHON}")
"""What a line has that changes the folder, sets a variable or starts Python."""
_LONGEST = 20_000
"""A longer line is data, and no command."""
_PRINTS = frozenset({"echo", "printf", "print", "Write-Host", "Write-Output"})
_CONDITION = re.compile(r"^\s*(?:if|then|else|elif|do|while|for|fi|done|esac)\b\s*")


@dataclass(frozen=True, slots=True)
class Commands:
    """Where the lines of commands stand, and what they are for.

    ``each_anew`` says that every line starts in the same folder with the same variables, as the
    lines of a make recipe do.
    """

    path: str
    scope: str
    each_anew: bool = False


def read_commands(
    lines: Iterable[tuple[int, str]], scene: Scene, where: Commands
) -> Iterator[Found]:
    """Yield what numbered lines of commands configure and start."""
    start = scene
    for number, line in joined(lines):
        stack: list[Scene] = []
        if where.each_anew:
            scene = start
        if len(line) > _LONGEST or not _MATTERS.search(line):
            continue
        for command in split(line):
            if command == "(":
                stack.append(scene)
            elif command == ")":
                scene = stack.pop() if stack else scene
            else:
                reader = _Command(number, where)
                scene = yield from reader.read(_CONDITION.sub("", command).strip(), scene)


class _Command:
    def __init__(self, line: int, where: Commands) -> None:
        self.line = line
        self.where = where

    def read(self, command: str, scene: Scene) -> Generator[Found, None, Scene]:
        """Yield what one command configures or starts; return the scene after it."""
        command = command.lstrip("@-+ \t{").strip()
        whole = _POWERSHELL.match(command) or _BATCH.fullmatch(command)
        if whole:
            return (yield from self._assign(whole["name"], whole["value"], scene))
        to_ci = _TO_CI.search(command)
        if to_ci:
            return (yield from self._assign("PYTHONPATH", to_ci["value"], scene))
        words = words_of(command)
        if not words:
            return scene
        if words[0] in ("cd", "pushd", "chdir", "Set-Location"):
            targets = [w for w in words[1:] if w not in ("--", "/d", "/D", "-P")]
            return self._enter(targets[0] if targets else "~", scene)
        if words[0] == "popd":
            return self._enter("-", scene)
        if words[0] in ("export", "declare", "typeset", "local", "readonly"):
            for word in words[1:]:
                match = _ASSIGNMENT.match(word)
                if match:
                    scene = yield from self._assign(match["name"], match["value"], scene)
            return scene
        return (yield from self._run(words, scene))

    def _enter(self, folder: str, scene: Scene) -> Scene:
        """Return the scene in another folder; ``-`` is the one before."""
        before = {"OLDPWD": scene.here}
        if folder == "-":
            return replace(scene, here=scene.variables.get("OLDPWD")).with_variables(before)
        return scene.in_folder(folder).with_variables(before)

    def _run(self, words: list[str], scene: Scene) -> Generator[Found, None, Scene]:
        """Yield what assignments before a program configure for it, and what it starts."""
        own, rest = scene, list(words)
        value: str | None = None
        while rest and (rest[0] in ("env", "cross-env", "exec", "time") or _is_set(rest[0])):
            match = _ASSIGNMENT.match(rest.pop(0))
            if match and match["name"] == "PYTHONPATH":
                value = match["value"]
            elif match:
                own = own.with_variables({match["name"]: _held(own, match["value"])})
        if rest and rest[0] in _PRINTS:
            return scene
        if not rest:
            return (yield from self._assign("PYTHONPATH", value, own)) if value else own
        started = list(Programs(self.line, self.where.path, own).started(rest))
        yield from started
        if value is not None:
            yield from for_started(entry_of(value, own, self.where, self.line), started)
        return scene

    def _assign(self, name: str, value: str, scene: Scene) -> Generator[Found, None, Scene]:
        if name.upper() == "PYTHONPATH":
            yield entry_of(value, scene, self.where, self.line)
            return scene
        return scene.with_variables({name: _held(scene, value)})


def _is_set(word: str) -> bool:
    return bool(_ASSIGNMENT.match(word))


def _held(scene: Scene, value: str) -> str | None:
    """Return the text that a variable holds, or None if it cannot be told."""
    return scene.told(value.strip().strip("\"'"))


def entry_of(value: str, scene: Scene, where: Commands, line: int) -> ConfiguredPath:
    """Return the entry that a value of ``PYTHONPATH`` makes."""
    found = folders_of(value, scene)
    return ConfiguredPath(
        where.path, line, found.told, where.scope, "PYTHONPATH", unclear=found.unclear
    )


def for_started(entry: ConfiguredPath, started: Iterable[Started]) -> Iterator[ConfiguredPath]:
    """Yield an entry that holds for one command, limited to what that command starts."""
    programs = list(dict.fromkeys(started))
    if not programs:
        yield entry
    for program in programs:
        yield replace(entry, covers=program.path, tests_only=program.is_tests)
