"""Names that code gets in a package, and the folders that move as one."""

from __future__ import annotations

import keyword

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relayout.planning.units import below, identifier, importable_path, inside, is_proper, unit_of


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("monday-boards", "monday_boards"),
        ("2024 load", "_2024_load"),
        ("class", "class_"),
        ("größe", "größe"),
        ("a.b", "a_b"),
    ],
)
def test_a_name_that_can_be_imported(name: str, expected: str) -> None:
    assert identifier(name) == expected


@given(st.text(min_size=1).filter(lambda name: "/" not in name))
def test_every_name_becomes_an_identifier(name: str) -> None:
    found = identifier(name)
    assert found.isidentifier()
    assert not keyword.iskeyword(found)


@pytest.mark.parametrize(
    ("path", "unit"),
    [
        ("scripts/orders/load.py", "scripts/orders"),
        ("scripts/orders/deep/er/load.py", "scripts/orders"),
        ("scripts/load.py", "scripts"),
        ("orders/load.py", "orders"),
        ("load.py", ""),
    ],
)
def test_a_unit_is_the_first_folder_that_is_no_container(path: str, unit: str) -> None:
    assert unit_of(path, {"scripts", "src"}).folder == unit


def test_paths_inside_a_package() -> None:
    assert importable_path("my-folder/my-file.py") == "my_folder/my_file.py"
    assert importable_path("my-folder/my-data.csv") == "my_folder/my-data.csv"
    assert inside("a/b/c.py", "a") == "b/c.py"
    assert below("sales/a-b/c.py", "sales") == "a_b/c.py"


@pytest.mark.parametrize(
    "path", ["", "/a", "a/", "a//b", "../a", "a/../b", "./a", ".git/a", "a/.GIT", ".Git/hooks/x"]
)
def test_paths_that_are_no_place_for_a_file(path: str) -> None:
    assert not is_proper(path)


@pytest.mark.parametrize("path", ["a", "a/b.py", ".github/x.yml", "a/.gitkeep", "..a/b...", " "])
def test_paths_that_are(path: str) -> None:
    assert is_proper(path)
