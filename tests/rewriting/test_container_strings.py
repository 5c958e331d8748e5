"""Strings that name a file by its path in a container are reported where that is another now."""

from __future__ import annotations

import pytest

from relayout.inventory import take_inventory
from relayout.planning.homes import Home
from relayout.rewriting.container_strings import about_container_strings
from relayout.rewriting.destination import Destination
from relayout.rewriting.followed_references import follow_references
from relayout.rewriting.installed_package import installed_package
from relayout.tree import Tree

MOVES = {"jobs/daily.py": "src/pkg/spark/jobs/daily.py", "jobs/old.py": "__legacy/jobs/old.py"}
WHOLE = "FROM python:3.12\nWORKDIR /app\nCOPY . .\n"
OWN = "FROM python:3.12\nCOPY jobs/daily.py /opt/jobs/\n"
DAG = 'RUN = Task(command="python /app/jobs/daily.py --all", image="jobs")\n'


def findings(dag: str, **files: str) -> list[tuple[int, str, str]]:
    """Return what is said of a DAG; in names, ``__`` stands for a dot."""
    texts = {name.replace("__", "."): text for name, text in files.items()}
    tree = Tree.of({**dict.fromkeys(MOVES, ""), **texts, "dags/dag.py": dag})
    inventory, destination = take_inventory(tree), Destination(tree, MOVES, (Home("pkg"),))
    installed = installed_package(inventory, destination)
    made = follow_references(inventory, destination, installed=installed)
    after = destination.tree.with_content(made.contents)
    found = about_container_strings(inventory, destination, after)
    assert {(one.code, one.path) for one in found} <= {("reference-not-followed", "dags/dag.py")}
    return [(one.line, one.message, one.help) for one in found]


def test_a_file_that_has_another_path_in_the_image() -> None:
    assert findings(DAG, Dockerfile=WHOLE) == [
        (
            1,
            'the string "/app/jobs/daily.py" is jobs/daily.py in a container, now'
            " src/pkg/spark/jobs/daily.py",
            "There it is /app/src/pkg/spark/jobs/daily.py now.",
        )
    ]


@pytest.mark.parametrize(
    "dag",
    [
        'RUN = ["spark-submit", "/app/jobs/daily.py"]\n',
        'RUN = f"spark-submit /app/jobs/daily.py {1}"\n',
        'RUN = """\nspark-submit \\\n  /app/jobs/daily.py\n"""\n',
    ],
)
def test_forms_of_commands(dag: str) -> None:
    assert len(findings(dag, Dockerfile=WHOLE)) == 1


@pytest.mark.parametrize(
    "dag",
    [
        '"""Starts /app/jobs/daily.py in the image."""\n',
        "# /app/jobs/daily.py\nX = 1\n",
        'X = "/app/jobs/other.py"\n',
        'X = "https://example.org/app/jobs/daily.py"\n',
        'X = "/srv/jobs/daily.py"\n',
        "X = (",
    ],
)
def test_what_names_no_file_of_a_container(dag: str) -> None:
    assert not findings(dag, Dockerfile=WHOLE)


def test_paths_that_containers_keep_are_right() -> None:
    assert not findings('X = "/opt/jobs/daily.py"\n', Dockerfile=OWN)
    compose = "services:\n  spark:\n    image: spark\n    volumes:\n      - ./jobs:/opt/jobs\n"
    assert not findings('X = "/opt/jobs/daily.py"\n', compose__yml=compose)


def test_without_containers_nothing_is_said() -> None:
    assert not findings(DAG)
