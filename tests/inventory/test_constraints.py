"""Constraints narrow requirements, and require nothing themselves."""

from __future__ import annotations

import pytest

from relayout.inventory.requirements import read_requirements
from relayout.tree import Tree


def texts(requirements: str, constraints: str) -> tuple[list[str], list[str]]:
    files = {"requirements.txt": f"-c bounds.txt\n{requirements}", "bounds.txt": constraints}
    found = read_requirements(Tree.of(files))
    return [d.text for d in found if not d.problem], [d.text for d in found if d.problem]


@pytest.mark.parametrize(
    ("required", "bound", "result"),
    [
        ("pandas", "pandas==2.1.4", "pandas==2.1.4"),
        ("pandas>=2", "pandas==2.1.4", "pandas==2.1.4"),
        ("pandas[x]>=2; os_name != 'nt'", "Pandas==2.1.4", 'pandas[x]==2.1.4; os_name != "nt"'),
        ("pandas>=2", "pandas<3", "pandas<3,>=2"),
        ("pandas==1", "pandas>=0.5", "pandas==1"),
        ("pandas", "pandas", "pandas"),
        ("pandas", "pandas==2; python_version < '3'", "pandas"),
        ("a @ https://host/a.zip", "a==1", "a @ https://host/a.zip"),
    ],
)
def test_a_bound_narrows_what_is_required(required: str, bound: str, result: str) -> None:
    assert texts(required, bound) == ([result], [])


def test_what_nothing_requires_is_reported_once_a_file() -> None:
    assert texts("pandas\n", "pandas<3\nurllib3<2\nidna<4\n") == (["pandas<3"], ["urllib3, idna"])


def test_what_is_no_bound_is_reported() -> None:
    assert texts("a\n", "-e ./x\n") == (["a"], ["-e ./x"])


def test_a_constraints_file_among_requirements_files_requires_nothing() -> None:
    files = {"requirements/dev.txt": "-c constraints.txt\na\n"}
    tree = Tree.of({**files, "requirements/constraints.txt": "a==1\n"})
    assert [(d.text, d.group) for d in read_requirements(tree)] == [("a==1", "dev")]


def test_bounds_hold_for_what_is_included() -> None:
    tree = Tree.of(
        {
            "requirements-dev.txt": "-c bounds.txt\n-r more/lint.txt\n",
            "more/lint.txt": "ruff\n",
            "bounds.txt": "ruff==0.5\n",
        }
    )
    assert [d.text for d in read_requirements(tree)] == ["ruff==0.5"]
