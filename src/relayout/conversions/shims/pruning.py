"""Which shims can go: those that nothing uses, with what only they needed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from posixpath import basename, dirname

from relayout.inventory import Inventory
from relayout.inventory.shim_uses import uses_of
from relayout.inventory.shims import Shim, is_support
from relayout.tree import Tree, ancestors, is_within

_MARKER = "__init__.py"


@dataclass(frozen=True, slots=True)
class Pruning:
    """What becomes of a tree without the shims that nothing uses.

    ``shims`` are those that go, ``removed`` all files that do, ``emptied`` the markers of packages
    that are still needed, and were shims.
    """

    shims: tuple[str, ...]
    removed: tuple[str, ...]
    emptied: tuple[str, ...]

    def of(self, tree: Tree) -> Tree:
        """Return the tree without what goes."""
        return tree.without(self.removed).with_content(dict.fromkeys(self.emptied, b""))


def prune(inventory: Inventory, shims: Mapping[str, Shim], used: Collection[str]) -> Pruning:
    """Return what can go; ``used`` are the paths of the shims that something uses.

    What a shim that stays leads to stays as well.
    """
    kept = _with_targets(shims, used)
    gone = [path for path in shims if path not in kept]
    rest = {path for path in inventory.tree if path not in gone or basename(path) == _MARKER}
    removed = {path for path in gone if basename(path) != _MARKER}
    markers = sorted(_markers(inventory, gone), key=len, reverse=True)
    needed = {path for path, uses in uses_of(inventory, markers).items() if uses}
    for marker in markers:
        own_use = marker in needed and marker not in shims
        beside = (p for p in rest - {marker} if is_within(p, dirname(marker)))
        if not own_use and marker not in kept and next(beside, None) is None:
            removed.add(marker)
            rest.discard(marker)
    if not kept:
        removed |= _support_of(inventory, shims)
    emptied = sorted(path for path in gone if path not in removed)
    return Pruning(tuple(gone), tuple(sorted(removed)), tuple(emptied))


def _with_targets(shims: Mapping[str, Shim], used: Collection[str]) -> set[str]:
    """Return the shims that are used, with those that they lead to."""
    by_name = {shim.name: path for path, shim in shims.items()}
    kept: set[str] = set()
    pending = [path for path in shims if path in used]
    while pending:
        path = pending.pop()
        if path not in kept:
            kept.add(path)
            pending += [by_name[target] for target in shims[path].targets if target in by_name]
    return kept


def _markers(inventory: Inventory, gone: Collection[str]) -> Iterator[str]:
    """Yield the markers above shims that go: those without content, and those that are shims."""
    above = {f"{folder}/{_MARKER}" for path in gone for folder in ancestors(path) if folder}
    for marker in above:
        if marker in gone or (marker in inventory.tree and not inventory.tree.read(marker).strip()):
            yield marker


def _support_of(inventory: Inventory, shims: Mapping[str, Shim]) -> set[str]:
    """Return the modules that shims call, as far as nothing else imports them."""
    support = [path for path, file in inventory.python.items() if is_support(file)]
    importers = {path for path in inventory.python if path not in shims}
    imported = {
        file
        for path in importers
        for _, resolution in inventory.resolutions(path)
        for file in resolution.files
    }
    return set(support) - imported
