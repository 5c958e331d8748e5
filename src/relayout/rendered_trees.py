"""The trees that Copier rendered during an update, as its tasks put them aside.

They are commits of a bare repository in a temporary folder: the task in the suite's ``hooks``
writes one for each temporary rendering, under a name that counts up.
"""

from __future__ import annotations

import os
from pathlib import Path

from relayout.repository import Repository
from relayout.tree import Tree

_OLD = "refs/renderings/old"
_ALL = "refs/renderings"


class RenderedTrees:
    """What was put aside in ``store``, read through the repository that is updated."""

    def __init__(self, repository: Repository, store: Path) -> None:
        self._repository = repository
        self._store = store

    def keep_old(self) -> bool:
        """Take the last rendering for that of the old version; forget all others.

        Returns whether there is one. Earlier ones are of an update that was cut off.
        """
        found = self._last()
        if not found:
            return False
        commit = self._git("rev-parse", found).strip()
        for name in self._names():
            self._git("update-ref", "-d", name)
        self._git("update-ref", _OLD, commit)
        return True

    def old(self) -> Tree | None:
        """Return the rendering of the old version, or None. Raises GitError."""
        return self._read(_OLD) if _OLD in self._names() else None

    def new(self) -> Tree | None:
        """Return the rendering of the new version, or None. Raises GitError."""
        last = self._last()
        return self._read(last) if last else None

    def _last(self) -> str:
        return max((name for name in self._names() if name != _OLD), default="")

    def _names(self) -> list[str]:
        if not (self._store / "HEAD").is_file():
            return []
        return self._git("for-each-ref", "--format=%(refname)", _ALL).splitlines()

    def _read(self, name: str) -> Tree:
        """Return the tree of a rendering, whose objects the repository has from then on."""
        commit = self._git("rev-parse", name).strip()
        store = os.fspath(self._store)
        self._repository.git("fetch", "--quiet", "--no-tags", "--no-write-fetch-head", store, name)
        return self._repository.tree(commit)

    def _git(self, *arguments: str) -> str:
        return self._repository.git(f"--git-dir={self._store}", *arguments)
