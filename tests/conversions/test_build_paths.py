"""What build settings name by path, module or package follows what moved."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from relayout.conversions.build_paths import follow_build_paths

MODULES = {"etl": "sales.etl", "etl.version": "sales.etl.version"}


def follow(pattern: str) -> str:
    head, slash, rest = pattern.partition("etl/")
    return f"{head}src/sales/etl/{rest}" if slash and head in ("", "/") else pattern


def followed(tool: dict[str, Any]) -> dict[str, Any]:
    document = {"tool": tool}
    follow_build_paths(document, follow, MODULES.get)
    return document["tool"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            {"poetry": {"include": ["etl/*.sql", {"path": "etl/a.md", "format": "sdist"}, "x.md"]}},
            {
                "poetry": {
                    "include": [
                        "src/sales/etl/*.sql",
                        {"path": "src/sales/etl/a.md", "format": "sdist"},
                        "x.md",
                    ]
                }
            },
        ),
        ({"poetry": {"exclude": "etl/x"}}, {"poetry": {"exclude": "src/sales/etl/x"}}),
        (
            {"hatch": {"version": {"path": "etl/version.py"}}},
            {"hatch": {"version": {"path": "src/sales/etl/version.py"}}},
        ),
        (
            {"hatch": {"build": {"exclude": ["/etl/drafts"]}}},
            {"hatch": {"build": {"exclude": ["/src/sales/etl/drafts"]}}},
        ),
        (
            {"hatch": {"build": {"targets": {"sdist": {"include": ["etl/*"]}}}}},
            {"hatch": {"build": {"targets": {"sdist": {"include": ["src/sales/etl/*"]}}}}},
        ),
        (
            {"hatch": {"build": {"force-include": {"etl/a": "etl/a", "b": "c"}}}},
            {"hatch": {"build": {"force-include": {"src/sales/etl/a": "sales/etl/a", "b": "c"}}}},
        ),
        (
            {"setuptools": {"dynamic": {"version": {"attr": "etl.version.VERSION"}}}},
            {"setuptools": {"dynamic": {"version": {"attr": "sales.etl.version.VERSION"}}}},
        ),
        (
            {"setuptools": {"dynamic": {"readme": {"file": ["etl/README.md", "a.md"]}}}},
            {"setuptools": {"dynamic": {"readme": {"file": ["src/sales/etl/README.md", "a.md"]}}}},
        ),
        (
            {"setuptools": {"package-data": {"etl": ["*.sql"], "*": ["*.md"]}}},
            {"setuptools": {"package-data": {"sales.etl": ["*.sql"], "*": ["*.md"]}}},
        ),
    ],
)
def test_what_is_named(before: dict[str, Any], after: dict[str, Any]) -> None:
    assert followed(before) == after


@pytest.mark.parametrize(
    "tool",
    [
        {},
        {"poetry": {"include": 3, "exclude": [3]}},
        {"hatch": {"version": 3, "build": {"targets": {"wheel": []}, "hooks": {"x": 1}}}},
        {"setuptools": {"dynamic": {"version": 3}, "package-data": []}},
        {"setuptools": {"dynamic": {"version": {"attr": "VERSION"}}}},
    ],
)
def test_what_names_nothing_stays(tool: dict[str, Any]) -> None:
    assert followed(copy.deepcopy(tool)) == tool
