"""Configuration of tools becomes tables of ``pyproject.toml``, when a person asks for it.

pytest: https://docs.pytest.org/en/stable/reference/customize.html#pyproject-toml; mypy:
https://mypy.readthedocs.io/en/stable/config_file.html#using-a-pyproject-toml-file; coverage:
https://coverage.readthedocs.io/en/latest/config.html. Flake8 reads no ``pyproject.toml``; Ruff has
its settings (https://docs.astral.sh/ruff/faq/#how-does-ruffs-linter-compare-to-flake8).
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from relayout.conversions.ruff_settings import ruff_settings
from relayout.conversions.tool_files import ToolFile, lines_of, tool_files
from relayout.inventory.declared import table_at
from relayout.planning.plan import Finding
from relayout.tree import Tree

_PYTEST_WORDS = frozenset(
    {"norecursedirs", "python_classes", "python_files", "python_functions", "pythonpath"}
    | {"required_plugins", "testpaths", "usefixtures"}
)
_PYTEST_LINES = frozenset({"filterwarnings", "markers"})
_MYPY_LISTS = frozenset(
    {"always_false", "always_true", "disable_error_code", "enable_error_code", "files"}
    | {"modules", "packages", "plugins", "untyped_calls_exclude"}
)
_MYPY_TEXTS = frozenset({"python_version", "exclude", "mypy_path", "cache_dir", "follow_imports"})
_COVERAGE_LISTS = frozenset(
    {"concurrency", "debug", "disable_warnings", "exclude_also", "exclude_lines", "include"}
    | {"omit", "partial_branches", "plugins", "source", "source_pkgs"}
)
_TRUTH = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


def merge_tool_config(
    document: dict[str, Any], brought: dict[str, Any], tree: Tree
) -> list[Finding]:
    """Add to a document what files of tools say; return a finding for each.

    A tool that the document has a table for is left alone. What Flake8 says goes on top of the
    template's table of Ruff, in ``brought``.
    """
    findings = []
    for file in tool_files(tree):
        table = "ruff" if file.tool == "flake8" else file.tool
        if table in table_at(document, "tool"):
            message = f"pyproject.toml has [tool.{table}] already, so this was not merged into it"
            advice = "Decide which of the two holds, and delete the other."
            findings.append(Finding("tool-config", file.path, file.line, message, advice))
            continue
        said, left = _CONVERSIONS[file.tool](file)
        if table == "ruff":
            said = _on_top_of(table_at(brought, "tool", "ruff"), said)
        document.setdefault("tool", {})[table] = said
        findings.append(_merged(file, table, left))
    return findings


def _merged(file: ToolFile, table: str, left: list[str]) -> Finding:
    message = f"pyproject.toml has what it says of {file.tool}, in [tool.{table}]"
    if left:
        message += f"; it does not have {', '.join(left)}"
    what = f"the sections of {file.tool}" if _is_shared(file) else "this file"
    advice = f"Check it, then delete {what}: while both are there, one hides the other."
    return Finding("tool-config", file.path, file.line, message, advice)


def _is_shared(file: ToolFile) -> bool:
    return file.path in ("setup.cfg", "tox.ini")


def _on_top_of(template: Mapping[str, Any], said: dict[str, Any]) -> dict[str, Any]:
    """Return Ruff's settings with those of the template that say something else."""
    excluded = [*said.get("extend-exclude", []), *template.get("extend-exclude", [])]
    lint = {**template.get("lint", {}), **said.get("lint", {})}
    merged = {**template, **said, "lint": lint}
    if excluded:
        merged["extend-exclude"] = list(dict.fromkeys(excluded))
    return merged


# -- each tool's


def _pytest(file: ToolFile) -> tuple[dict[str, Any], list[str]]:
    (section,) = file.sections.values()
    return {"ini_options": {key: _pytest_value(key, text) for key, text in section.items()}}, []


def _pytest_value(key: str, text: str) -> Any:
    if key in _PYTEST_LINES:
        return list(lines_of(text))
    if key in _PYTEST_WORDS:
        try:
            return shlex.split(text, comments=True)
        except ValueError:
            return text.split()
    return " ".join(lines_of(text)) if key == "addopts" else text


def _mypy(file: ToolFile) -> tuple[dict[str, Any], list[str]]:
    table: dict[str, Any] = {}
    overrides = []
    for name, section in file.sections.items():
        values = {key: _mypy_value(key, text) for key, text in section.items()}
        if name == "mypy":
            table |= values
        else:
            modules = [part.strip() for part in name.removeprefix("mypy-").split(",")]
            module = modules[0] if len(modules) == 1 else modules
            overrides.append({"module": module, **values})
    return ({**table, "overrides": overrides} if overrides else table), []


def _mypy_value(key: str, text: str) -> Any:
    if key in _MYPY_LISTS:
        return [item.strip() for item in re.split(r"[,\n]", text) if item.strip()]
    return text if key in _MYPY_TEXTS else _plain(text)


def _coverage(file: ToolFile) -> tuple[dict[str, Any], list[str]]:
    return {
        name: {
            key: list(_items(text)) if key in _COVERAGE_LISTS or name == "paths" else _plain(text)
            for key, text in section.items()
        }
        for name, section in file.sections.items()
    }, []


def _items(text: str) -> Iterator[str]:
    """Yield the items of a list of coverage's: one a line, or with commas in one line."""
    lines = list(lines_of(text))
    yield from lines if len(lines) > 1 else (i.strip() for i in text.split(",") if i.strip())


def _plain(text: str) -> Any:
    """Return a truth value or a number that a text stands for, else the text."""
    if text.lower() in _TRUTH:
        return _TRUTH[text.lower()]
    return int(text) if re.fullmatch(r"\d{1,9}", text) else text


def _flake8(file: ToolFile) -> tuple[dict[str, Any], list[str]]:
    (section,) = file.sections.values()
    return ruff_settings(section)


_CONVERSIONS: Mapping[str, Callable[[ToolFile], tuple[dict[str, Any], list[str]]]] = {
    "pytest": _pytest,
    "mypy": _mypy,
    "coverage": _coverage,
    "flake8": _flake8,
}
"""What turns a file of each tool into a table, and the keys that it cannot turn."""
