"""Which files of a repository configure its tools, in the order in which the tools read them.

See https://docs.pytest.org/en/stable/reference/customize.html,
https://mypy.readthedocs.io/en/stable/config_file.html,
https://flake8.pycqa.org/en/latest/user/configuration.html,
https://coverage.readthedocs.io/en/latest/config.html,
https://docs.astral.sh/ruff/configuration/ and
https://docs.dagster.io/deployment/code-locations/workspace-yaml.
"""

from __future__ import annotations

import configparser
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from relayout.tree import Tree

_PLACES = (
    ("pytest", (("pytest.ini", "pytest"), (".pytest.ini", "pytest"))),
    ("pytest", (("tox.ini", "pytest"), ("setup.cfg", "tool:pytest"))),
    ("mypy", (("mypy.ini", "mypy"), (".mypy.ini", "mypy"), ("setup.cfg", "mypy"))),
    ("coverage", ((".coveragerc", "run"), (".coveragerc", "report"))),
    ("coverage", (("setup.cfg", "coverage:run"), ("setup.cfg", "coverage:report"))),
    ("coverage", (("tox.ini", "coverage:run"), ("tox.ini", "coverage:report"))),
    ("flake8", (("setup.cfg", "flake8"), ("tox.ini", "flake8"), (".flake8", "flake8"))),
)
"""The first file that has such a section is the one that the tool reads, and no other."""

_WHOLE_FILES = {
    "pytest.ini": "pytest",
    ".pytest.ini": "pytest",
    "pytest.toml": "pytest",
    ".pytest.toml": "pytest",
    "mypy.ini": "mypy",
    ".mypy.ini": "mypy",
    "ruff.toml": "ruff",
    ".ruff.toml": "ruff",
    ".coveragerc": "coverage",
    "dg.toml": "dagster",
    "workspace.yaml": "dagster",
}
"""Files that stand for a table of ``pyproject.toml`` whatever they hold."""

_HEADER = re.compile(r"\[([^\]\n]+)\]")


@dataclass(frozen=True)
class ToolFile:
    """A file that one tool reads: its sections with their keys, as they stand there."""

    tool: str
    path: str
    line: int
    """The line of the tool's first section."""
    sections: Mapping[str, Mapping[str, str]]


def tables_elsewhere(tree: Tree) -> tuple[str, ...]:
    """Return the tables of ``pyproject.toml`` that a file of the repository stands for.

    pyproject.toml would take precedence over most sections of files that several tools share.
    """
    tools = [tool for name, tool in _WHOLE_FILES.items() if name in tree]
    tools += [file.tool for file in tool_files(tree) if file.tool != "flake8"]
    return tuple(dict.fromkeys(f"tool.{tool}" for tool in tools))


def tool_files(tree: Tree) -> list[ToolFile]:
    """Return the file that each tool reads, where there is one."""
    found: dict[str, ToolFile] = {}
    for tool, places in _PLACES:
        for path, section in places:
            if tool not in found and tree.is_regular(path):
                file = _read(tree, tool, path, section)
                if file is not None:
                    found[tool] = file
    return list(found.values())


def _read(tree: Tree, tool: str, path: str, section: str) -> ToolFile | None:
    text = tree.read(path).decode("utf-8-sig", errors="replace")
    parser = configparser.RawConfigParser(allow_no_value=True, strict=False)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    try:
        parser.read_string(text)
    except configparser.Error:
        return None
    if section not in parser:
        return None
    prefix = section.removesuffix("run").removesuffix("report") if tool == "coverage" else section
    names = [name for name in parser.sections() if _belongs(name, tool, prefix)]
    sections = {
        name.removeprefix(prefix) if tool == "coverage" else name: {
            key: value or "" for key, value in parser.items(name)
        }
        for name in names
    }
    return ToolFile(tool, path, _line_of(text, names), sections)


def _belongs(name: str, tool: str, prefix: str) -> bool:
    """Tell whether a section is the tool's: mypy and coverage have several."""
    if tool == "mypy":
        return name == "mypy" or name.startswith("mypy-")
    if tool == "coverage":
        return name.startswith(prefix)
    return name == prefix


def _line_of(text: str, names: list[str]) -> int:
    for number, line in enumerate(text.splitlines(), 1):
        header = _HEADER.match(line)
        if header and header[1] in names:
            return number
    return 0


def lines_of(value: str) -> Iterator[str]:
    """Yield the lines of a value that say something."""
    yield from (line.strip() for line in value.splitlines() if line.strip())
