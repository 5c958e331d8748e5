"""Development containers: what they are built from, mount and run.

Paths of a build count from the folder of the file, commands run in the workspace
(https://containers.dev/implementors/json_reference/).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import basename, dirname

from relayout.inventory.configured_paths.values import scene_in
from relayout.inventory.references.commandline.commands import references_in
from relayout.inventory.references.commandline.surroundings import Surroundings
from relayout.inventory.references.commandline.words import Word
from relayout.inventory.references.containers.host_paths import host_path
from relayout.inventory.references.containers.listed_commands import listed_command
from relayout.inventory.references.reference import Base, Reference, beside
from relayout.inventory.references.scripts.json_commands import commands_of, word_of
from relayout.inventory.references.spans.jsonc_spans import JsonString, strings_in
from relayout.tree import Tree

KIND = "devcontainer"
_BUILDS = frozenset({"dockerFile", "dockerfile", "context", "dockerComposeFile"})
_COMMAND = re.compile(
    r"(?:initialize|onCreate|updateContent|postCreate|postStart|postAttach)Command$"
)
_SOURCE = re.compile(r"(?:^|,)(?:source|src)=\$\{localWorkspaceFolder\}/(?P<path>[^,$]+)")


def is_devcontainer(path: str) -> bool:
    """Tell whether a file describes a development container, by its name."""
    return basename(path) in ("devcontainer.json", ".devcontainer.json")


def read_devcontainer(text: str, path: str, tree: Tree) -> Iterator[Reference]:
    """Yield what the file names."""
    workspace = _workspace(path)
    around = Surroundings(path, KIND, scene_in(workspace, path, tree), Base(workspace))
    lists: dict[tuple[object, ...], list[JsonString]] = {}
    for string in strings_in(text):
        if string.is_key or not string.keys:
            continue
        names = [key for key in string.keys if isinstance(key, str)]
        if _COMMAND.match(str(string.keys[0])):
            if isinstance(string.keys[-1], int):
                lists.setdefault(string.keys[:-1], []).append(string)
            else:
                yield from references_in(commands_of(string, text), around)
        elif names and names[-1] in _BUILDS and names[:-1] in ([], ["build"]):
            found = host_path(word_of(string), beside(path), KIND)
            yield from (one for one in found if one.path in tree or one.path in tree.folders)
        elif string.keys[0] in ("mounts", "workspaceMount"):
            yield from _mounted(string, workspace, tree)
    for strings in lists.values():
        yield from listed_command([word_of(string) for string in strings], around)


def _workspace(path: str) -> str:
    folder = dirname(path)
    while basename(folder) != ".devcontainer" and "/.devcontainer/" in f"/{folder}":
        folder = dirname(folder)
    return dirname(folder) if basename(folder) == ".devcontainer" else folder


def _mounted(string: JsonString, workspace: str, tree: Tree) -> Iterator[Reference]:
    match = _SOURCE.search(string.text)
    if match is None:
        return
    word = Word(string.start + match.start("path"), string.start + match.end("path"), match["path"])
    for found in host_path(word, Base(workspace), KIND):
        if found.path in tree or found.path in tree.folders:
            yield found
