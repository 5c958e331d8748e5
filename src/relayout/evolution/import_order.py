"""Imports that stand in another order only because what they import is called otherwise.

A new version sorts its imports by the new names. The old rendering, with its moves made, has them
where they stood. That is no change of the new version's, and must not meet an edit beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from relayout.tree import Tree

_IMPORT = re.compile(rb"(?m)^(?:from\s+[.\w]+\s+import\s+[^(\\\r\n]+|import\s+[^(\\\r\n]+)\r?\n?")
"""Import statements of one line that stand at the margin."""


def in_their_order(base: Tree, ours: Tree, theirs: Tree) -> Tree:
    """Return ``base`` with its imports in the order of ``theirs``, where they are the same ones.

    Files that the user has left as they were stay as they are: there, nothing can meet.
    """
    return base.with_content(dict(_reordered(base, ours, theirs)))


def _reordered(base: Tree, ours: Tree, theirs: Tree) -> Iterator[tuple[str, bytes]]:
    for path in base.modules & theirs.modules:
        if base[path].blob in (theirs[path].blob, ours[path].blob if path in ours else ""):
            continue
        content, their_content = base.read(path), theirs.read(path)
        mine, wanted = _IMPORT.findall(content), _IMPORT.findall(their_content)
        if mine != wanted and sorted(mine) == sorted(wanted):
            following = iter(wanted)
            yield path, _IMPORT.sub(lambda _, lines=following: next(lines), content)  # type: ignore[misc]
