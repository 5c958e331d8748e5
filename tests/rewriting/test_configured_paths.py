"""What is said about search paths that configuration sets."""

from __future__ import annotations

import pytest

from relayout.inventory import take_inventory
from relayout.planning.homes import Home
from relayout.planning.plan import Finding
from relayout.rewriting.configured_paths import about_configured_paths
from relayout.rewriting.destination import Destination
from relayout.tree import Tree

CODE = {
    "jobs/load.py": "import rates\n",
    "lib/rates.py": "",
    "tests/test_rates.py": "import rates\nimport builders\n",
    "tests/support/builders.py": "",
    "typings/rates.pyi": "",
    "src/shop/__init__.py": "",
}
MOVES = {"jobs/load.py": "src/shop/load.py", "lib/rates.py": "src/shop/rates.py"}


def findings(files: dict[str, str], moves: dict[str, str]) -> list[Finding]:
    tree = Tree.of({**CODE, **files})
    return about_configured_paths(take_inventory(tree), Destination(tree, moves, (Home("shop"),)))


@pytest.mark.parametrize(
    ("path", "text", "message", "advice"),
    [
        (".env", "PYTHONPATH=lib", "PYTHONPATH names lib, which has no modules any more", "Remove"),
        (
            ".env",
            "PYTHONPATH=lib:src",
            "PYTHONPATH names lib, which has no modules any more",
            "Leave only src.",
        ),
        (
            "pytest.ini",
            "[pytest]\npythonpath = lib tests/support",
            "pytest's pythonpath names lib, which has no modules any more",
            "Leave only tests/support.",
        ),
        (".env", "PYTHONPATH=nowhere", "nowhere, which the repository does not have", "Remove"),
        (".env", "PYTHONPATH=.", "the root, through which nothing is imported", "Remove"),
        (".env", "PYTHONPATH=$HERE", "something that cannot be told from the file", "Check"),
        (
            "mypy.ini",
            "[mypy]\nmypy_path = lib",
            "the search path of a type checker names lib, which has no modules any more",
            "Remove",
        ),
    ],
)
def test_what_is_not_needed_is_reported(path: str, text: str, message: str, advice: str) -> None:
    [finding] = findings({path: text}, MOVES)
    assert finding.code == "search-path-configured"
    assert (finding.path, finding.line) == (path, 1 + text.count("\n"))
    assert message in finding.message
    assert finding.help.startswith(advice)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("pytest.ini", "[pytest]\npythonpath = src tests/support"),
        (".env", "PYTHONPATH=src"),
        ("mypy.ini", "[mypy]\nmypy_path = typings"),
        ("run.sh", "export PYTHONPATH=/opt/elsewhere"),
        ("Makefile", "run:\n\tcd jobs && python load.py"),
        ("__legacy/run.sh", "export PYTHONPATH=lib"),
    ],
)
def test_what_is_right_or_not_ours_is_not_reported(path: str, text: str) -> None:
    assert findings({path: text}, MOVES) == []


def test_a_folder_whose_modules_stay_is_right() -> None:
    assert findings({".env": "PYTHONPATH=lib"}, {}) == []


def test_a_folder_that_still_has_a_module_that_is_imported_is_right() -> None:
    files = {
        ".env": "PYTHONPATH=lib",
        "lib/fixtures.py": "",
        "tests/test_b.py": "import fixtures\n",
    }
    assert findings(files, MOVES) == []


def test_a_folder_that_has_lost_some_of_its_modules() -> None:
    [finding] = findings({".env": "PYTHONPATH=lib", "lib/more.py": ""}, MOVES)
    assert "lib, from which imported modules have moved" in finding.message


def test_a_file_that_moves_is_named_where_it_is_afterwards() -> None:
    moves = {**MOVES, "jobs/run.sh": "src/shop/run.sh"}
    [finding] = findings({"jobs/run.sh": "export PYTHONPATH=../lib"}, moves)
    assert finding.path == "src/shop/run.sh"


def test_one_line_is_reported_once() -> None:
    text = "PYTHONPATH=lib python jobs/load.py jobs/load.py && true\n"
    assert len(findings({"run.sh": text}, MOVES)) == 1


def doubts(files: dict[str, str]) -> list[Finding]:
    return [f for f in findings(files, MOVES) if f.code == "import-doubtful"]


def test_a_module_that_hides_one_of_the_library_is_reported_where_it_is_imported() -> None:
    files = {
        "run.sh": "PYTHONPATH=lib python jobs/load.py\n",
        "lib/queue.py": "",
        "jobs/load.py": "import rates\n\nimport queue\n",
    }
    [finding] = doubts(files)
    assert (finding.path, finding.line) == ("src/shop/load.py", 3)
    assert "taken for the standard library's, but run.sh:1 leads to lib/queue.py" in finding.message


SCRIPT = {"jobs/load.py": "import units\n", "units.py": "", "lib/units.py": ""}


def test_a_module_in_the_root_is_doubtful_where_the_root_may_not_be_searched() -> None:
    [finding] = doubts({**SCRIPT, "run.sh": "PYTHONPATH=lib python jobs/load.py\n"})
    assert "taken for units.py, but run.sh:1 leads to lib/units.py" in finding.message


@pytest.mark.parametrize(
    "line",
    [
        "PYTHONPATH=lib python -m jobs.load",
        "PYTHONPATH=.:lib python jobs/load.py",
        "PYTHONPATH=tests python jobs/load.py",
        "PYTHONPATH=lib pytest",
    ],
)
def test_it_is_not_where_the_root_is_searched_first(line: str) -> None:
    assert doubts({**SCRIPT, "run.sh": f"{line}\n"}) == []
