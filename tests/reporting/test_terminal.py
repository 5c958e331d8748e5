"""Results for people: what was decided, what failed, and where."""

from __future__ import annotations

import io
from dataclasses import replace

from rich.console import Console

from migrations import checks_of, migrate_files, migrate_tree
from relayout.planning.homes import Home
from relayout.planning.plan import Finding, Move, Plan
from relayout.reporting.terminal import show_checks, show_findings, show_plan, show_progress
from relayout.verification import Check
from workbench import LEGACY


def shown(plan: Plan) -> str:
    console = Console(file=io.StringIO(), width=200)
    show_plan(console, plan)
    return console.file.getvalue()  # type: ignore[attr-defined, no-any-return]


def test_a_plan_names_rules_counts_and_findings() -> None:
    line = Finding("reference-not-followed", "flow.yml", 2, "it names load.py", "Change it.")
    text = shown(replace(migrate_files(LEGACY).plan, findings=(line,)))
    assert "scripts/load.py -> src/pipelines/scripts/load.py" in text
    assert "console scripts: load" in text
    assert "reference-not-followed (1)" in text
    assert "flow.yml:2: it names load.py" in text
    assert "help: Change it." in text


def test_a_plan_with_nothing_to_do() -> None:
    text = shown(migrate_tree(migrate_files(LEGACY).after).plan)
    assert text == "Nothing to do: the repository is on the layout src-layout.\n"


def test_names_with_markup_newlines_and_odd_bytes_are_shown_on_one_line() -> None:
    names = ("[bold]x[/bold].py", "two\nlines.py", "caf\udce9.py")
    moves = tuple(Move(name, f"src/{name}", f"rule-{n}", "why") for n, name in enumerate(names))
    findings = tuple(Finding(f"code-{n}", name, 1, name) for n, name in enumerate(names))
    text = shown(Plan("src-layout", (Home("p"),), moves=moves, findings=findings))
    text.encode("utf-8")
    assert "[bold]x[/bold].py" in text
    assert "two\nlines" not in text


def test_many_findings_of_one_code_are_summed_up() -> None:
    console = Console(file=io.StringIO(), width=200)
    show_findings(console, [Finding("x", f"f{n}.py", 0, "what", "how") for n in range(10)])
    text = console.file.getvalue()  # type: ignore[attr-defined]
    assert "x (10)" in text
    assert "and 7 more" in text
    assert text.count("help: how") == 1


def test_checks_that_failed_say_where() -> None:
    console = Console(file=io.StringIO(), width=200)
    show_checks(
        console, [*checks_of(migrate_files(LEGACY)).values(), Check("x", False, 9, ("[a]",) * 9)]
    )
    text = console.file.getvalue()  # type: ignore[attr-defined]
    assert "there is no pyproject.toml" in text
    assert "failed (9)" in text
    assert "and 6 more" in text
    assert "[a]" in text


def test_progress_is_silent_in_a_pipe() -> None:
    console = Console(file=io.StringIO())
    assert list(show_progress(console, "Reading", ["a", "b"], 2)) == ["a", "b"]
    assert console.file.getvalue() == ""  # type: ignore[attr-defined]
