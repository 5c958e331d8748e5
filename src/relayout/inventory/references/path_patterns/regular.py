"""Regular expressions for paths: the literal paths that they are made of.

An expression is searched for in a path that counts from the root, often with a slash before it. A
literal part names something from the root if ``^`` stands before it, groups set aside; any other
holds at every depth, and is taken for a path only if it has a slash.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from relayout.inventory.references.commandline.surroundings import Surroundings
from relayout.inventory.references.commandline.words import Word
from relayout.inventory.references.reference import Reference, is_there, named_from
from relayout.tree import Tree

_LONGEST = 20_000
_TOKEN = re.compile(
    r"(?P<literal>(?:[\w/-]|\\[./-]|\.(?![*+?{]))+)"
    r"|(?P<group>\((?:\?(?:[aiLmsux]+\)|[:=!>]|<[=!]|P?<\w+>))?)"
    r"|(?P<class>\[(?:\\.|[^\]\\]){0,200}\])|(?P<comment>[ \t]\#[^\n]*)|(?P<blank>\s+)|\\.|.",
    re.DOTALL,
)


def regular_paths(word: Word, around: Surroundings) -> Iterator[Reference]:
    """Yield the paths that the literal parts of an expression name."""
    if around.base is None or len(word.text) > _LONGEST:
        return
    anchored = [False]
    """For each open group, whether what begins an alternative in it begins the path."""
    here = False
    is_verbose = "\n" in word.text
    for match in _TOKEN.finditer(word.text):
        kind, mark = match.lastgroup, match.group()
        if kind == "literal":
            yield from _literal(match, word, here, around)
            here = here and mark == "/"
        elif kind == "group":
            if not mark.endswith(")"):  # flags, which are no group
                anchored.append(here)
        elif mark == "^":
            here = True
        elif mark == "|":
            here = anchored[-1]
        elif mark == ")":
            if len(anchored) > 1:
                anchored.pop()
            here = False
        elif not (is_verbose and kind in ("blank", "comment")):
            here = False


def _literal(
    match: re.Match[str], word: Word, anchored: bool, around: Surroundings
) -> Iterator[Reference]:
    """Yield what one literal part names: all of it, or the folder that it begins with."""
    raw = match.group()
    follows = word.text[match.end() : match.end() + 1]
    if follows and follows in "*+?{":
        raw = raw[:-2] if raw[-2:-1] == "\\" else raw[:-1]
    skipped = len(raw) - len(raw.lstrip("/"))
    text = raw.strip("/")
    tree, base = around.scene.tree, around.base
    for candidate in (text, text.rpartition("/")[0]):
        path = candidate.replace("\\", "")
        is_named = anchored or "/" in path
        if base is None or not path.strip("./") or not is_named:
            return
        named = _named(path, base.folder, tree, anchored)
        if named is not None:
            start = word.start + match.start() + skipped
            end = start + len(candidate)
            found = Reference(start, end, candidate, named, around.kind, base, regular="\\")
            yield replace(found, anywhere=not anchored)
            return


def _named(path: str, base: str, tree: Tree, anchored: bool) -> str | None:
    """Return what a path names from the folder, or else, at any depth, the only one of its name."""
    named = named_from(base, path)
    if named is not None and is_there(named, tree):
        return named
    if anchored:
        return None
    found = [p for p in (*tree, *tree.folders) if p.endswith(f"/{path}")]
    return found[0] if len(found) == 1 else None
