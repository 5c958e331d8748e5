"""Requirements files stand together, unless something finds them where they are."""

from __future__ import annotations

import pytest

from relayout.inventory import take_inventory
from relayout.inventory.requirement_files import group_of
from relayout.planning.components.requirements import requirement_files
from relayout.tree import Tree

PINS = "pandas==2.2.3\n"


def places_of(*paths: str, **others: str) -> dict[str, str]:
    """Return the places that requirements files get, by path, beside other files."""
    files = {**dict.fromkeys(paths, PINS), **{p.replace("__", "/"): t for p, t in others.items()}}
    found = requirement_files(take_inventory(Tree.of(files)))
    return {path: place for path, (place, _) in found.items()}


def group_at(place: str) -> str:
    return group_of(f"requirements/{place}")


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("requirements.txt", "base.txt"),
        ("requirements.in", "base.in"),
        ("requirements-dev.txt", "dev.txt"),
        ("dev-requirements.txt", "dev.txt"),
        ("requirements_cloud.txt", "cloud.txt"),
        ("requirements.tests.txt", "test.txt"),
        ("constraints.txt", "constraints.txt"),
        ("airflow/requirements.txt", "airflow.txt"),
        ("airflow/requirements-dev.txt", "airflow-dev.txt"),
        ("airflow/constraints.txt", "airflow-constraints.txt"),
        ("services/ingest/requirements.txt", "ingest.txt"),
        ("tests/requirements.txt", "test.txt"),
    ],
)
def test_a_file_is_called_after_what_it_is_for(path: str, place: str) -> None:
    assert places_of(path) == {path: place}
    assert group_at(place) == group_of(path) or "constraints" in place


def test_no_two_files_share_a_place() -> None:
    paths = (
        "requirements-dev.txt",
        "dev-requirements.txt",
        "requirements/dev.txt",
        "a/ingest/requirements.txt",
        "b/ingest/requirements.txt",
        "c/ingest/requirements.txt",
    )
    assert places_of(*paths) == {
        "dev-requirements.txt": "dev-requirements.txt",
        "requirements-dev.txt": "requirements-dev.txt",
        "a/ingest/requirements.txt": "ingest.txt",
        "b/ingest/requirements.txt": "b-ingest-requirements.txt",
        "c/ingest/requirements.txt": "c-ingest-requirements.txt",
    }


@pytest.mark.parametrize(
    "files",
    [
        {"airflow/Dockerfile": "FROM apache/airflow:2.9.1\nCOPY requirements.txt /\n"},
        {"airflow/pyproject.toml": "[project]\nname = 'x'\n"},
        {
            "compose.yaml": "services:\n  a:\n    image: apache/airflow\n    volumes:\n"
            "      - ./airflow:/opt/airflow\n"
            "    command: pip install -r /opt/airflow/requirements.txt\n"
        },
    ],
)
def test_a_folder_that_is_built_or_mounted_for_itself_keeps_its_file(files: dict[str, str]) -> None:
    assert places_of("airflow/requirements.txt", **files) == {}


def test_a_mount_alone_holds_nothing() -> None:
    compose = "services:\n  a:\n    volumes: ['./airflow/requirements.txt:/requirements.txt']\n"
    compose += "  b:\n    volumes: ['./airflow:/opt/airflow']\n"
    found = places_of("airflow/requirements.txt", **{"compose.yaml": compose})
    assert found == {"airflow/requirements.txt": "airflow.txt"}


def test_what_only_has_the_name_is_left_alone() -> None:
    prose = "The business wants three reports.\nEach of them is due on Monday.\n"
    assert places_of(**{"requirements.txt": prose, "docs/requirements.txt": prose}) == {}


def test_prose_of_one_word_lines_and_hostile_lines_raise_nothing() -> None:
    hostile = "(" * 5000 + "\n" + "a" * 1_000_000
    assert places_of(**{"requirements.txt": hostile, "requirements-dev.txt": "\0\xff"}) == {}


def test_where_a_platform_looks_for_it_the_main_file_stays() -> None:
    found = places_of("requirements.txt", "requirements-dev.txt", Procfile="web: python app.py\n")
    assert found == {"requirements-dev.txt": "dev.txt"}


@pytest.mark.parametrize(
    "files",
    [
        {
            "Dockerfile": "FROM python:3.11\nCOPY requirements.txt /tmp/requirements.txt\n"
            "COPY requirements-dev.txt /tmp/requirements-dev.txt\n"
        },
        {
            "compose.yaml": "services:\n  a:\n    volumes:\n"
            "      - ./requirements-dev.txt:/r/requirements-dev.txt\n"
            "      - ./requirements.txt:/r/requirements.txt\n"
        },
    ],
)
def test_files_that_name_each_other_under_written_names_keep_theirs(files: dict[str, str]) -> None:
    pins = {"requirements.txt": PINS, "requirements-dev.txt": "-r requirements.txt\npytest\n"}
    names = {name: name for name in pins}
    assert places_of(**pins, **files) == names
    alone = pins | {"requirements-dev.txt": "pytest\n"}
    assert places_of(**alone, **files) == {
        "requirements.txt": "base.txt",
        "requirements-dev.txt": "dev.txt",
    }
