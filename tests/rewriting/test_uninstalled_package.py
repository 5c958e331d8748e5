"""A flow that runs modules of the package has to have the package."""

from __future__ import annotations

import pytest

from relayout.inventory import take_inventory
from relayout.planning.homes import Home
from relayout.rewriting.destination import Destination
from relayout.rewriting.uninstalled_package import about_uninstalled_package
from relayout.tree import Tree

MOVES = {"utils/load.py": "src/pkg/utils/load.py", "flows/a.yml": "workflows/a.yml"}
FLOW = """\
id: a
tasks:
  - id: one
    type: io.kestra.plugin.scripts.python.Commands
    beforeCommands: ["{}"]
    commands: ["{}"]
"""


def lines(before: str, command: str, moves: dict[str, str] = MOVES) -> list[tuple[str, int]]:
    tree = Tree.of({"utils/load.py": "", "x.sql": "", "flows/a.yml": FLOW.format(before, command)})
    found = about_uninstalled_package(
        take_inventory(tree), Destination(tree, moves, (Home("pkg"),))
    )
    return [(finding.path, finding.line) for finding in found]


@pytest.mark.parametrize("before", ["ls", "pip install requests", "pip install -r a.txt"])
def test_a_flow_without_the_package_is_reported(before: str) -> None:
    assert lines(before, "python utils/load.py") == [("workflows/a.yml", 6)]


@pytest.mark.parametrize(
    "before", ["pip install .", "pip install -q -e .", "pip install .[db] -q", "uv sync"]
)
def test_a_flow_that_installs_it_is_not(before: str) -> None:
    assert lines(before, "python utils/load.py") == []


def test_a_flow_that_runs_no_module_of_it_is_not() -> None:
    assert lines("ls", "cat x.sql utils/load.py") == []
    assert lines("ls", "python utils/load.py", {"flows/a.yml": "workflows/a.yml"}) == []


BUNDLE = "bundle: {}\na: {spark_python_task: {python_file: %s}}\n"


@pytest.mark.parametrize(
    ("path", "text", "is_said"),
    [
        ("main.tf", 'x = file("jobs/a.py")\n', True),
        ("main.tf", 'x = file("utils/load.py")\n', False),
        ("main.tf", 'x = file("x.sql")\n', False),
        ("databricks.yml", BUNDLE % "jobs/a.py", True),
        ("databricks.yml", BUNDLE % "utils/load.py", False),
        ("databricks.yml", BUNDLE % "jobs/a.py" + "libraries: [whl: dist/*.whl]\n", False),
    ],
)
def test_a_module_that_is_packed_alone_is_reported_if_it_imports_others(
    path: str, text: str, is_said: bool
) -> None:
    files = {path: text, "jobs/a.py": "import utils.load\n", "utils/load.py": "", "x.sql": ""}
    tree = Tree.of(files)
    moves = {"jobs/a.py": "src/pkg/a.py", "utils/load.py": "src/pkg/utils/load.py"}
    found = about_uninstalled_package(
        take_inventory(tree), Destination(tree, moves, (Home("pkg"),))
    )
    assert [finding.path for finding in found] == ([path] if is_said else [])
