"""Jobs of pipelines that start modules of the package, and in which nothing installs it.

A job begins with the files of the repository and what its image has: the package is found there if
a step installs the project, or if ``PYTHONPATH`` has the folder that it is in. What a job leaves to
something else, such as an action, ``make`` or ``tox``, may install it too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from relayout.inventory import Inventory
from relayout.inventory.configured_paths.installs import install_line, installs_project
from relayout.inventory.configured_paths.yaml_files import entries, value_of
from relayout.inventory.references import decoded
from relayout.inventory.references.ci.github_actions import is_github_actions
from relayout.inventory.references.ci.gitlab_ci import is_gitlab_ci
from relayout.inventory.references.ci.jenkins import is_jenkins
from relayout.inventory.references.ci.pipelines import is_pipeline
from relayout.inventory.references.commandline.words import commands_in
from relayout.inventory.references.reference import Reference
from relayout.inventory.references.spans.yaml_spans import documents_of, scalars_in
from relayout.inventory.search_paths import is_quarantined
from relayout.planning.plan import Finding
from relayout.rewriting.destination import Destination
from relayout.rewriting.spelling import Spelling
from relayout.source import line_at

CODE = "package-not-installed"

_ON_PATH = re.compile(r"PYTHONPATH\b.{0,300}?\bsrc\b")
_ROOT_ON_PATH = re.compile(r"PYTHONPATH\b\s*[:=]")
_LEFT_TO_OTHERS = re.compile(r"uses:\s*[\"']?\./|extends:|!reference|\bexecutor:|\bpipe:")
_OTHERS = frozenset({"make", "just", "task", "tox", "nox", "invoke", "hatch", "docker", "podman"})
_STEP = re.compile(r"(?m)^\s*(?:sh|bat|powershell|pwsh)\b\s*\(?\s*[\"']{1,3}|[\"']{1,3}\s*\)?\s*$")
_Part = tuple[int, int]


def about_pipelines(inventory: Inventory, destination: Destination) -> list[Finding]:
    """Return a finding for each job in which the package cannot be found."""
    findings: list[Finding] = []
    spelling = Spelling(destination)
    for path, references in inventory.references.items():
        place = destination.of_file(path)
        if _is_pipeline(path) and not is_quarantined(place):
            started = [r for r in references if spelling.starts_in_package(r, path)]
            if started:
                findings += _of_file(path, started, inventory, spelling)
    return findings


def _is_pipeline(path: str) -> bool:
    is_action = path.endswith(("/action.yml", "/action.yaml"))
    readers: tuple[Callable[[str], bool], ...] = (is_gitlab_ci, is_pipeline, is_jenkins)
    return any(is_for(path) for is_for in readers) or (is_github_actions(path) and not is_action)


def _of_file(
    path: str, started: list[Reference], inventory: Inventory, spelling: Spelling
) -> Iterator[Finding]:
    """Yield a finding for each job that starts something and installs nothing."""
    text, _ = decoded(inventory.tree.read(path))
    inside = spelling.destination.homes[0].inside
    is_set = (_ON_PATH if inside else _ROOT_ON_PATH).search(text)
    for start, end in _jobs(path, text):
        first = next((r for r in started if start <= r.start < end), None)
        if first is None or _LEFT_TO_OTHERS.search(text, start, end) or is_set:
            continue
        commands = list(_commands(path, text, start, end))
        if any(_may_install(words, inventory) for words in commands):
            continue
        dotted = spelling.dotted(spelling.destination.of_file(first.path))
        line = line_at(text, first.start)
        message = f"the job starts python -m {dotted}, and nothing in it installs the package"
        step = install_line(commands, ".").removeprefix("RUN ")
        yield Finding(
            CODE, spelling.destination.of_file(path), line, message, f"Add a step before: {step}"
        )


def _jobs(path: str, text: str) -> list[_Part]:
    """Return where the jobs of a file stand; the whole of it, where they share steps."""
    jobs = [
        (job.start_mark.index, job.end_mark.index)
        for document in (documents_of(text) if is_github_actions(path) else ())
        for _, job in entries(value_of(document, "jobs")).values()
    ]
    return jobs or [(0, len(text))]


def _commands(path: str, text: str, start: int, end: int) -> Iterator[list[str]]:
    """Yield the words of all commands in a part of a file."""
    if is_jenkins(path):
        values = [_STEP.sub("", text)]
    else:
        found = [s for document in documents_of(text) for s in scalars_in(document, text)]
        values = [s.value for s in found if start <= s.start < end and not s.is_key]
    for value in values:
        for command in commands_in(value, 0, len(value)):
            yield [word.text for word in command.words]


def _may_install(words: list[str], inventory: Inventory) -> bool:
    """Tell whether a command installs the project, or leaves it to something else."""

    def read(path: str) -> str:
        tree = inventory.tree
        return tree.read(path).decode("utf-8", "replace") if tree.is_regular(path) else ""

    name = words[0] if words else ""
    if name in _OTHERS or name.endswith((".sh", ".ps1", ".bat")):
        return True
    if name in ("bash", "sh", "source", ".") and len(words) > 1 and "-c" not in words:
        return True
    if words[:2] == ["uv", "run"]:  # it brings the environment up to date, project included
        return "--no-project" not in words
    return installs_project(words, lambda path: path.rstrip("/") in (".", ""), read)
