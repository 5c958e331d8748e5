"""Paths that nothing in the repository explains: what they seem to name, all of it in doubt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from relayout.inventory.configured_paths.compose import is_compose
from relayout.inventory.references.commandline.surroundings import Surroundings
from relayout.inventory.references.commandline.words import commands_in
from relayout.inventory.references.reference import Reference
from relayout.tree import Tree

_WORD = re.compile(r"[^\s\"'`,;|&()<>\[\]{}=$*:]+")
_TARGET = re.compile(r"(?:-[ \t]+[\"']?[^\s:\"']+:|target:[ \t]*[\"']?)(/[\w./-]+)")
_DEEPEST = 12
_PRINTS = frozenset({"echo", "printf"})
_DOUBT = "and the container that it is read in has to have it at its new place"


def seem_to_name(text: str, around: Surroundings) -> Iterator[Reference]:
    """Yield the files that words with a slash seem to name.

    What a path in a container begins with (``/app``) is not known: the longest end of it that is
    a file of the repository is taken, if that has a folder, or is a program.
    """
    for match in _WORD.finditer(text):
        word = match[0]
        parts = word.split("/")
        if "://" in word or not 1 < len(parts) <= _DEEPEST or ".." in parts:
            continue
        for index in range(len(parts)):
            found = _file(parts[index:], around)
            if found is not None:
                prefix = word[: len(word) - len("/".join(parts[index:]))]
                start, end = match.span()
                place = Reference(start, end, word, found, around.kind, prefix=prefix)
                yield replace(place, doubt=_DOUBT, runs=found.endswith(".py"))
                break


@lru_cache(maxsize=4)
def _mounted(tree: Tree) -> tuple[str, ...]:
    """Return the paths in containers, each with a slash, at which compose files mount folders."""
    found: set[str] = set()
    for path in tree:
        if is_compose(path) and tree.is_regular(path):
            text = tree.read(path).decode("utf-8", errors="replace")
            found |= {target.rstrip("/") + "/" for target in _TARGET.findall(text)}
    return tuple(sorted(found))


def _file(parts: list[str], around: Surroundings) -> str | None:
    path = "/".join(part for part in parts if part != ".")
    is_sure = "/" in path or path.endswith((".py", ".sh"))
    return path if parts[0] and is_sure and path in around.scene.tree else None


def in_containers(text: str, around: Surroundings) -> Iterator[Reference]:
    """Yield the files that the absolute paths in commands seem to name.

    Where a compose file mounts a folder, it still does so when that moved: such a path stays.
    """
    mounted = _mounted(around.scene.tree)
    for command in commands_in(text, 0, len(text)):
        if command.words and command.words[0].text in _PRINTS:
            continue
        for word in command.words:
            if word.text.startswith("/") and not word.text.startswith(mounted):
                for found in seem_to_name(word.text, around):
                    begin, end = found.start + word.start, found.end + word.start
                    yield replace(found, start=begin, end=end)
