"""What a repository runs is read from its workflow, CI, Docker, make and shell files."""

from __future__ import annotations

import pytest

from relayout.inventory.references import find_references
from relayout.inventory.references.reference import Reference
from relayout.inventory.runners import find_runs, referenced_runs, runner_lines
from relayout.tree import Tree

CODE = {"scripts/load.py": "", "jobs/__main__.py": "", "src/app/cli.py": "", "load.py": ""}


def runs(path: str, text: str) -> list[tuple[int, str]]:
    tree = Tree.of({**CODE, path: text})
    return [(run.line, run.path) for run in find_runs(runner_lines(tree, frozenset()), tree)]


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("Makefile", "run:\n\tpython scripts/load.py --x\n", [(2, "scripts/load.py")]),
        ("Makefile", "run:\n\t@python3 -u ./scripts/load.py\n", [(2, "scripts/load.py")]),
        ("Makefile", "run:\n\tuv run scripts/load.py\n", [(2, "scripts/load.py")]),
        ("Makefile", "run:\n\tpython -m scripts.load\n", [(2, "scripts/load.py")]),
        ("Makefile", "run:\n\tpython -m jobs\n", [(2, "jobs/__main__.py")]),
        ("Makefile", "run:\n\tpython -m app.cli\n", [(2, "src/app/cli.py")]),
        ("Makefile", "# python scripts/load.py\n", []),
        ("Makefile", "run:\n\techo python scripts/load.py\n", []),
        ("Makefile", "clean:\n\trm scripts/load.py\n", []),
        ("run.sh", "cd x && python3.11 scripts/load.py\n", [(1, "scripts/load.py")]),
        ("run.sh", "./scripts/load.py\n", [(1, "scripts/load.py")]),
        ("scripts/run.sh", "python load.py\n", [(1, "load.py")]),
        ("run.bat", "python scripts\\load.py\n", [(1, "scripts/load.py")]),
        ("Dockerfile", 'CMD ["python", "scripts/load.py"]\n', [(1, "scripts/load.py")]),
        ("docker/api.Dockerfile", "COPY scripts/load.py /x\n", [(1, "scripts/load.py")]),
        ("docker-compose.yml", "command: python scripts/load.py\n", [(1, "scripts/load.py")]),
        (".github/workflows/a.yml", "- run: python scripts/load.py\n", [(1, "scripts/load.py")]),
        (".gitlab-ci.yml", "script:\n  - python scripts/load.py\n", [(2, "scripts/load.py")]),
        (
            "workflows/x.yml",
            "id: load\ntasks:\n- python scripts/{{ flow.id }}.py\n",
            [(3, "scripts/load.py")],
        ),
        ("pyproject.toml", '[project.scripts]\nx = "app.cli:main"\n', [(2, "src/app/cli.py")]),
        ("crontab", "0 1 * * * python /srv/scripts/load.py\n", []),
        (".vscode/tasks.json", '"command": "python scripts/load.py"\n', [(1, "scripts/load.py")]),
        ("README.md", "python scripts/load.py\n", []),
        ("Makefile", "run:\n\tpython nowhere.py\n", []),
        ("Procfile", b"worker: python scripts/load.py \xff\n", [(1, "scripts/load.py")]),
    ],
)
def test_what_a_runner_names(path: str, text: str, expected: list[tuple[int, str]]) -> None:
    assert runs(path, text) == expected


def test_runners_of_a_committed_environment_do_not_count() -> None:
    tree = Tree.of({**CODE, "venv/bin/run.sh": "python load.py\n"})
    assert find_runs(runner_lines(tree, frozenset({"venv/bin/run.sh"})), tree) == []


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("run.sh", "set -e\ncd scripts && python load.py\n", [(2, "scripts/load.py")]),
        ("run.sh", 'D="$(dirname "$0")"\n"$D/scripts/load.py"\n', [(2, "scripts/load.py")]),
        ("run.sh", "uvicorn app.cli:main\n", [(1, "src/app/cli.py")]),
        ("run.sh", "rm scripts/load.py\n", []),
    ],
)
def test_what_a_reference_says_is_started(
    path: str, text: str, expected: list[tuple[int, str]]
) -> None:
    tree = Tree.of({**CODE, path: text})
    found = referenced_runs(find_references(tree, frozenset()), tree)
    assert [(run.line, run.path) for run in found] == expected


def test_a_document_starts_nothing() -> None:
    tree = Tree.of({**CODE, "README.md": "python load.py\n"})
    reference = Reference(7, 14, "load.py", "load.py", "markdown", runs=True)
    assert list(referenced_runs({"README.md": [reference]}, tree)) == []
