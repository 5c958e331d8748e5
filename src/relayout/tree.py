"""The files of one git revision, in memory and immutable; an edit makes a new tree."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

REGULAR = "100644"
EXECUTABLE = "100755"
SYMLINK = "120000"
SUBMODULE = "160000"

_MEMBER = re.compile(r"packages/[^/]+/src")


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a tree: its git blob id and its git mode."""

    blob: str
    mode: str = REGULAR


def blob_id(content: bytes) -> str:
    """Return the id that git gives a blob with this content (Git book, chapter 10.2)."""
    return hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


class Tree:
    """Paths (repository-relative, with ``/``) and what is under them.

    Content is loaded on demand through ``load``, which takes a blob id and returns its bytes;
    content that an edit made is kept in ``made``, by blob id, until it is written. ``places`` are
    folders that git does not hold and the repository has where it runs, such as those of services'
    data: they can be named and moved, and are never files of a commit.
    """

    def __init__(
        self,
        entries: Mapping[str, Entry],
        load: Callable[[str], bytes],
        made: Mapping[str, bytes] | None = None,
        places: Iterable[str] = (),
    ) -> None:
        self._entries = dict(entries)
        self._load = load
        self.made: Mapping[str, bytes] = dict(made or {})
        self.places = frozenset(places)

    @classmethod
    def of(cls, files: Mapping[str, bytes | str]) -> Tree:
        """Return a tree of these files; text is encoded as UTF-8."""
        made: dict[str, bytes] = {}
        entries: dict[str, Entry] = {}
        for path, content in files.items():
            data = content.encode() if isinstance(content, str) else content
            made[blob_id(data)] = data
            entries[path] = Entry(blob_id(data))
        return cls(entries, made.__getitem__, made)

    def __contains__(self, path: str) -> bool:
        return path in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def __getitem__(self, path: str) -> Entry:
        return self._entries[path]

    @cached_property
    def folders(self) -> frozenset[str]:
        """Every folder that holds a file at some depth, and every place; the root is empty."""
        found: set[str] = {""}
        for path in self._entries:
            folder = path.rpartition("/")[0]
            while folder not in found:
                found.add(folder)
                folder = folder.rpartition("/")[0]
        return frozenset(found | self.places)

    @cached_property
    def sources(self) -> tuple[str, ...]:
        """The folders that code is imported from by convention.

        They are ``src`` of the root, and of each member of a workspace in ``packages/``.
        """
        members = sorted(folder for folder in self.folders if _MEMBER.fullmatch(folder))
        return ("src", *members)

    @cached_property
    def modules(self) -> frozenset[str]:
        """Paths of the regular files that end in ``.py``."""
        return frozenset(p for p in self._entries if p.endswith(".py") and self.is_regular(p))

    def is_regular(self, path: str) -> bool:
        """Tell whether the path is a file with content of its own: no symlink, no submodule."""
        return path in self._entries and self._entries[path].mode in (REGULAR, EXECUTABLE)

    def read(self, path: str) -> bytes:
        """Return the content of the file (of a symlink: its target). Raises KeyError."""
        blob = self._entries[path].blob
        made = self.made.get(blob)
        return self._load(blob) if made is None else made

    def below(self, folder: str) -> Tree:
        """Return the tree of what is below a folder, with paths that count from there."""
        if not folder:
            return self
        start = len(folder) + 1
        entries = {p[start:]: e for p, e in self._entries.items() if p.startswith(f"{folder}/")}
        places = (p[start:] for p in self.places if p.startswith(f"{folder}/"))
        return Tree(entries, self._load, self.made, places)

    def with_places(self, places: Iterable[str]) -> Tree:
        """Return a tree that has these folders as well, which git does not hold."""
        return Tree(self._entries, self._load, self.made, self.places.union(places))

    def moved(self, moves: Mapping[str, str]) -> Tree:
        """Return a tree in which each file of ``moves`` is at its new path, content unchanged."""
        entries = {moves.get(path, path): entry for path, entry in self._entries.items()}
        if len(entries) != len(self._entries):
            raise ValueError("two files were moved to one path")
        places = (relocated(place, moves) for place in self.places)
        return Tree(entries, self._load, self.made, places)

    def with_content(self, contents: Mapping[str, bytes]) -> Tree:
        """Return a tree with these files written; a path that exists keeps its mode."""
        entries, made = dict(self._entries), dict(self.made)
        for path, content in contents.items():
            blob = blob_id(content)
            made[blob] = content
            mode = entries[path].mode if path in entries else REGULAR
            entries[path] = Entry(blob, mode)
        return Tree(entries, self._load, made, self.places)

    def with_files_of(self, other: Tree) -> Tree:
        """Return a tree that has the files of another as well; where both have one, the other's."""
        entries = {**self._entries, **other._entries}
        made = {**self.made, **other.made}

        def load(blob: str) -> bytes:
            return other._load(blob) if blob in others else self._load(blob)

        others = {entry.blob for entry in other._entries.values()}
        return Tree(entries, load, made, self.places | other.places)

    def without(self, paths: Collection[str]) -> Tree:
        """Return a tree that does not have these files."""
        entries = {path: entry for path, entry in self._entries.items() if path not in paths}
        return Tree(entries, self._load, self.made, self.places)

    def with_modes(self, modes: Mapping[str, str]) -> Tree:
        """Return a tree in which these paths have these git modes."""
        changed = {path: Entry(self._entries[path].blob, mode) for path, mode in modes.items()}
        return Tree({**self._entries, **changed}, self._load, self.made, self.places)

    def changed_since(self, older: Tree) -> tuple[dict[str, Entry], list[str]]:
        """Return (entries written since ``older``, paths removed since)."""
        written = {
            path: entry
            for path, entry in self._entries.items()
            if path not in older or older[path] != entry
        }
        return written, [path for path in older if path not in self._entries]


def is_within(path: str, folder: str) -> bool:
    """Tell whether a path is a folder, or lies below it; all paths lie below the root."""
    return not folder or path == folder or path.startswith(f"{folder}/")


def relocated(place: str, moves: Mapping[str, str]) -> str:
    """Return where a place is after moves: where it went, or the nearest folder above it."""
    for folder in (place, *ancestors(place)):
        if folder in moves:
            return f"{moves[folder]}{place[len(folder) :]}"
    return place


def ancestors(path: str) -> Iterable[str]:
    """Return the folders above a path, the nearest first and the root (empty string) last."""
    return _with_those_above(path.rpartition("/")[0]) if path else ()


@lru_cache(maxsize=1 << 16)
def _with_those_above(folder: str) -> tuple[str, ...]:
    """Return a folder and those above it. Files by the thousand stand in the same ones."""
    found = [folder]
    while folder:
        folder = folder.rpartition("/")[0]
        found.append(folder)
    return tuple(found)
