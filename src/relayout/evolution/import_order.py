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


def in_their_order(base: Tree, ours: Tree, theirs: Tree) -> tuple[Tree, Tree]:
    """Return ``base`` and ``ours`` with the imports that ``theirs`` has too in the order of it.

    Files that the user has left as they were stay as they are: there, nothing can meet. Where he
    changed an import, or their order, his order stays.
    """
    files = dict(_reordered(base, ours, theirs))
    mine = {
        path: _in_order(ours.read(path), theirs.read(path))
        for path in files
        if path in ours and _imports(ours.read(path)) == _imports(base.read(path))
    }
    return base.with_content(files), ours.with_content(mine)


def _reordered(base: Tree, ours: Tree, theirs: Tree) -> Iterator[tuple[str, bytes]]:
    for path in base.modules & theirs.modules:
        if base[path].blob in (theirs[path].blob, ours[path].blob if path in ours else ""):
            continue
        content, their_content = base.read(path), theirs.read(path)
        mine, wanted = _imports(content), _imports(their_content)
        if mine != wanted and sorted(mine) == sorted(wanted):
            yield path, _in_order(content, their_content)


def _imports(content: bytes) -> list[bytes]:
    return _IMPORT.findall(content)


def _in_order(content: bytes, other: bytes) -> bytes:
    """Return a text with its imports, one after the other, replaced by those of another."""
    following = iter(_imports(other))
    return _IMPORT.sub(lambda _: next(following), content)
