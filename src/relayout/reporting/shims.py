"""Shims and who uses them, for people at a terminal and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape

from relayout.reporting.terminal import printable
from relayout.shims import ListedShim, Pruned

_SHOWN = 10
"""How many uses of one shim are shown."""


def show_shims(console: Console, listed: Sequence[ListedShim]) -> None:
    """Print the shims, each with the places that use it."""
    if not listed:
        console.print("There are no shims: every module has only the path that it stands at.")
        return
    for each in listed:
        shim = each.shim
        removed = f" (until {shim.removed_in})" if shim.removed_in else ""
        targets = ", ".join(shim.targets)
        console.print(f"{escape(printable(shim.path))} -> {escape(targets)}[dim]{removed}[/]")
        for use in each.uses[:_SHOWN]:
            place = escape(printable(f"{use.path}:{use.line}"))
            console.print(f"    {place}  [dim]{escape(printable(use.text))}[/]")
        if len(each.uses) > _SHOWN:
            console.print(f"    [dim]... and {len(each.uses) - _SHOWN} more: --json[/]")
    unused = sum(not each.uses for each in listed)
    console.print(f"\n{_counted(len(listed))}, {unused} of them used by nothing here.")
    if unused:
        console.print("[dim]Nobody outside needs those either? relayout shims --prune[/]")


def show_pruned(console: Console, pruned: Pruned) -> None:
    """Print what was removed, and how to go on."""
    if not pruned.branch:
        show_shims(console, pruned.listed)
        console.print("Nothing to remove.")
        return
    for path in pruned.pruning.shims:
        console.print(f"removed {escape(printable(path))}")
    left = len(pruned.listed) - len(pruned.pruning.shims)
    console.print(f"\n{_counted(len(pruned.pruning.shims))} removed, {left} left.")
    console.print(f"You are on [bold]{pruned.branch}[/], 1 commit ahead of ", end="")
    console.print(f"[bold]{escape(pruned.base_branch)}[/].")
    console.print("Review: git show --stat   Go back: relayout undo")


def _counted(number: int) -> str:
    return f"{number} shim" if number == 1 else f"{number} shims"


def shims_document(listed: Sequence[ListedShim]) -> dict[str, Any]:
    """Return the shims, each with its old and new names and the places that use it."""
    return {
        "shims": [
            {
                "path": each.shim.path,
                "name": each.shim.name,
                "targets": list(each.shim.targets),
                "removed_in": each.shim.removed_in,
                "uses": [
                    {"path": use.path, "line": use.line, "text": use.text} for use in each.uses
                ],
            }
            for each in listed
        ]
    }


def pruned_document(pruned: Pruned) -> dict[str, Any]:
    """Return the shims that there were, and what was removed of them and for them."""
    return {
        **shims_document(pruned.listed),
        "pruned": list(pruned.pruning.shims),
        "removed": list(pruned.pruning.removed),
        "emptied": list(pruned.pruning.emptied),
        "branch": pruned.branch,
        "commit": pruned.commit,
        "base_branch": pruned.base_branch,
    }
