"""What a text that may be a path names in a tree, if it is read as one."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from posixpath import dirname, join, normpath

from relayout.inventory.dbt import territory
from relayout.inventory.path_consumers import Wanted
from relayout.inventory.path_texts import CURRENT, DATABASE, UNKNOWN
from relayout.inventory.path_uses import PathUse
from relayout.tree import Tree, ancestors

_WILD = re.compile(r"\*\*/?|\*|\?|\[[^\]/]*\]")
_MOST_UNKNOWN = 3
"""A text with more places that cannot be told is looked at up to the last of so many."""
_LEAD = re.compile(r"^(?:\./)+")
_NO_PATH = re.compile(r"^[~/]|^[A-Za-z]:|://|[\n\r<>|]")


@dataclass(frozen=True, slots=True)
class Written:
    """The part of a literal that is a path: where it begins in it, and what it says with ``/``.

    ``pattern`` is what follows it in the literal, from the first sign on that stands for others.
    """

    start: int
    text: str
    backslashes: bool = False
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a use of a text names: ``own`` is the path of the literal's part alone.

    ``paths`` are tracked files and folders; of a path that is not there, the nearest tracked folder
    above it. ``is_exact`` tells that all of the text is known and is there.
    """

    own: str
    paths: tuple[str, ...]
    is_exact: bool = False
    is_file: bool = False
    is_pattern: bool = False


def written_path(use: PathUse) -> Written | None:
    """Return the part of a literal that is a path, or None if it is none."""
    text, own = use.text, use.text.own
    address = DATABASE.match(own)
    start = address.end() if address else 0
    path = own[start:]
    counts_from_folder = text.base not in (CURRENT, None)
    if counts_from_folder:
        start += len(path) - len(path.lstrip("/\\"))
        path = path.lstrip("/\\")
    backslashes = "\\" in path and "/" not in path
    if backslashes:
        path = path.replace("\\", "/")
    lead = _LEAD.match(path)
    if lead:
        start += lead.end()
        path = path[lead.end() :]
    if (
        _NO_PATH.search(path)
        or UNKNOWN in path
        or normpath(path + text.rest) == "."
        or (text.base is None and not path)
    ):
        return None
    star = _WILD.search(path) if use.wanted is Wanted.PATTERN else None
    end = star.start() if star else len(path)
    return Written(start, path[:end], backslashes, path[end:])


class PathReader:
    """Reads texts as paths of one tree."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self.tree)

    def read(self, use: PathUse, folder: str) -> Reading | None:
        """Return what a text names, counted from a folder; None if it names nothing tracked."""
        written = written_path(use)
        if written is None or not written.text:
            return None
        rest = use.text.rest.replace("\\", "/") if written.backslashes else use.text.rest
        rest = written.pattern + rest
        whole = written.text + rest
        is_glob = use.wanted is Wanted.PATTERN and bool(_WILD.search(whole))
        if UNKNOWN in whole or is_glob:
            return self._read_pattern(written.text, rest, folder, is_glob)
        path = _inside(folder, whole)
        own = _inside(folder, written.text)
        if path is None or own is None:
            return None
        own += "/" if written.text.endswith("/") else ""
        if path in self.tree or (path and path in self.tree.folders):
            return Reading(own, (path,), is_exact=True, is_file=path in self.tree)
        above = self._above(path)
        return Reading(own, (above,)) if above else None

    def matches(self, use: PathUse, written: Written, text: str, folder: str) -> set[str]:
        """Return what a use names with another path in the place of the written one."""
        own = use.text.own
        changed = own[: written.start] + text + own[written.start + len(written.text) :]
        reading = self.read(replace(use, text=replace(use.text, own=changed)), folder)
        return set(reading.paths) if reading is not None else set()

    def _above(self, path: str) -> str:
        """Return the nearest tracked folder above a path; the root is the empty string.

        A folder that dbt writes counts as well.
        """
        own = territory(self.tree)
        known = (self.tree.folders, own.folders, own.known)
        places = (f for f in (path, *ancestors(path)) if any(f in named for named in known))
        return next(places, "")

    def _read_pattern(self, own: str, rest: str, folder: str, is_glob: bool) -> Reading | None:
        around, _, last = own.rpartition("/")
        above = _inside(folder, around) if own else None
        if above is None:
            return None
        prefix = f"{above}/{last}" if above else last
        head = rest.partition(UNKNOWN)[0]
        if is_glob:
            head = _WILD.split(head, maxsplit=1)[0]
        above = dirname(prefix + head)
        if not above or above not in self.tree.folders:
            return None
        pattern = _pattern_of(prefix + rest, is_glob)
        found = [path for path in self._beginning(prefix + head) if pattern.fullmatch(path)]
        return Reading(prefix, tuple(found) or (above,), is_pattern=bool(found))

    def below(self, folder: str) -> Sequence[str]:
        """Return the files in a folder at any depth, in order."""
        return self._beginning(f"{folder}/")

    def _beginning(self, text: str) -> Sequence[str]:
        first = bisect_left(self._sorted, text)
        return self._sorted[first : bisect_left(self._sorted, f"{text}\U0010ffff")]


@lru_cache(maxsize=2)
def reader_of(tree: Tree) -> PathReader:
    """Return the reader of a tree."""
    return PathReader(tree)


def _inside(folder: str, text: str) -> str | None:
    """Return the path of a text from a folder; None if it leads out of the repository."""
    path = normpath(join(folder, text))
    if path == ".." or path.startswith(("../", "/")):
        return None
    return "" if path == "." else path


def _pattern_of(text: str, is_glob: bool) -> re.Pattern[str]:
    pieces = text.split(UNKNOWN)
    if len(pieces) - 1 > _MOST_UNKNOWN:
        pieces = [*pieces[:_MOST_UNKNOWN], ""]
    return re.compile(".*".join(_glob(p) if is_glob else re.escape(p) for p in pieces), re.DOTALL)


def _glob(text: str) -> str:
    """Return the regular expression for a part of a pattern of the module ``glob``."""
    made, done = "", 0
    for stars, match in enumerate(_WILD.finditer(text), 1):
        made += re.escape(text[done : match.start()])
        done, sign = match.end(), match.group()
        if stars > _MOST_UNKNOWN:
            return f"{made}.*"
        if sign.startswith("["):
            made += "[^/]"
        else:
            made += {"*": "[^/]*", "?": "[^/]"}.get(sign, "(?:.*/)?" if sign[-1] == "/" else ".*")
    return made + re.escape(text[done:])
