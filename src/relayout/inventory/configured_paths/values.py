"""The value of a search path as configuration writes it: variables filled in, folders told.

Every path is made absolute first. The repository stands at :data:`ROOT`; a container's paths are
led back to repository folders by what was copied or mounted there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from posixpath import dirname, join, normpath

from relayout.tree import Tree, is_within

ROOT = "/<repository>"
"""Where the repository stands, for whoever runs something in it. No real path looks so."""

UNKNOWN = "\0"
"""Stands in a text for what cannot be told."""
_LONGEST = 10_000
"""No value is longer: variables that hold each other twice over would grow without end."""

_AT_ROOT = frozenset(
    {"GITHUB_WORKSPACE", "github.workspace", "CI_PROJECT_DIR", "WORKSPACE", "env.WORKSPACE"}
    | {"Build.SourcesDirectory", "BUILD_SOURCESDIRECTORY", "System.DefaultWorkingDirectory"}
    | {"SYSTEM_DEFAULTWORKINGDIRECTORY", "TRAVIS_BUILD_DIR", "BITBUCKET_CLONE_DIR"}
)
_AT_HERE = frozenset({"PWD", "CD", "CURDIR", "cwd"})
_AT_FILE = frozenset(
    {"toxinidir", "tox_root", "workspaceFolder", "workspaceRoot", "PSScriptRoot", "~dp0"}
    | {"MYPY_CONFIG_FILE_DIR", "containerWorkspaceFolder"}
)
_THE_SCRIPT = frozenset({"0", "BASH_SOURCE", "BASH_SOURCE[0]"})

_REFERENCE = re.compile(
    r"\$\{\{\s*(?P<expression>[\w.]+)\s*\}\}"
    r"|\$\{(?:env:)?(?P<braced>\w+(?:\[0\])?)(?::?[-=?](?P<default>[^{}]*)|:?\+[^{}]*)?\}"
    r"|\$(?:env:)?(?P<plain>\w+)"
    r"|%(?P<batch>\w+)%|%(?P<script>~dp0)"
    r"|\{(?:env:)?(?P<tox>\w+)(?::[^{}]*)?\}"
)
_CALL = re.compile(r"\$\((?P<make>[^()$`]*)\)|`(?P<old>[^`$]*)`")
_ENTER = re.compile(
    r"cd\s+(?:--\s+)?(?P<folder>.*?)\s*(?:>\s*/dev/null.*?)?(?:&&|;)\s*pwd(?:\s+-\w)?"
)
_RESOLVED = re.compile(r"(?:realpath|readlink\s+-f|abspath|shell\s+realpath)\s+(?P<path>.+)")
_FOLDER_OF = re.compile(r"(?:dirname|dir)\s+(?:--\s+)?(?P<path>.+)")
_DRIVE = re.compile(r"^[A-Za-z]:[\\/]")
_NOT_A_PATH = re.compile(r"[\0$`*{}()<|]|\?")


@dataclass(frozen=True, slots=True)
class Mounts:
    """Which absolute paths are repository folders: pairs of absolute path and folder."""

    pairs: tuple[tuple[str, str], ...] = ((ROOT, ""),)

    def within(self, path: str) -> list[str]:
        """Return every repository path that an absolute path may stand for, the surest first."""
        found = []
        for place, folder in self.pairs:
            if path == place or path.startswith(f"{place.rstrip('/')}/"):
                found.append(normpath(join(folder, path[len(place) :].lstrip("/"))))
            elif place.startswith(f"{path}/"):
                rest = place[len(path) + 1 :]
                if folder == rest or folder.endswith(f"/{rest}"):
                    found.append(folder[: -len(rest)].rstrip("/"))
        return [("" if path == "." else path) for path in dict.fromkeys(found)]

    def folders(self, path: str, tree: Tree) -> tuple[str, ...]:
        """Return the repository folders that an absolute path stands for."""
        found = self.within(path)
        there = tuple(folder for folder in found if folder in tree.folders)
        return there or tuple(found[:1])

    def outermost(self) -> list[str]:
        """Return the repository folders and files that are there, none below another."""
        found = {folder for _, folder in self.pairs}
        return sorted(f for f in found if not any(is_within(f, other) for other in found - {f}))

    def file(self, path: str, tree: Tree) -> str | None:
        """Return the Python file that an absolute path stands for, or None."""
        return next((found for found in self.within(path) if found in tree.modules), None)


@dataclass(frozen=True)
class Scene:
    """What a line of configuration knows of its surroundings.

    ``here`` is the absolute current folder, None if it cannot be told; ``file`` the absolute path
    of the configuration file.
    """

    tree: Tree
    file: str
    here: str | None = ROOT
    variables: Mapping[str, str | None] = field(default_factory=dict)
    mounts: Mounts = field(default_factory=Mounts)

    def in_folder(self, text: str | None) -> Scene:
        """Return the scene after a change of the current folder."""
        return replace(self, here=None if text is None else self.absolute(text))

    def with_variables(self, variables: Mapping[str, str | None]) -> Scene:
        """Return the scene with these variables set as well."""
        return replace(self, variables={**self.variables, **variables})

    def absolute(self, text: str) -> str | None:
        """Return the absolute path that a word stands for, or None if it cannot be told."""
        path = self.expand(text).strip().strip("\"'").replace("\\", "/")
        if _NOT_A_PATH.search(path.removeprefix(ROOT)) or path.startswith("~"):
            return None
        if not path.startswith("/") and self.here is None:
            return None
        return normpath(join(self.here or "/", path))

    def expand(self, text: str) -> str:
        """Return a text with its variables and simple commands replaced by what they stand for."""
        for _ in range(8):
            before = text
            text = _CALL.sub(self._called, _REFERENCE.sub(self._named, text))
            if text == before:
                break
            if len(text) > _LONGEST:
                return UNKNOWN
        return text

    def told(self, text: str) -> str | None:
        """Return a text as :meth:`expand` does, or None if a part of it cannot be told."""
        expanded = self.expand(text)
        return None if UNKNOWN in expanded else expanded

    def _named(self, match: re.Match[str]) -> str:
        name = next(value for key, value in match.groupdict().items() if value and key != "default")
        value = self._value(name.removeprefix("env."))
        if value is None and match["tox"]:
            return match[0]
        if value is None:
            return match["default"] if match["default"] is not None else UNKNOWN
        return value

    def _value(self, name: str) -> str | None:
        if name == "PYTHONPATH":
            return ""
        if name in self.variables:
            return self.variables[name]
        if name in _AT_ROOT:
            return ROOT
        if name in _AT_HERE:
            return self.here
        if name in _AT_FILE:
            return dirname(self.file) + ("/" if name == "~dp0" else "")
        return self.file if name in _THE_SCRIPT else None

    def _called(self, match: re.Match[str]) -> str:
        return self._result((match["make"] or match["old"] or "").strip())

    def _result(self, command: str) -> str:
        """Return what a command prints, or what a variable of make holds."""
        bare = command.replace('"', "").replace("'", "")
        if bare in ("pwd", "pwd -P", "shell pwd"):
            return self.here or UNKNOWN
        if bare.removeprefix("shell ") == "git rev-parse --show-toplevel":
            return ROOT
        for pattern, inner in ((_ENTER, "folder"), (_RESOLVED, "path")):
            match = pattern.fullmatch(bare)
            if match:
                return self.absolute(match[inner]) or UNKNOWN
        match = _FOLDER_OF.fullmatch(bare)
        if match:
            return UNKNOWN if UNKNOWN in match["path"] else dirname(match["path"].strip()) or "."
        value = self._value(bare) if re.fullmatch(r"[\w.]+", bare) else None
        return UNKNOWN if value is None else value


def scene_in(folder: str, path: str, tree: Tree) -> Scene:
    """Return the scene of a file at ``path`` that is used in a folder of the repository."""
    return Scene(tree, f"{ROOT}/{path}", f"{ROOT}/{folder}".rstrip("/"))


@dataclass(frozen=True, slots=True)
class Folders:
    """The repository folders that values name, and whether a part of them cannot be told."""

    known: tuple[str, ...] = ()
    unclear: bool = False

    @property
    def told(self) -> tuple[str, ...] | None:
        """The known folders, or None if nothing of the values can be told."""
        return None if self.unclear and not self.known else self.known


def folders_of_all(values: Iterable[str], scene: Scene, separators: str) -> Folders:
    """Return the folders that several values name, in order, each once."""
    each = [folders_of(value, scene, separators) for value in values]
    known = dict.fromkeys(folder for folders in each for folder in folders.known)
    return Folders(tuple(known), any(folders.unclear for folders in each))


def folders_of(value: str, scene: Scene, separators: str = ":;") -> Folders:
    """Return the folders that the value of a search path names.

    Folders outside of the repository are left out: they hold no code of it.
    """
    known: list[str] = []
    unclear = False
    text = value.strip().strip("\"'")
    if _DRIVE.match(text) or re.search(r";\s*[A-Za-z]:[\\/]", text):
        separators = ";"
    for entry in re.split(f"[{separators}]", scene.expand(text)):
        word = entry.strip().strip("\"'")
        if not word or _DRIVE.match(word) or word.startswith("~"):
            continue
        path = scene.absolute(word)
        if path is None:
            unclear = True
        else:
            known += scene.mounts.folders(path, scene.tree)
    return Folders(tuple(dict.fromkeys(known)), unclear)
