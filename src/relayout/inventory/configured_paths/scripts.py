"""Makefiles, shell and batch scripts, Procfiles: lines of commands, and make's variables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import basename, dirname

from relayout.inventory.configured_paths.commands import (
    Commands,
    entry_of,
    for_started,
    read_commands,
)
from relayout.inventory.configured_paths.entry import ConfiguredPath, Found, Started, scope_of
from relayout.inventory.configured_paths.programs import STARTS_PYTHON
from relayout.inventory.configured_paths.values import scene_in
from relayout.tree import Tree

_MAKE_VARIABLE = re.compile(
    r"^(?:[\w./% -]+:\s*)?(?P<export>export\s+)?(?P<name>[A-Za-z_]\w*)\s*(?P<sign>::?=|\?=|\+=|=)"
    r"\s*(?P<value>.*)$"
)
_PYTHON = re.compile(STARTS_PYTHON)
_PROCESS = re.compile(r"^[\w-]+:\s*")


def is_makefile(path: str) -> bool:
    """Tell whether a file is a Makefile, by its name."""
    return basename(path) in ("Makefile", "makefile", "GNUmakefile") or path.endswith(".mk")


def read_makefile(path: str, tree: Tree) -> Iterator[Found]:
    """Yield what a Makefile configures and starts.

    Make runs in the Makefile's folder, each line of a recipe in a shell of its own
    (https://www.gnu.org/software/make/manual/html_node/Execution.html).
    """
    where = Commands(path, scope_of(path, tree), each_anew=True)
    scene = scene_in(dirname(path), path, tree)
    recipe: list[tuple[int, str]] = []
    for number, line in enumerate(_text(path, tree).splitlines(), 1):
        if line.startswith("\t"):
            recipe.append((number, line.replace("$$", "$")))
            continue
        match = _MAKE_VARIABLE.match(line.partition(" #")[0].rstrip())
        if match is None:
            continue
        if match["name"] == "PYTHONPATH":
            yield entry_of(match["value"], scene, where, number)
        else:
            scene = scene.with_variables({match["name"]: scene.told(match["value"])})
    yield from read_commands(recipe, scene, where)


def read_script(path: str, tree: Tree) -> Iterator[Found]:
    """Yield what a script configures and starts.

    It may be started from the root or from its own folder: what it names tells which, and the
    root is taken if it names nothing that is in one of the two only.
    """
    text = _text(path, tree)
    if not _PYTHON.search(text):
        return
    where = Commands(path, scope_of(path, tree))
    lines = list(enumerate(text.splitlines(), 1))
    folders = dict.fromkeys(("", dirname(path)))
    readings = [list(read_commands(lines, scene_in(f, path, tree), where)) for f in folders]
    best = max(readings, key=lambda found: _fitting(found, tree))
    yield from best
    started = [found for found in best if isinstance(found, Started)]
    for entry in best:
        if isinstance(entry, ConfiguredPath) and entry.covers == where.scope:
            beyond = [program for program in started if not entry.reaches(program.path)]
            yield from for_started(entry, beyond)


def read_processes(path: str, tree: Tree) -> Iterator[Found]:
    """Yield what a Procfile (``name: command``) or a crontab configures and starts."""
    where = Commands(path, scope_of(path, tree), each_anew="crontab" not in basename(path))
    scene = scene_in(dirname(path), path, tree)
    text = _text(path, tree)
    lines = [(n, _PROCESS.sub("", line)) for n, line in enumerate(text.splitlines(), 1)]
    yield from read_commands(lines, scene, where)


def _fitting(found: list[Found], tree: Tree) -> int:
    """Return how well a reading of a script fits: what it starts, less folders that are not."""
    points = 0
    for one in found:
        if isinstance(one, ConfiguredPath):
            folders = [folder for folder in one.folders or () if folder]
            points += sum(1 if folder in tree.folders else -1 for folder in folders)
        else:
            points += 1
    return points


def _text(path: str, tree: Tree) -> str:
    content = tree.read(path)
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    return content.decode(encoding, errors="replace")
