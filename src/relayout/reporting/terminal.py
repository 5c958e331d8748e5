"""Results for people at a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from relayout.per_file import Result

if TYPE_CHECKING:
    from relayout.adoption import Adoption
    from relayout.planning.plan import Finding, Move, Plan
    from relayout.verification import Check

_SHOWN = 3
"""How many findings of one code, or details of one check, are shown in full."""


def show_progress(
    console: Console, title: str, results: Iterable[Result], total: int
) -> Iterator[Result]:
    """Yield results while a bar on the terminal shows how many have come; silent in a pipe."""
    if not console.is_terminal:
        yield from results
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(f"{title} Python files", total=total)
        for result in results:
            yield result
            bar.advance(task)


def say(console: Console, message: str) -> None:
    """Print one line about what goes on, as it is."""
    console.print(printable(message), markup=False, highlight=False, soft_wrap=True)


def show_plan(console: Console, plan: Plan) -> None:
    """Print what a plan does: moves by rule, edits, additions, findings."""
    if plan.is_empty:
        console.print(f"Nothing to do: the repository is on the layout {plan.layout}.")
        return
    console.print(f"[bold]{plan.layout}[/], package [bold]{escape(plan.package)}[/]\n")
    for split in plan.splits:
        parts = ", ".join(f"{len(part.names)} to {part.section}" for part in split.parts)
        console.print(f"split by definition: {escape(printable(split.path))} ({parts})")
    table = Table("files", "rule", "for example", box=None, pad_edge=False)
    by_rule = Counter(move.rule for move in plan.moves)
    for rule, count in by_rule.most_common():
        move = next(m for m in plan.moves if m.rule == rule)
        table.add_row(str(count), rule, escape(f"{_readable(move)}"))
    table.add_row(str(len(plan.kept)), "(stay where they are)", "")
    console.print(table)
    edits = sum(len(edited.edits) for edited in plan.edits)
    console.print(f"\n{edits} edits in {len(plan.edits)} files, {len(plan.additions)} files added.")
    if plan.scripts:
        names = printable(", ".join(plan.scripts))
        console.print(f"{len(plan.scripts)} console scripts: {escape(names)}")
    show_findings(console, plan.findings)


def _readable(move: Move) -> str:
    return printable(f"{move.source} -> {move.target}")


def show_findings(console: Console, findings: Sequence[Finding], shown: int = _SHOWN) -> None:
    """Print findings by code, the first few of each in full: as many as are to be ``shown``."""
    if not findings:
        return
    console.print(f"\n[bold]{len(findings)} findings[/]: what a person should know or decide")
    for code, count in Counter(f.code for f in findings).most_common():
        console.print(f"\n  [yellow]{code}[/] ({count})")
        group = [finding for finding in findings if finding.code == code]
        for finding in group[:shown]:
            place = f"{finding.path}:{finding.line}" if finding.line else finding.path
            console.print(f"    {escape(printable(place))}: {escape(printable(finding.message))}")
        if group[0].help:
            console.print(f"    [dim]help: {escape(group[0].help)}[/]")
        if count > shown:
            console.print(f"    [dim]... and {count - shown} more: relayout plan --json[/]")


def show_checks(console: Console, checks: Sequence[Check]) -> None:
    """Print the outcome of checks, with details of those that failed."""
    for check in checks:
        mark = "[green]passed[/]" if check.passed else f"[red]failed[/] ({check.measured})"
        console.print(f"  {check.name:<24} {mark}{_figures(check)}")
        for detail in check.details[:_SHOWN]:
            console.print(f"      {escape(printable(detail))}")
        if len(check.details) > _SHOWN:
            console.print(f"      [dim]... and {len(check.details) - _SHOWN} more: --json[/]")


def _figures(check: Check) -> str:
    plain = [f"{k.replace('_', ' ')} {v}" for k, v in check.figures.items() if isinstance(v, int)]
    states = check.figures.get("states")
    if isinstance(states, dict):
        plain += [f"{count} {state}" for state, count in sorted(states.items())]
    return f"  [dim]{escape(', '.join(plain))}[/]" if plain else ""


def show_adoption(console: Console, adoption: Adoption) -> None:
    """Print what an adoption did and how to go on."""
    show_plan(console, adoption.migration.plan)
    if not adoption.branch:
        return
    console.print("\n[bold]Checks[/]")
    show_checks(console, adoption.checks)
    count = len(adoption.commits)
    console.print(f"\nYou are on [bold]{adoption.branch}[/], {count} commits ahead of ", end="")
    console.print(f"[bold]{escape(adoption.base_branch)}[/].")
    if adoption.left_behind:
        names = ", ".join(printable(path) for path in adoption.left_behind[:_SHOWN])
        console.print(f"Untracked files stay where they were: {escape(names)}")
    console.print("Review: git log --stat   Go back: relayout undo")


def printable(path: str) -> str:
    """Return a path that a terminal can show on one line."""
    shown = str(PurePosixPath(path)) if path.startswith("/") else path
    return shown.encode("utf-8", errors="backslashreplace").decode().replace("\n", "\\n")
