"""Requirements files name others, and packages of the repository."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from references import followed
from relayout.inventory.references import read_references
from relayout.inventory.references.settings.requirements import is_requirements
from relayout.tree import Tree

MOVES = {
    "libs/own/setup.py": "packages/own/setup.py",
    "deps/base.txt": "requirements/base.txt",
    "wheels/x-1.0.whl": "vendor/x-1.0.whl",
}
STAYS = ("requirements-dev.txt", "other/constraints.txt")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("-r deps/base.txt", "-r requirements/base.txt"),
        ("-rdeps/base.txt", "-rrequirements/base.txt"),
        ("--requirement=deps/base.txt # x", "--requirement=requirements/base.txt # x"),
        ("-c ./deps/base.txt", "-c ./requirements/base.txt"),
        ("-e ./libs/own", "-e ./packages/own"),
        ("-e libs/own[extra]", "-e packages/own[extra]"),
        ("--editable libs/own/", "--editable packages/own/"),
        ("-e file:libs/own#egg=own", "-e file:packages/own#egg=own"),
        ("./wheels/x-1.0.whl ; python_version > '3'", "./vendor/x-1.0.whl ; python_version > '3'"),
        ("wheels/x-1.0.whl", "vendor/x-1.0.whl"),
        ("own @ file:./libs/own", "own @ file:./packages/own"),
        ("-f wheels", "-f vendor"),
        ("pandas==2.0\r\n-r deps/base.txt\r\n", "pandas==2.0\r\n-r requirements/base.txt\r\n"),
    ],
)
def test_a_line_follows(before: str, after: str) -> None:
    assert followed("requirements.txt", before, MOVES, STAYS) == (after, [])


@pytest.mark.parametrize(
    "text",
    [
        "libs",
        "deps==1.0",
        "# -r deps/base.txt",
        "-r https://host/deps/base.txt",
        "-e git+https://host/libs/own",
        "own @ file:///libs/own",
        "-r requirements-dev.txt",
        "-r /deps/base.txt",
        "-r missing/base.txt",
        "--index-url https://host/wheels",
        "pandas @ https://host/wheels/x-1.0.whl",
    ],
)
def test_what_names_nothing_that_moved_is_left(text: str) -> None:
    assert followed("requirements.txt", text, MOVES, STAYS) == (text, [])


def test_files_are_named_from_the_file_and_packages_from_the_root() -> None:
    text = "-r base.txt\n-e ./libs/own\n"
    moves = {**MOVES, "deps/requirements-ci.txt": "requirements/ci.txt"}
    after, about = followed("deps/requirements-ci.txt", text, moves, STAYS)
    assert (after, about) == ("-r base.txt\n-e ./packages/own\n", [])


def test_names_of_files() -> None:
    wanted = (
        "requirements.txt",
        "a/requirements-dev.in",
        "requirements/dev.txt",
        "constraints.txt",
    )
    assert all(map(is_requirements, wanted))
    assert not any(map(is_requirements, ("notes.txt", "requirements.md", "requirements/a.py")))


@given(st.text(alphabet="-rec @:#\n./libsown[]"))
def test_no_text_is_too_bad(text: str) -> None:
    tree = Tree.of({**dict.fromkeys(MOVES, ""), "requirements.txt": text})
    read_references("requirements.txt", tree)
