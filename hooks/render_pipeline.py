"""Copier's task in the layout pipeline-centric: render the pipeline that the answers name.

The template of a pipeline is a Copier template that every repository of the layout has for itself.
It has delimiters of its own, because dbt writes `{{ }}` too, and Copier knows one set of delimiters
for a whole template: hence a rendering within the rendering. An update runs its tasks in both of
its temporary renderings as well (https://copier.readthedocs.io/en/stable/updating/), so what comes
from here is compared and merged like everything else.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from copier import run_copy

from engine import SUITE

DONE = 0


def main() -> int:
    """Render the pipeline of an answers file into the current folder; return the exit status."""
    parser = argparse.ArgumentParser(description="Render the pipeline that the answers name.")
    parser.add_argument("answers", type=Path, help="the answers file")
    parser.add_argument(
        "--keep", action=argparse.BooleanOptionalAction, help="leave alone what is there"
    )
    options = parser.parse_args()
    answers = recorded(options.answers)
    if answers.get("layout") == "pipeline-centric" and answers.get("pipeline"):
        render(answers, Path.cwd(), options.keep)
    return DONE


def recorded(path: Path) -> Mapping[str, Any]:
    """Return the answers in a file; nothing if it is not there, or of another template.

    After an adoption they say what was rendered in the end: a repository that brings its own code
    has no first pipeline.
    """
    if not path.is_file():
        return {}
    answers = yaml.safe_load(path.read_text(encoding="utf-8"))
    return answers if isinstance(answers, dict) else {}


def render(answers: Mapping[str, Any], destination: Path, keep: bool) -> None:
    """Render the suite's template of a pipeline, as far as its questions are answered."""
    (template,) = SUITE.glob("template/*/*/pipelines/_templates/pipeline")
    questions = yaml.safe_load((template / "copier.yml").read_text(encoding="utf-8"))
    given = {name: value for name, value in answers.items() if name in questions}
    if answers["scope"] == "repository" or not given.get("description"):
        given.pop("description", None)  # it is what the whole repository does
    with tempfile.TemporaryDirectory(prefix="relayout-") as folder:
        run_copy(str(template), folder, data=given, defaults=True, quiet=True)
        for source in sorted(Path(folder).rglob("*")):
            if source.is_file():
                place(source, destination / source.relative_to(folder), keep)


def place(source: Path, target: Path, keep: bool) -> None:
    """Copy a file; one that is there with other content may be somebody's, and is named."""
    if keep and target.exists() and target.read_bytes() != source.read_bytes():
        print(f"{target} is there already, and stays as it is", file=sys.stderr)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(source, target)


if __name__ == "__main__":
    sys.exit(main())
