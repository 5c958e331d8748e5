"""Copier's one task: move the code that was in the destination into the layout.

Copier runs this after it has rendered the template into the work tree. The rendering is taken back
first, so that the engine starts from the commit that is there and brings the template's files
itself, merged. Where nothing is to be adopted (a new folder, a repository without commits or on a
layout already), this does nothing.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml
from copier import run_copy
from jinja2 import Environment

from engine import SUITE, find_engine, refuse

ANSWERS = ".copier-answers.yml"
DONE = 0


def main() -> int:
    """Adopt the repository in the current folder; return the exit status."""
    destination = Path.cwd()
    answers_file = destination / ANSWERS
    if not answers_file.is_file():
        return DONE
    answers = yaml.safe_load(answers_file.read_text(encoding="utf-8"))
    rendered = render(answers)
    if not is_repository(destination):
        return without_repository(destination, rendered)
    if not in_head(destination, "."):
        return DONE
    if is_on_layout(destination):
        return DONE
    engine = find_engine()
    take_back(destination, rendered)
    if engine is None:
        return refuse(
            "relayout is not installed here, so the existing code was not moved",
            "The template's files were taken back. Install uv, which starts the engine by itself,",
            "or install relayout into the environment that Copier runs in; then copy again.",
        )
    return run_engine(engine, destination, answers)


def render(answers: Mapping[str, Any]) -> dict[str, bytes]:
    """Return what Copier has just rendered, by path: the same template with the same answers."""
    given = {key: value for key, value in answers.items() if not key.startswith("_")}
    with tempfile.TemporaryDirectory(prefix="relayout-") as folder:
        run_copy(
            str(SUITE),
            folder,
            data=given,
            defaults=True,
            skip_tasks=True,
            quiet=True,
            vcs_ref="HEAD",
        )
        root = Path(folder)
        return {
            path.relative_to(root).as_posix(): path.read_bytes()
            for path in root.rglob("*")
            if path.is_file()
        }


def git(destination: Path, *arguments: str) -> str | None:
    """Return what git prints, or None if it fails."""
    done = subprocess.run(
        ["git", "-C", os.fspath(destination), *arguments],
        capture_output=True,
        check=False,
    )
    return os.fsdecode(done.stdout).rstrip("\n") if done.returncode == 0 else None


def is_repository(destination: Path) -> bool:
    """Tell whether the folder is the top of a git repository."""
    top = git(destination, "rev-parse", "--show-toplevel")
    return bool(top) and Path(str(top)).resolve() == destination.resolve()


def in_head(destination: Path, path: str) -> bool:
    """Tell whether the commit that is checked out has files at a path."""
    return bool(git(destination, "ls-tree", "-r", "--name-only", "HEAD", "--", path))


def is_on_layout(destination: Path) -> bool:
    """Tell whether the commit that is checked out was rendered by this suite before."""
    try:
        recorded = yaml.safe_load(git(destination, "show", f"HEAD:{ANSWERS}") or "")
    except yaml.YAMLError:
        return False
    questions = yaml.safe_load((SUITE / "copier.yml").read_text(encoding="utf-8"))
    return isinstance(recorded, dict) and recorded.get("layout") in questions["layout"]["choices"]


def without_repository(destination: Path, rendered: Mapping[str, bytes]) -> int:
    """Say that code in a folder without git stays where it is; silent if there is none."""
    code = [
        path.relative_to(destination).as_posix()
        for path in sorted(destination.rglob("*.py"))
        if path.relative_to(destination).as_posix() not in rendered
    ]
    if code:
        return refuse(
            f"{destination} is not a git repository, so its code ({code[0]}, ...) was not moved",
            "The template was rendered beside it. To move the code, commit it as it was and adopt:",
            'git init && git add -A && git commit -m "As it was" && relayout adopt',
        )
    return DONE


def take_back(destination: Path, rendered: Mapping[str, bytes]) -> None:
    """Undo the rendering: what git has comes back from HEAD, what is new goes.

    A file that does not hold what the template renders was kept by the user, and is left alone.
    """
    for name, content in rendered.items():
        path = destination / name
        if name != ANSWERS and (not path.is_file() or path.read_bytes() != content):
            continue
        if in_head(destination, name):
            git(destination, "checkout", "--quiet", "HEAD", "--", name)
        else:
            path.unlink()
            for folder in path.parents:
                if folder == destination or any(folder.iterdir()):
                    break
                folder.rmdir()


def run_engine(engine: Sequence[str], destination: Path, answers: Mapping[str, Any]) -> int:
    """Start the engine with the answers that were given; return its exit status.

    An answer that is still the questionnaire's default is left to what the engine finds.
    """
    questions = yaml.safe_load((SUITE / "copier.yml").read_text(encoding="utf-8"))
    given = dict(answers)
    command = [*engine, "adopt", ".", "--layout", str(given["layout"]), "--suite", os.fspath(SUITE)]
    for name in ("package", "pipeline"):
        default = Environment(autoescape=False).from_string(questions[name]["default"])  # noqa: S701 - a name
        if given.get(name) == default.render(answers):
            del given[name]
    if "package" in given:
        command += ["--package", str(given["package"])]
    with tempfile.TemporaryDirectory(prefix="relayout-") as folder:
        data_file = Path(folder) / "answers.yml"
        data_file.write_text(yaml.safe_dump(given), encoding="utf-8")
        return subprocess.run(
            [*command, "--data-file", os.fspath(data_file)], cwd=destination, check=False
        ).returncode


if __name__ == "__main__":
    sys.exit(main())
