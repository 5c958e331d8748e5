"""A flow that runs modules of the package has to have the package."""

from __future__ import annotations

import pytest

from relayout.inventory import take_inventory
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
    found = about_uninstalled_package(take_inventory(tree), Destination(tree, moves, "pkg"))
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
