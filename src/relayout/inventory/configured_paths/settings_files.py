"""Settings of type checkers, editors, test runners and services that name search paths.

mypy: https://mypy.readthedocs.io/en/stable/config_file.html#confval-mypy_path; Pyright:
https://microsoft.github.io/pyright/#/configuration; tox:
https://tox.wiki/en/latest/config.html#set_env; systemd: ``Environment=`` in systemd.exec(5).
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from posixpath import basename, dirname, join, normpath
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from relayout.inventory.configured_paths.commands import Commands, entry_of, read_commands
from relayout.inventory.configured_paths.entry import ConfiguredPath, Found, scope_of
from relayout.inventory.configured_paths.values import (
    UNKNOWN,
    Mounts,
    Scene,
    folders_of_all,
    scene_in,
)
from relayout.source import NotPython, Source, line_at, nodes_of
from relayout.tree import Tree

_CHECKER_KEYS = frozenset(
    {"mypy_path", "extraPaths", "extra_paths", "python.analysis.extraPaths"}
    | {"python.autoComplete.extraPaths", "extra-paths", "search-path", "search_path"}
)
_TOML_KEY = re.compile("|".join(re.escape(key) for key in sorted({"PYTHONPATH", *_CHECKER_KEYS})))
_INI_LINE = re.compile(
    r"^[ \t]*(?P<key>PYTHONPATH|mypy_path)[ \t]*[=:][ \t]*(?P<value>.*(?:\n[ \t]+[^\s=]+[ \t]*$)*)",
    re.MULTILINE,
)
_SET_ENVIRONMENT = re.compile(
    r"^(?:set_?env|environment)[ \t]*=[ \t]*(?:.*,)?[ \t]*PYTHONPATH[ \t]*=[ \t]*(?P<value>.*)$",
    re.MULTILINE,
)
_UNIT_LINE = re.compile(
    r"^Environment=.*?PYTHONPATH=(?P<value>[^\s\"']*|\"[^\"]*\"|'[^']*')", re.MULTILINE
)
_WORKING = re.compile(r"^WorkingDirectory=(?P<folder>/\S+)", re.MULTILINE)
_STARTS = re.compile(r"^ExecStart(?:Pre)?=(?P<command>.*)$", re.MULTILINE)
_JSON_EXTRA = re.compile(
    r"(?P<text>\"(?:\\.|[^\"\\])*\")|//[^\n]*|/\*.*?\*/|,(?=\s*[}\]])", re.DOTALL
)


def _checker(path: str, line: int, values: list[str], scene: Scene, covers: str) -> ConfiguredPath:
    found = folders_of_all(values, scene, separators=":;,\n")
    return ConfiguredPath(path, line, found.told, covers, "checker", unclear=found.unclear)


# -- TOML and JSON: wherever the key stands


def read_toml(path: str, tree: Tree) -> Iterator[Found]:
    """Yield what a TOML file says: environments of task runners, paths of type checkers."""
    text = tree.read(path).decode("utf-8", errors="replace")
    if not _TOML_KEY.search(text):
        return
    try:
        document = tomlkit.parse(text).unwrap()
    except (TOMLKitError, ValueError, RecursionError):
        return
    yield from _from_document(document, path, text, scene_in(dirname(path), path, tree))


def read_json(path: str, tree: Tree) -> Iterator[Found]:
    """Yield what an editor's or type checker's JSON file says; it may have comments."""
    text = tree.read(path).decode("utf-8-sig", errors="replace")
    plain = _JSON_EXTRA.sub(lambda m: m["text"] or "", text)
    try:
        document = json.loads(plain)
    except (ValueError, RecursionError):
        return
    folder = dirname(path)
    while basename(folder).startswith("."):
        folder = dirname(folder)
    scene = scene_in(folder, join(folder, basename(path)), tree)
    yield from _from_document(document, path, text, scene)


def _from_document(document: Any, path: str, text: str, scene: Scene) -> Iterator[Found]:
    covers = scope_of(path, scene.tree)
    positions: dict[str, Iterator[re.Match[str]]] = {}
    for key, value in _values_of(document, 0):
        if key not in positions:
            positions[key] = re.finditer(rf"[\"']?{re.escape(key)}[\"']?\s*[=:]", text)
        match = next(positions[key], None)
        line = line_at(text, match.start()) if match else 0
        if key == "PYTHONPATH":
            yield entry_of(str(value), scene, Commands(path, covers), line)
        else:
            values = value if isinstance(value, list) else [value]
            yield _checker(path, line, [str(item) for item in values], scene, covers)


def _values_of(node: Any, depth: int) -> Iterator[tuple[str, Any]]:
    """Yield the keys and values that set search paths, in document order."""
    if depth > 40:
        return
    for key, value in node.items() if isinstance(node, dict) else ():
        if key == "PYTHONPATH" and isinstance(value, str):
            yield key, value
        elif (
            key == "PYTHONPATH" and isinstance(value, dict) and isinstance(value.get("value"), str)
        ):
            yield key, value["value"]
        elif key in _CHECKER_KEYS and isinstance(value, str | list):
            yield key, value
        else:
            yield from _values_of(value, depth + 1)
    for item in node if isinstance(node, list) else ():
        yield from _values_of(item, depth + 1)


# -- INI


def read_ini(path: str, tree: Tree) -> Iterator[Found]:
    """Yield what ``tox.ini``, ``setup.cfg``, ``mypy.ini`` or a supervisor's file says."""
    text = tree.read(path).decode("utf-8", errors="replace").replace("\r\n", "\n")
    scene, covers = scene_in(dirname(path), path, tree), scope_of(path, tree)
    for match in _INI_LINE.finditer(text):
        line = line_at(text, match.start("key"))
        if match["key"] == "mypy_path":
            yield _checker(path, line, [match["value"]], scene, covers)
        else:
            value = match["value"].partition("\n")[0]
            yield entry_of(value, scene, Commands(path, covers), line)
    for match in _SET_ENVIRONMENT.finditer(text):
        yield entry_of(match["value"], scene, Commands(path, covers), line_at(text, match.start()))


# -- systemd


def read_unit(path: str, tree: Tree) -> Iterator[Found]:
    """Yield what a systemd unit configures and starts.

    Where the repository is on that machine is told by what the unit names of it: its working
    folder is the repository's root if a path below it is one of the repository.
    """
    text = tree.read(path).decode("utf-8", errors="replace")
    working = _WORKING.search(text)
    here = working["folder"].rstrip("/") if working else "/"
    pairs = tuple(_deployed(text, here, tree))
    scene = replace(scene_in("", path, tree), here=here, mounts=Mounts(pairs))
    where = Commands(path, scope_of(path, tree))
    for match in _UNIT_LINE.finditer(text):
        yield entry_of(match["value"], scene, where, line_at(text, match.start()))
    for match in _STARTS.finditer(text):
        yield from read_commands([(line_at(text, match.start()), match["command"])], scene, where)


def _deployed(text: str, here: str, tree: Tree) -> Iterator[tuple[str, str]]:
    for word in re.findall(r"/[\w./-]+", text):
        if here != "/" and normpath(word).startswith(f"{here}/"):
            rest = normpath(word)[len(here) + 1 :]
            if rest in tree.modules or rest in tree.folders:
                yield here, ""
                return


# -- nox


def read_nox(path: str, tree: Tree) -> Iterator[Found]:
    """Yield what a noxfile puts into the environment of its sessions (constants only)."""
    try:
        module = Source.decode(tree.read(path)).parse()
    except NotPython:
        return
    scene, where = scene_in(dirname(path), path, tree), Commands(path, scope_of(path, tree))
    for node in nodes_of(module):
        pairs: list[tuple[ast.expr | None, ast.expr]] = []
        if isinstance(node, ast.Dict):
            pairs = list(zip(node.keys, node.values, strict=True))
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Subscript):
            pairs = [(node.targets[0].slice, node.value)]
        for key, value in pairs:
            if isinstance(key, ast.Constant) and key.value == "PYTHONPATH":
                text = value.value if isinstance(value, ast.Constant) else UNKNOWN
                yield entry_of(str(text), scene, where, value.lineno)
