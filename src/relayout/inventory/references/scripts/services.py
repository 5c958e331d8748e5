"""Files that say which processes to keep running: Procfile, units of systemd, supervisor's.

Where the repository is on the machine of a service is told by what its file names: the working
folder is the repository, or a folder in it, if paths below it are those of the repository.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from fnmatch import fnmatch
from itertools import pairwise
from posixpath import basename, dirname

from relayout.inventory.configured_paths.values import Mounts, scene_in
from relayout.inventory.references.commandline.commands import references_in
from relayout.inventory.references.commandline.surroundings import Surroundings, word_paths
from relayout.inventory.references.commandline.words import Word, commands_in
from relayout.inventory.references.reference import ROOT, Reference
from relayout.inventory.references.scripts.shell import starts
from relayout.tree import Tree, ancestors

_PROCESS = re.compile(r"^[\w-]+:[ \t]*(?P<command>[^\r\n]*)", re.MULTILINE)
_SECTION = re.compile(r"^\[(?P<name>[^\]\r\n]*)\]", re.MULTILINE)
_ENTRY = re.compile(
    r"^(?P<key>[A-Za-z_]+)[ \t]*=[ \t]*(?P<value>(?:[^\\\r\n]|\\.|\\\r?\n)*)", re.MULTILINE
)
_STARTS = re.compile(r"Exec\w+|command")
_FOLDER = frozenset({"WorkingDirectory", "directory"})
_FILES = frozenset({"EnvironmentFile", "files", "ConditionPathExists", "PIDFile"})
_SETS = frozenset({"Environment", "environment"})
_MODIFIERS = re.compile(r"[-@:+!]*")


@dataclass(slots=True)
class _Section:
    """What belongs to one service: its entries, each a key and where its value stands."""

    entries: list[tuple[str, int, int]] = field(default_factory=list)
    folder: str | None = None


def is_procfile(path: str) -> bool:
    """Tell whether a file is a Procfile, by its name."""
    return basename(path).startswith("Procfile")


def read_procfile(text: str, path: str, tree: Tree) -> Iterator[Reference]:
    """Yield what the commands of a Procfile name; they run in its folder."""
    around = starts(path, tree, "procfile", frozenset(), own_first=True)[0]
    for match in _PROCESS.finditer(text):
        yield from references_in(commands_in(text, *match.span("command")), around)


def is_unit(path: str) -> bool:
    """Tell whether a file is a service of systemd, or one of supervisor's files, by its name."""
    return path.endswith(".service") or is_supervisor(path)


def is_supervisor(path: str) -> bool:
    """Tell whether a file is one of supervisor's, by its name."""
    return fnmatch(basename(path), "supervisor*.conf") or (
        basename(dirname(path)).startswith("supervisor") and path.endswith((".conf", ".ini"))
    )


def read_unit(text: str, path: str, tree: Tree) -> list[Reference]:
    """Return what a unit of systemd or a file of supervisor names."""
    kind = "supervisor" if is_supervisor(path) else "systemd"
    found: list[Reference] = []
    for section in _sections(text):
        places = _places(section, path, kind, tree)
        readings = [_of_section(section, text, around) for around in places]
        best: list[Reference] = max(readings, key=len, default=[])
        found += best
    return found


def _sections(text: str) -> list[_Section]:
    """Return the services of a file: a unit of systemd is one, whatever sections it has."""
    starts_at = [match.start() for match in _SECTION.finditer(text) if "program:" in match["name"]]
    bounds = [0, *starts_at, len(text)]
    sections = []
    for begin, end in pairwise(bounds):
        section = _Section()
        for match in _ENTRY.finditer(text, begin, end):
            section.entries.append((match["key"], *match.span("value")))
            if match["key"] in _FOLDER:
                section.folder = match["value"].strip().strip("\"'")
        sections.append(section)
    return sections


def _places(section: _Section, path: str, kind: str, tree: Tree) -> Iterator[Surroundings]:
    """Yield the surroundings in which a service's working folder may be read."""
    folder = (section.folder or "").rstrip("/")
    if not folder.startswith("/"):
        if kind == "supervisor":
            yield from starts(path, tree, kind, frozenset())
        return
    scene = replace(scene_in("", path, tree), here=folder)
    for root in (folder, *ancestors(folder)):
        inside = folder[len(root) + 1 :]
        if len(root) > 1 and inside in ("", *tree.folders):
            mounts = Mounts(((root, ""),))
            yield Surroundings(path, kind, replace(scene, mounts=mounts), ROOT)


def _of_section(section: _Section, text: str, outside: Surroundings) -> list[Reference]:
    """Return what a service names; nothing if no program or file of it is in the repository."""
    around = outside
    if section.folder:
        around = outside.entered(outside.scene.absolute(section.folder))
    found: list[Reference] = []
    for key, begin, end in section.entries:
        modifiers = _MODIFIERS.match(text, begin, end)
        start = modifiers.end() if modifiers else begin
        value = text[start:end].rstrip()
        if _STARTS.fullmatch(key):
            found += references_in(commands_in(text, start, end), around)
        elif key in _FILES:
            found += word_paths(Word(start, start + len(value), value), around, plain=True)
        elif key in _SETS:
            for command in commands_in(text, start, end):
                settings = [w for w in command.words if not w.text.startswith("PYTHONPATH")]
                found += (r for word in settings for r in word_paths(word, around, plain=False))
    folder = next(((s, e) for key, s, e in section.entries if key in _FOLDER), None)
    if found and folder:
        start, end = folder
        value = text[start:end].rstrip()
        found += word_paths(Word(start, start + len(value), value), outside, plain=True)
    return found
