"""Environments of conda tell pip what to install."""

from __future__ import annotations

import pytest

from references import followed
from relayout.inventory.references.settings.conda import is_conda

MOVES = {"deps/base.txt": "requirements/base.txt", "libs/own/setup.py": "packages/own/setup.py"}
PIP = "name: x\ndependencies:\n  - python=3.11 # deps/base.txt\n  - pip:\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("    - -r deps/base.txt\n", "    - -r requirements/base.txt\n"),
        ('    - "-e ./libs/own"\n', '    - "-e ./packages/own"\n'),
        ("    - pandas\r\n    - --requirement deps/base.txt\r\n",
         "    - pandas\r\n    - --requirement requirements/base.txt\r\n"),
    ],
)  # fmt: skip
def test_an_item_follows(before: str, after: str) -> None:
    assert followed("environment.yml", PIP + before, MOVES) == (PIP + after, [])


@pytest.mark.parametrize(
    "text", ["    - deps\n", "    - -r https://host/deps/base.txt\n", "  - {\n"]
)
def test_what_names_nothing_that_moved_is_left(text: str) -> None:
    assert followed("environment.yml", PIP + text, MOVES) == (PIP + text, [])


def test_names_of_files() -> None:
    assert all(map(is_conda, ("environment.yml", "x/environment-dev.yaml", "env.yml")))
    assert not any(map(is_conda, ("environments.md", "my_environment.yml")))
