"""Updates, made or checked, for people at a terminal and as JSON."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.markup import escape

from relayout.planning.document import finding_entries
from relayout.prepared_update import WAY_BACK
from relayout.reporting.terminal import printable, show_findings
from relayout.update_check import Checked
from relayout.updating import Updated

_SHOWN = 12
"""How many moves are shown."""


def update_document(updated: Updated) -> dict[str, Any]:
    """Return what an update does as JSON data."""
    return {
        "from": updated.old,
        "to": updated.new,
        "moves": dict(updated.moves),
        "conflicts": list(updated.conflicts),
        "findings": finding_entries(updated.findings),
    }


def checked_document(checked: Checked) -> dict[str, Any]:
    """Return what an update would do as JSON data."""
    document = update_document(checked.updated)
    return {**document, "changed_files": checked.changed, "clean": checked.is_clean}


def show_update(console: Console, updated: Updated) -> None:
    """Print what an update did, and how to go on."""
    _show(console, updated)
    if updated.conflicts:
        console.print("Settle the conflicts, then: git add --all && git commit")
    console.print(WAY_BACK)


def show_checked(console: Console, checked: Checked) -> None:
    """Print what an update would do."""
    if not checked.changed and checked.updated.old == checked.updated.new:
        console.print(f"Up to date: the layout is at version {checked.updated.new}.")
        return
    _show(console, checked.updated)
    console.print(f"It would change {_counted(checked.changed, 'file')}. Nothing was changed.")
    console.print("[dim]To make the update: copier update --trust[/]")


def _show(console: Console, updated: Updated) -> None:
    console.print(f"[bold]{escape(updated.old)} -> {escape(updated.new)}[/]")
    moves = list(updated.moves.items())
    for old, new in moves[:_SHOWN]:
        console.print(f"  {escape(printable(old))} -> {escape(printable(new))}")
    if len(moves) > _SHOWN:
        console.print(f"  [dim]... and {len(moves) - _SHOWN} more moves: --json[/]")
    for path in updated.conflicts:
        console.print(f"  [red]conflict[/] {escape(printable(path))}")
    show_findings(console, updated.findings, len(updated.findings))
    console.print(
        f"{_counted(len(moves), 'move')}, {_counted(len(updated.conflicts), 'conflict')}, "
        f"{_counted(len(updated.findings), 'finding')}."
    )


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
