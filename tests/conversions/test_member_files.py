"""What a member of a workspace names outside of its folder."""

from __future__ import annotations

from typing import Any

import pytest

from relayout.conversions.member_files import keep_inside, name_members


@pytest.mark.parametrize(
    ("readme", "own", "kept"),
    [
        ("../../README.md", "README.md", "README.md"),
        ("../../README.md", "", None),
        ("README.rst", "README.md", "README.rst"),
        ({"file": "../../README.md"}, "README.md", "README.md"),
    ],
)
def test_a_readme_outside_gives_way_to_the_projects_own(readme: Any, own: str, kept: Any) -> None:
    document: dict[str, Any] = {"project": {"readme": readme}}
    assert keep_inside(document, own) == []
    assert document["project"].get("readme") == kept


def test_the_readme_of_setuptools_is_a_list_of_files() -> None:
    dynamic: dict[str, Any] = {"readme": {"file": ["../../README.rst", "HISTORY.rst"]}}
    keep_inside({"tool": {"setuptools": {"dynamic": dynamic}}}, "README.md")
    assert dynamic["readme"] == {"file": ["README.md", "HISTORY.rst"]}


def test_licences_outside_are_left_out_and_reported_once() -> None:
    project = {"license": {"file": "../../LICENSE"}, "license-files": ["../../LICENSE", "NOTICE"]}
    [finding] = keep_inside({"project": project}, "")
    assert finding.code == "project-not-wired"
    assert project == {"license-files": ["NOTICE"]}


def test_a_version_from_git_is_looked_for_in_the_root() -> None:
    document: dict[str, Any] = {"build-system": {"requires": ["setuptools_scm[toml]>=8"]}}
    keep_inside(document, "")
    assert document["tool"]["setuptools_scm"] == {"root": "../.."}


def test_required_members_are_said_to_be_members() -> None:
    document: dict[str, Any] = {"project": {"dependencies": ["etl-core[s3]>=1", "requests"]}}
    name_members(document, ["etl_core", "report"])
    assert document["tool"]["uv"]["sources"] == {"etl-core": {"workspace": True}}
    nothing: dict[str, Any] = {"project": {"dependencies": ["requests"]}}
    name_members(nothing, ["etl_core"])
    assert "tool" not in nothing
