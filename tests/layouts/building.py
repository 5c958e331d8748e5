"""What the tests of each layout do with a rendering: pairs of answers, linters, builds for real."""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from itertools import combinations, product
from pathlib import Path

import pytest
import tomlkit
import yaml

# What runs in a rendered project must not see the test run around it.
HIDDEN = re.compile(
    r"(VIRTUAL_ENV|PYTHONPATH|PYTHONHOME|DATABASE_URL|AWS_.*|MAKE.*|MFLAGS|PYTEST_.*|UV_.*PYTHON)"
)


def pairs_of_answers(choices: Mapping[str, Sequence[str]]) -> list[dict[str, str]]:
    """Return few sets of answers in which every two answers meet at least once."""
    order = list(choices)

    def place(answer: tuple[str, str]) -> int:
        return order.index(answer[0])

    missing = {
        ((one, first), (other, second))
        for one, other in combinations(choices, 2)
        for first, second in product(choices[one], choices[other])
    }
    chosen: list[dict[str, str]] = []
    while missing:
        answers: dict[str, str] = dict(min(missing))
        for name, values in choices.items():
            if name not in answers:
                answers[name] = max(
                    values,
                    key=lambda value, name=name: sum(  # type: ignore[misc]
                        tuple(sorted([(name, value), other], key=place)) in missing
                        for other in answers.items()
                    ),
                )
        answers = {name: answers[name] for name in choices}
        missing -= set(combinations(answers.items(), 2))
        chosen.append(answers)
    return chosen


def each_pair(choices: Mapping[str, Sequence[str]]) -> pytest.MarkDecorator:
    """Return the mark of a test that is run with each of the pairs, as ``answers``."""
    pairs = pairs_of_answers(choices)
    names = ["-".join(value or "none" for value in pair.values())[:60] for pair in pairs]
    return pytest.mark.parametrize("answers", pairs, ids=names)


# In the layout pipeline-centric: the catalogue reads code of dbt, and tests hold some. In
# batch-streaming, Airflow fills in the day of a run.
WITH_CODE_OF_DBT = (
    "orchestration/airflow/dags/",
    "pipelines/shared/tests/",
    "platform/governance/dbt_",
    "tools/testing/tests/test_",
)


each_continuous_integration = pytest.mark.parametrize(
    ("ci", "path"),
    [("github", ".github/workflows/ci.yml"), ("gitlab", ".gitlab-ci.yml"), ("none", "")],
)


def files(project: Path) -> set[str]:
    """Return the paths of the files of a rendering."""
    return {path.relative_to(project).as_posix() for path in project.rglob("*") if path.is_file()}


def tool(name: str) -> str:
    """Return the path of a linter; the test is skipped where it is not installed."""
    beside = Path(sys.executable).parent / name
    found = str(beside) if beside.is_file() else shutil.which(name)
    if not found:
        pytest.skip(f"{name} is not installed")
    return found


def check(*command: str, cwd: Path) -> None:
    """Run a linter, and show what it says if it is not content."""
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def require_well_formed(project: Path, apart: str = "") -> None:
    """Fail if a file is not what its name says, or shows what the template is made of.

    A folder may be left apart: one that holds a template itself.
    """
    for path in sorted(project.rglob("*")):
        if not path.is_file():
            continue
        shown = path.relative_to(project).as_posix()
        if apart and shown.startswith(apart):
            continue
        text = path.read_text(encoding="utf-8")
        assert not shown.endswith(".jinja")
        of_dbt = shown.startswith(("pipelines/", "warehouse/")) and shown.endswith((".md", ".sql"))
        of_dbt = of_dbt or shown.startswith(WITH_CODE_OF_DBT)
        assert "{%" not in text or shown.endswith(".sql.j2") or of_dbt, shown
        if text:
            assert text.endswith("\n"), shown
            assert not text.endswith("\n\n"), shown
            assert not text.startswith("\n"), shown
        if path.suffix == ".toml":
            tomlkit.parse(text)
        elif path.suffix in {".yml", ".yaml"}:
            assert yaml.safe_load(text), shown
        elif path.suffix == ".json":
            json.loads(text)
        elif path.suffix == ".py":
            ast.parse(text)
            assert of_dbt or "{{ " not in text.replace("{{ secret(", ""), shown
            assert "\n\n\n\n" not in text, shown


def require_one_continuous_integration(project: Path, path: str) -> None:
    """Fail if the only file of any continuous integration is not the one at a path, or none."""
    found = {name for name in files(project) if name.startswith((".github", ".gitlab"))}
    assert found == ({path} if path else set())


def require_ruff_content(project: Path, *folders: str) -> None:
    """Fail if ruff has anything to say, of what it checks or of how it formats."""
    check(tool("ruff"), "check", "--no-cache", *folders, cwd=project)
    check(tool("ruff"), "format", "--no-cache", "--check", *folders, cwd=project)


def require_pinned_actions(project: Path) -> None:
    """Fail if the workflow uses an action that is not pinned, or has more rights than to read."""
    workflow = (project / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
    for use in re.findall(r"uses: (.*)", workflow):
        assert re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # v[\d.]+", use)
    assert yaml.safe_load(workflow)["permissions"] == {"contents": "read"}


class Build:
    """A rendered project under git, in which targets of its Makefile are run for real."""

    def __init__(self, template: Path, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(template, folder)
        self.environment = {k: v for k, v in os.environ.items() if not HIDDEN.fullmatch(k)}
        # The pytest of the project would tidy up among the folders of the test run around it.
        self.environment["PYTEST_DEBUG_TEMPROOT"] = str(folder.parent)
        self.commit("Start from the template")

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Return how a program ended in the project's folder."""
        return subprocess.run(
            command,
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def make(self, *arguments: str) -> str:
        """Return what `make` prints; the test fails if it does."""
        done = self.run("make", *arguments)
        assert done.returncode == 0, f"make {' '.join(arguments)}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def commit(self, message: str) -> None:
        """Record everything that is there."""
        author = ["-c", "user.name=Test", "-c", "user.email=test@example.com"]
        for command in (
            ["init", "--quiet"],
            ["add", "--all"],
            ["commit", "--quiet", "-m", message],
        ):
            done = self.run("git", *author, "-c", "commit.gpgsign=false", *command)
            assert done.returncode == 0, done.stderr

    def changes(self) -> set[str]:
        """Return what git would add, now that the project was used."""
        return {line[3:] for line in self.run("git", "status", "--porcelain").stdout.splitlines()}
