"""A conftest.py that counts for other tests than before is told, if it does something to them."""

from __future__ import annotations

import pytest

from relayout.inventory import take_inventory
from relayout.planning.components.conftest_reach import about_conftests
from relayout.planning.plan import Move
from relayout.tree import Tree

TEST = "def test_it():\n    pass\n"


def messages(conftest: str, *moves: tuple[str, str]) -> list[str]:
    files = {"tests/conftest.py": conftest, "tests/test_a.py": TEST, "spark/test_b.py": TEST}
    planned = [Move(source, target, "rule", "because") for source, target in moves]
    found = about_conftests(take_inventory(Tree.of(files)), planned)
    assert {f.code for f in found} <= {"conftest-reach"}
    return [f.message for f in found]


BELOW = ("spark/test_b.py", "tests/unit/test_spark/test_b.py")


@pytest.mark.parametrize(
    "conftest",
    [
        "import pytest\n\n\n@pytest.fixture(autouse=True)\ndef env():\n    pass\n",
        "def pytest_collection_modifyitems(items):\n    items.reverse()\n",
        'pytest_plugins = ["pytest_spark"]\n',
        "from dotenv import load_dotenv\n\nload_dotenv()\n",
        "def (:\n",
    ],
)
def test_what_it_does_to_all_tests_is_told(conftest: str) -> None:
    [message] = messages(conftest, BELOW)
    assert "spark/test_b.py" in message


@pytest.mark.parametrize(
    "conftest",
    [
        "import pytest\n\n\n@pytest.fixture\ndef rows():\n    return []\n",
        "import pytest\n\n\n@pytest.fixture(autouse=False)\ndef rows():\n    return []\n",
        '"""Fixtures."""\nimport sys\n\nsys.path.insert(0, "src")\nROWS = 3\n',
    ],
)
def test_what_it_only_offers_is_not(conftest: str) -> None:
    assert messages(conftest, BELOW) == []


def test_tests_that_it_no_longer_reaches_are_told() -> None:
    [message] = messages("ROWS = 3\n", ("tests/test_a.py", "checks/test_a.py"))
    assert "does not reach tests/test_a.py any more" in message


def test_what_moves_together_is_reached_as_before() -> None:
    moves = (
        ("tests/conftest.py", "tests/unit/conftest.py"),
        ("tests/test_a.py", "tests/unit/etl/test_a.py"),
    )
    assert messages("def pytest_configure():\n    pass\n", *moves) == []
