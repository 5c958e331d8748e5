"""A template that was made out of a pipeline, for people at a terminal and as JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.markup import escape

from relayout.pipeline_templates import Templated
from relayout.reporting.terminal import printable

_SHOWN = 20
"""How many remarks are shown."""


def show_templated(console: Console, made: Templated) -> None:
    """Print what the template holds, what it asks for, and how to go on."""
    template = made.template
    console.print(f"{escape(template.folder)}: {len(template.files)} files")
    console.print(f"It asks for: {', '.join(template.questions)}")
    for remark in template.remarks[:_SHOWN]:
        place = f"{remark.path}:{remark.line}" if remark.line else remark.path
        console.print(f"    {escape(printable(place))}  [dim]{escape(printable(remark.text))}[/]")
    if len(template.remarks) > _SHOWN:
        console.print(f"    [dim]... and {len(template.remarks) - _SHOWN} more: --json[/]")
    console.print(f"\nYou are on [bold]{escape(made.branch)}[/], 1 commit ahead of ", end="")
    console.print(f"[bold]{escape(made.base_branch)}[/].")
    name = template.folder.rpartition("/")[2]
    console.print(f"Try it: tools/cli/create-pipeline NAME --template {name}")
    console.print("Review: git show --stat   Go back: relayout undo")


def templated_document(made: Templated) -> dict[str, Any]:
    """Return the template's files, its questions, and what a person should know."""
    template = made.template
    return {
        "template": template.folder,
        "pipeline": template.pipeline,
        "questions": list(template.questions),
        "files": sorted(template.files),
        "remarks": [asdict(remark) for remark in template.remarks],
        "branch": made.branch,
        "commit": made.commit,
        "base_branch": made.base_branch,
    }
