"""The projects of a monorepo become one, which asks for what all of them did."""

from __future__ import annotations

from typing import Any

import pytest
import tomlkit

from relayout.errors import Refusal
from relayout.evolution.joined_projects import joined_projects
from relayout.tree import Tree

ROOT = """\
[tool.uv.workspace]
members = ["packages/*"]

[dependency-groups]
dev = ["ruff", "mine"]

[tool.ruff]
line-length = 88
"""
SHOP = """\
[project]
name = "shop"
dependencies = ["rates[s3]", "pandas>=2"]

[project.scripts]
shop-load = "shop.load:main"

[dependency-groups]
dev = ["pytest"]

[tool.uv.sources]
rates = { workspace = true }

[tool.hatch.build.targets.wheel]
packages = ["src/shop"]
"""
RATES = """\
[project]
name = "rates"
dependencies = ["pandas", "httpx"]

[project.optional-dependencies]
s3 = ["boto3"]

[dependency-groups]
dev = ["moto", "pytest>=7"]

[tool.poetry.scripts]
rates-fetch = "rates.fetch:main"

[tool.hatch.build.targets.wheel]
packages = ["src/rates"]
"""
FILES = {
    "pyproject.toml": ROOT,
    "packages/shop/pyproject.toml": SHOP,
    "packages/rates/pyproject.toml": RATES,
}


def joined(**changed: str) -> dict[str, Any]:
    tree = joined_projects(
        Tree.of({**FILES, **changed}), "shop", {"dependency-groups": {"dev": ["ruff"]}}
    )
    assert list(tree) == ["packages/shop/pyproject.toml"]
    return tomlkit.parse(tree.read("packages/shop/pyproject.toml").decode()).unwrap()


def test_one_project_asks_for_what_all_packages_need() -> None:
    project = joined()["project"]
    assert project["dependencies"] == ["pandas>=2", "httpx", "boto3"]
    assert project["scripts"] == {
        "rates-fetch": "rates.fetch:main",
        "shop-load": "shop.load:main",
    }


def test_what_the_tools_of_the_layout_need_is_not_taken_along() -> None:
    assert joined()["dependency-groups"]["dev"] == ["pytest", "moto", "mine"]


def test_settings_of_tools_come_from_the_root_and_the_workspace_is_no_more() -> None:
    tools = joined()["tool"]
    assert tools["ruff"] == {"line-length": 88}
    assert "uv" not in tools
    assert tools["hatch"]["build"]["targets"]["wheel"]["packages"] == ["src/shop", "src/rates"]


def test_a_project_that_is_not_toml_is_named() -> None:
    with pytest.raises(Refusal, match=r"packages/rates/pyproject\.toml is not valid TOML"):
        joined(**{"packages/rates/pyproject.toml": "[project"})
