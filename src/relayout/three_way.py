"""Git's three-way merge of whole trees, beside the work tree (https://git-scm.com/docs/git-merge-tree).

Nothing is checked out and no branch moves: the result is a tree, and what could not be merged.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from relayout.repository import GitError, Repository
from relayout.tree import Entry, Tree, is_within

BASE, OURS, THEIRS = 1, 2, 3
"""Stages of an unmerged path in git's index."""

_AUTHOR = {
    key: value
    for role in ("AUTHOR", "COMMITTER")
    for key, value in (
        (f"GIT_{role}_NAME", "relayout"),
        (f"GIT_{role}_EMAIL", "relayout@localhost"),
        (f"GIT_{role}_DATE", "2000-01-01T00:00:00+0000"),
    )
}
"""Who makes the commits that are merged: they are read by git alone, and belong to no branch."""

_OPTIONS = ("-c", "merge.conflictStyle=merge", "-c", "merge.directoryRenames=true")


@dataclass(frozen=True)
class Unmerged:
    """A path that git could not merge: its entries by stage (base 1, ours 2, theirs 3)."""

    path: str
    stages: Mapping[int, Entry] = field(default_factory=dict)


@dataclass(frozen=True)
class Merge:
    """The tree that a merge gives, with git's markers where it could not decide, and where."""

    tree: Tree
    unmerged: tuple[Unmerged, ...] = ()

    def inside(self, whole: Tree, folder: str) -> Merge:
        """Return the same for a whole repository, of which the merge is about one folder."""
        around = whole.without({path for path in whole if is_within(path, folder)})
        placed = self.tree.moved({path: f"{folder}/{path}" for path in self.tree})
        unmerged = (Unmerged(f"{folder}/{one.path}", one.stages) for one in self.unmerged)
        return Merge(around.with_files_of(placed), tuple(unmerged))


@dataclass(frozen=True)
class Labels:
    """What the markers of a conflict call each side."""

    base: str
    ours: str
    theirs: str


class TreeMerge:
    """Merges trees beside the work tree of a repository."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._head = repository.tree("HEAD")
        self._written: dict[int, tuple[Tree, str]] = {}

    def merge(self, base: Tree, ours: Tree, theirs: Tree) -> Merge:
        """Return the merge of two trees that come from ``base``. Raises GitError."""
        root = self._commit(base)
        sides = [self._commit(side, root) for side in (ours, theirs)]
        output = self._repository.run_git(
            *_OPTIONS, "merge-tree", "--write-tree", "--no-messages", "-z", *sides, fine=(0, 1)
        )
        tree_id, *records = os.fsdecode(output).split("\0")
        return Merge(self._repository.tree(tree_id), _unmerged(records))

    def renames(self, before: Tree, after: Tree) -> dict[str, str]:
        """Return the files that git takes for renamed between two trees. Raises GitError."""
        if all(path in after for path in before):
            return {}
        ids = [self.write(tree) for tree in (before, after)]
        output = self._repository.git(
            "diff-tree", "-r", "-z", "-M", "--diff-filter=R", "--name-status", *ids
        )
        fields = output.split("\0")
        return {
            fields[at + 1]: fields[at + 2]
            for at in range(0, len(fields) - 2, 3)
            if fields[at].startswith("R")
        }

    def marked(self, base: bytes, ours: bytes, theirs: bytes, labels: Labels) -> tuple[bytes, int]:
        """Return a file's three-way merge, with markers, and how many conflicts are in it.

        Raises GitError for what is no text.
        """
        with tempfile.TemporaryDirectory(prefix="relayout-") as folder:
            sides = {"ours": ours, "base": base, "theirs": theirs}
            for name, content in sides.items():
                (Path(folder) / name).write_bytes(content)
            paths = [os.fspath(Path(folder) / name) for name in sides]
            said = [labels.ours, labels.base, labels.theirs]
            options = [option for label in said for option in ("-L", label)]
            merged = self._repository.run_git(
                *_OPTIONS, "merge-file", "-p", *options, *paths, fine=range(128)
            )
        return merged, merged.count(f"<<<<<<< {labels.ours}".encode())

    def check_out(self, merge: Merge) -> None:
        """Make a merge that of the work tree and the index, which are at HEAD. Raises GitError.

        Paths that are unmerged are so in the index (https://git-scm.com/docs/git-update-index).
        """
        self._repository.git("read-tree", "-m", "-u", "HEAD", self.write(merge.tree))
        records = b""
        for one in merge.unmerged:
            lines = [f"0 {'0' * 40}\t{one.path}"]
            lines += [f"{e.mode} {e.blob} {stage}\t{one.path}" for stage, e in one.stages.items()]
            records += b"".join(os.fsencode(line) + b"\0" for line in lines)
        if records:
            self._repository.git("update-index", "-z", "--index-info", stdin=records)

    def read(self, blob: str) -> bytes:
        """Return the content of a blob. Raises GitError."""
        return self._repository.run_git("cat-file", "blob", blob)

    def keep(self, contents: Mapping[str, bytes]) -> None:
        """Write blobs, given by their ids. Raises GitError."""
        self._repository.write_blobs(contents)

    def write(self, tree: Tree) -> str:
        """Return the id of a tree that is written into the repository. Raises GitError."""
        known = self._written.get(id(tree))
        if known is None:
            written = self._repository.write_tree(tree, self._head, "HEAD")
            known = self._written[id(tree)] = (tree, written)  # kept, so that its id is its own
        return known[1]

    def _commit(self, tree: Tree, *parents: str) -> str:
        options = [option for parent in parents for option in ("-p", parent)]
        command = ["commit-tree", self.write(tree), *options, "-m", "One side of an update"]
        return self._repository.git(*command, env=_AUTHOR).strip()


def _unmerged(records: list[str]) -> tuple[Unmerged, ...]:
    """Return what the lines ``mode object stage TAB path`` of git say."""
    found: dict[str, dict[int, Entry]] = {}
    for record in records:
        if not record:
            break
        facts, path = record.split("\t", 1)
        mode, blob, stage = facts.split(" ")
        found.setdefault(path, {})[int(stage)] = Entry(blob, mode)
    return tuple(Unmerged(path, stages) for path, stages in found.items())


def require_merge_tree(repository: Repository) -> None:
    """Raise GitError if this git is too old to merge trees: it can since 2.38."""
    said = repository.git("--version")
    version = tuple(int(part) for part in said.split()[2].split(".")[:2] if part.isdigit())
    if version < (2, 38):
        raise GitError(f"{said.strip()} cannot merge trees; 2.38 can")
