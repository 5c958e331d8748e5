"""A job that starts a module of the package has to install it."""

from __future__ import annotations

import pytest

from relayout.inventory import take_inventory
from relayout.planning.homes import Home
from relayout.rewriting.destination import Destination
from relayout.rewriting.package_in_pipelines import about_pipelines
from relayout.tree import Tree

MOVES = {"etl/load.py": "src/pkg/etl/load.py"}
WORKFLOW = ".github/workflows/ci.yml"


def about(path: str, text: str, **others: str) -> list[tuple[int, str]]:
    tree = Tree.of({"etl/load.py": "", path: text, **others})
    findings = about_pipelines(take_inventory(tree), Destination(tree, MOVES, (Home("pkg"),)))
    assert all(f.code == "package-not-installed" and f.path == path for f in findings)
    return [(finding.line, finding.help) for finding in findings]


def in_job(*steps: str) -> str:
    lines = "".join(f"    - {step}\n" for step in steps)
    return f"jobs:\n  a:\n    steps:\n{lines}"


START = "run: python etl/load.py"


@pytest.mark.parametrize(
    ("path", "text", "line"),
    [
        (WORKFLOW, in_job(START), 4),
        (WORKFLOW, in_job("run: pip install -r requirements.txt", START), 5),
        (WORKFLOW, in_job("run: poetry install --no-root", START), 5),
        (WORKFLOW, in_job("uses: actions/checkout@v4", "run: python -m etl.load"), 5),
        (
            WORKFLOW,
            in_job("run: pip install -e .") + "  b: {steps: [{run: python etl/load.py}]}",
            5,
        ),
        (".gitlab-ci.yml", "a:\n  script:\n  - pip install x\n  - python etl/load.py", 4),
        ("Jenkinsfile", "node {\n  sh 'pip install x'\n  sh 'python etl/load.py'\n}", 3),
        ("azure-pipelines.yml", "steps:\n- script: python etl/load.py", 2),
    ],
)
def test_a_job_that_installs_nothing_is_reported(path: str, text: str, line: int) -> None:
    (found,) = about(path, text)
    assert found[0] == line


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (WORKFLOW, in_job("run: pip install -e .", START)),
        (WORKFLOW, in_job("run: python -m pip install '.[dev]'", START)),
        (WORKFLOW, in_job("run: uv sync --frozen", START)),
        (WORKFLOW, in_job("run: uv run python etl/load.py")),
        (WORKFLOW, in_job("run: poetry install", "run: poetry run python etl/load.py")),
        (WORKFLOW, in_job("run: pip install -r dev.txt", START)),
        (WORKFLOW, in_job("run: make install", START)),
        (WORKFLOW, in_job("uses: ./.github/actions/setup", START)),
        (WORKFLOW, in_job("run: ./setup.sh", START)),
        (WORKFLOW, "env: {PYTHONPATH: src}\n" + in_job(START)),
        (WORKFLOW, in_job("run: ruff check etl")),
        (".gitlab-ci.yml", "default: {before_script: [pip install .]}\n"
         "a: {script: [python etl/load.py]}"),
        ("Jenkinsfile", "node {\n  sh 'pip install -e .'\n  sh 'python etl/load.py'\n}"),
        (".github/actions/x/action.yml", "runs: {steps: [{run: python etl/load.py}]}"),
    ],
)  # fmt: skip
def test_a_job_that_installs_it_or_may_is_not(path: str, text: str) -> None:
    assert about(path, text, **{"dev.txt": "pytest\n-e .\n"}) == []


def test_the_step_is_written_as_the_job_installs_other_things() -> None:
    for step, line in (("pip install x", "pip install"), ("uv pip install x", "uv pip install")):
        ((_, advice),) = about(WORKFLOW, in_job(f"run: {step}", START))
        assert advice == f"Add a step before: {line} --no-deps -e ."
