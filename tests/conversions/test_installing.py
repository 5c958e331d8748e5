"""What a person must do before the project can be installed is said."""

from __future__ import annotations

from typing import Any

import pytest

from relayout.conversions.installing import about_installing

POETRY = {"tool": {"poetry": {"name": "x", "version": "1"}}}


def codes(mine: str | None, document: dict[str, Any], manager: str, *paths: str) -> list[str]:
    return [finding.code for finding in about_installing(mine, document, manager, paths)]


def test_uv_needs_a_project() -> None:
    assert codes(None, POETRY, "uv") == ["project-not-wired"]
    assert codes(None, POETRY, "poetry") == codes(None, POETRY, "pip") == []


@pytest.mark.parametrize(
    ("document", "is_told"),
    [
        ({"project": {"dynamic": ["version"]}}, True),
        ({"project": {"dynamic": ["version"]}, **POETRY}, False),
        ({"project": {"dynamic": ["version"]}, "tool": {"poetry": {"package-mode": False}}}, False),
        ({"project": {"version": "1"}}, False),
    ],
)
def test_poetry_needs_a_version(document: dict[str, Any], is_told: bool) -> None:
    assert bool(codes(None, document, "poetry")) is is_told
    assert codes(None, document, "uv") == []


def test_a_lock_file_that_was_made_for_other_packages_is_outdated() -> None:
    mine = '[project]\nname = "x"\ndependencies = ["a"]\n'
    same: dict[str, Any] = {"project": {"name": "y", "dependencies": ["a"]}}
    assert codes(mine, same, "uv", "uv.lock") == []
    more = {"project": {"dependencies": ["a", "b"]}}
    assert codes(mine, more, "uv", "uv.lock", "poetry.lock") == ["lock-outdated"] * 2
    grouped = {**same, "dependency-groups": {"dev": []}}
    assert codes(mine, grouped, "", "uv.lock") == ["lock-outdated"]
    assert codes(mine, more, "uv") == []
