"""What files of tools say is in ``pyproject.toml`` afterwards, in its own types."""

from __future__ import annotations

from typing import Any

import pytest

from relayout.conversions.tool_config import merge_tool_config
from relayout.planning.plan import Finding
from relayout.tree import Tree


def merged(
    files: dict[str, str],
    document: dict[str, Any] | None = None,
    template: dict[str, Any] | None = None,
) -> tuple[dict[str, Any], list[Finding]]:
    result = document or {}
    findings = merge_tool_config(result, {"tool": template or {}}, Tree.of(files))
    return result.get("tool", {}), findings


def test_pytest() -> None:
    text = """\
[pytest]
addopts = -ra
    --strict-markers
testpaths = tests "other tests"  # two
python_files = test_*.py
markers =
    slow: takes long
    # a comment
    db
filterwarnings = error
log_cli = true
minversion = 6.0
"""
    tool, [finding] = merged({"pytest.ini": text})
    assert tool["pytest"]["ini_options"] == {
        "addopts": "-ra --strict-markers",
        "testpaths": ["tests", "other tests"],
        "python_files": ["test_*.py"],
        "markers": ["slow: takes long", "db"],
        "filterwarnings": ["error"],
        "log_cli": "true",
        "minversion": "6.0",
    }
    assert (finding.code, finding.path, finding.line) == ("tool-config", "pytest.ini", 1)


def test_mypy() -> None:
    text = """\
[mypy]
python_version = 3.10
strict = True
plugins = pydantic.mypy,
    other
exclude = ^build/
[mypy-yaml.*]
ignore_missing_imports = yes
[mypy-a,b.c]
follow_imports = skip
"""
    tool, _ = merged({"mypy.ini": text})
    assert tool["mypy"] == {
        "python_version": "3.10",
        "strict": True,
        "plugins": ["pydantic.mypy", "other"],
        "exclude": "^build/",
        "overrides": [
            {"module": "yaml.*", "ignore_missing_imports": True},
            {"module": ["a", "b.c"], "follow_imports": "skip"},
        ],
    }


COVERAGE = {
    "run": {"branch": True, "source": ["a", "b"]},
    "report": {"fail_under": 80, "omit": ["x", "y"]},
    "paths": {"source": ["src", "build/src"]},
}


@pytest.mark.parametrize(("path", "prefix"), [(".coveragerc", ""), ("setup.cfg", "coverage:")])
def test_coverage(path: str, prefix: str) -> None:
    text = f"""\
[metadata]
[{prefix}run]
branch = True
source = a, b
[{prefix}report]
fail_under = 80
omit =
    x
    y
[{prefix}paths]
source =
    src
    build/src
"""
    text = text if prefix else text.replace("[metadata]\n", "")
    tool, [finding] = merged({path: text})
    assert tool["coverage"] == COVERAGE
    assert finding.line == (2 if prefix else 1)


def test_flake8_becomes_ruff_on_top_of_the_template() -> None:
    template = {
        "ruff": {
            "src": ["src"],
            "line-length": 100,
            "extend-exclude": ["__legacy"],
            "lint": {"select": ["E9"], "isort": {"known-first-party": ["x"]}},
        }
    }
    text = "[flake8]\nmax-line-length = 88\nexclude = build\n"
    tool, _ = merged({"tox.ini": text}, template=template)
    assert tool["ruff"] == {
        "src": ["src"],
        "line-length": 88,
        "extend-exclude": ["build", "__legacy"],
        "lint": {"select": ["E", "F", "W"], "isort": {"known-first-party": ["x"]}},
    }


def test_the_file_that_the_tool_reads_is_the_one() -> None:
    files = {
        "pytest.ini": "[pytest]\nminversion = 1\n",
        "setup.cfg": "[tool:pytest]\nminversion = 3\n",
        "tox.ini": "[pytest]\nminversion = 2\n",
    }
    tool, [finding] = merged(files)
    assert tool["pytest"]["ini_options"] == {"minversion": "1"}
    assert finding.path == "pytest.ini"
    del files["pytest.ini"]
    assert merged(files)[0]["pytest"]["ini_options"] == {"minversion": "2"}
    del files["tox.ini"]
    [finding] = merged(files)[1]
    assert "the sections of pytest" in finding.help


def test_a_table_that_is_there_is_left() -> None:
    mine = {"tool": {"mypy": {"strict": False}}}
    tool, [finding] = merged({"mypy.ini": "[mypy]\nstrict = True\n"}, document=mine)
    assert tool == {"mypy": {"strict": False}}
    assert "already" in finding.message


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"setup.cfg": "[metadata]\nname = x\n[isort]\nprofile = black\n"},
        {"pytest.ini": "no section\n"},
        {"mypy.ini": "[mypy\n"},
        {".flake8": "\x00"},
        {".coveragerc": "[other]\nx = 1\n"},
    ],
)
def test_what_says_nothing_gives_nothing(files: dict[str, str]) -> None:
    assert merged(files) == ({}, [])
