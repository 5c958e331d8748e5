"""Shims whose modules have moved on: what they say of them is as true as what they call."""

from __future__ import annotations

from collections.abc import Mapping

from relayout.inventory import Inventory
from relayout.inventory.shims import is_shim, read_shim
from relayout.rewriting.destination import Destination


def retold_shims(
    inventory: Inventory, destination: Destination, contents: Mapping[str, bytes]
) -> dict[str, bytes]:
    """Return the shims among rewritten ``contents`` (by path after) with docstrings that follow."""
    retold: dict[str, bytes] = {}
    for path in inventory.python:
        new_path = destination.of_file(path)
        if new_path not in contents or not is_shim(path, inventory):
            continue
        before = read_shim(path, inventory.tree.read(path))
        after = read_shim(new_path, contents[new_path])
        if before is None or after is None:
            continue
        text = contents[new_path]
        for old, new in zip(before.targets, after.targets, strict=True):
            docstring, quotes, rest = text.partition(b'"""\n')
            for end in (b".", b":"):
                docstring = docstring.replace(old.encode() + end, new.encode() + end)
            text = docstring + quotes + rest
        retold[new_path] = text
    return retold
