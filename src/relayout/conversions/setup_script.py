"""``setup.py`` and ``setup.cfg`` become ``[project]`` of ``pyproject.toml``.

What each keyword is called there: PEP 621, and
https://setuptools.pypa.io/en/latest/userguide/pyproject_config.html.
"""

from __future__ import annotations

import configparser
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from packaging.requirements import InvalidRequirement
from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import InvalidVersion, Version

from relayout.inventory.declared import parse_requirement
from relayout.inventory.setup_script import SCRIPT, Setup
from relayout.planning.plan import Finding

_NAME = re.compile(r"[a-z0-9]([a-z0-9._-]*[a-z0-9])?", re.IGNORECASE)
"""What PEP 508 allows as the name of a project, and PEP 685 as that of an extra."""

_NEEDS_NOTHING = frozenset(
    {
        "include_package_data",
        "long_description",
        "long_description_content_type",
        "package_data",
        "package_dir",
        "packages",
        "py_modules",
        "setup_requires",
        "zip_safe",
    }
)
"""Keywords that say where code and readme are, which the layout says."""

ModuleMoved = Callable[[str], str | None]


class _Unfit(Exception):
    """A value that ``[project]`` cannot hold; the message says why."""


def take_over(
    setups: Sequence[Setup], module_moved: ModuleMoved
) -> tuple[dict[str, Any], list[Finding]]:
    """Return the ``[project]`` table that these files declare, and what a person should know.

    Of two files the first wins. Entry points name modules where they are after the moves.
    """
    project: dict[str, Any] = {}
    findings: list[Finding] = []
    decided: set[str] = set()
    for setup in setups:
        taken = []
        for keyword, value in setup.values.items():
            if keyword not in _KEYWORDS or keyword in decided:
                continue
            try:
                keys = _KEYWORDS[keyword](value.value)
            except _Unfit as unfit:
                findings.append(_unclear(setup.file, keyword, value.line, str(unfit)))
                continue
            taken.append(keyword)
            project |= {key: _followed(key, table, module_moved) for key, table in keys.items()}
        for keyword, line in setup.unclear.items():
            if (keyword in _KEYWORDS or keyword == "**") and keyword not in decided:
                problem = "cannot be told without running code"
                findings.append(_unclear(setup.file, keyword, line, problem))
        decided |= {*setup.values, *setup.unclear}
        findings.append(_taken_over(setup, taken))
    return project, findings


def _unclear(file: str, keyword: str, line: int, problem: str) -> Finding:
    message = f"{keyword}: the value {problem}, so it was not taken over"
    advice = f"Declare it in pyproject.toml: [project] {_PLACES.get(keyword, '')}".rstrip()
    return Finding("setup-value-unclear", file, line, message, advice)


def _taken_over(setup: Setup, taken: Sequence[str]) -> Finding:
    message = "pyproject.toml has taken over what it declared"
    if taken:
        message += f": {', '.join(taken)}"
    rest = sorted({*setup.values, *setup.unclear} - {*taken, *_NEEDS_NOTHING})
    if rest:
        message += f"; it does not have {', '.join(rest)}"
    what = "this file" if setup.file == SCRIPT else "the sections [metadata] and [options]"
    advice = f"Delete {what}." if not rest else f"Declare the rest there, then delete {what}."
    return Finding("setup-script", setup.file, setup.line, message, advice)


# -- keywords


def _name(value: Any) -> dict[str, Any]:
    if not isinstance(value, str) or not _NAME.fullmatch(value.strip()):
        raise _Unfit("is no name of a project")
    return {"name": value.strip()}


def _version(value: Any) -> dict[str, Any]:
    try:
        Version(value)
    except (InvalidVersion, TypeError):
        raise _Unfit("is no version (PEP 440)") from None
    return {"version": value.strip()}


def _description(value: Any) -> dict[str, Any]:
    if not isinstance(value, str):
        raise _Unfit("is no text")
    return {"description": " ".join(value.split())}


def _python_requires(value: Any) -> dict[str, Any]:
    try:
        SpecifierSet(value)
    except (InvalidSpecifier, TypeError, AttributeError):
        raise _Unfit("is no version specifier (PEP 440)") from None
    return {"requires-python": value.strip()} if value.strip() else {}


def _install_requires(value: Any) -> dict[str, Any]:
    return {"dependencies": _requirements(value)}


def _extras_require(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _Unfit("is no table of extras")
    for extra in value:
        if not isinstance(extra, str) or not _NAME.fullmatch(extra):
            raise _Unfit(f"has an extra {extra!r}, which is no name")
    return {"optional-dependencies": {e: _requirements(texts) for e, texts in value.items()}}


def _requirements(value: Any) -> list[str]:
    lines = (re.sub(r"(^|\s)#.*$", "", line).strip() for line in _lines(value))
    texts = [line for line in lines if line]
    for text in texts:
        try:
            parse_requirement(text)
        except InvalidRequirement:
            raise _Unfit(f"has {text!r}, which is not a PEP 508 requirement") from None
    return texts


def _lines(value: Any) -> list[str]:
    lines = value.splitlines() if isinstance(value, str) else value
    if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
        raise _Unfit("is neither a list of texts nor one of lines")
    return [line.strip() for line in lines if line.strip()]


def _entry_points(value: Any) -> dict[str, Any]:
    groups = _groups(value) if isinstance(value, str) else value
    if not isinstance(groups, dict):
        raise _Unfit("is no table of entry points")
    tables = {str(group): dict(_points(lines)) for group, lines in groups.items()}
    found: dict[str, Any] = {
        "scripts": tables.pop("console_scripts", {}),
        "gui-scripts": tables.pop("gui_scripts", {}),
        "entry-points": {group: points for group, points in tables.items() if points},
    }
    return {key: table for key, table in found.items() if table}


def _groups(text: str) -> dict[str, str]:
    parser = configparser.RawConfigParser(delimiters=("=",))
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    try:
        parser.read_string(text)
    except configparser.Error:
        raise _Unfit("cannot be read as sections of entry points") from None
    return {
        section: "\n".join(f"{name} = {target}" for name, target in parser.items(section))
        for section in parser.sections()
    }


def _points(lines: Any) -> Iterator[tuple[str, str]]:
    for line in _lines(lines):
        name, equals, target = line.partition("=")
        if not equals or not name.strip() or not target.strip():
            raise _Unfit(f"has {line!r}, which is no entry point")
        yield name.strip(), re.sub(r"\s*:\s*", ":", target.strip())


def _followed(key: str, value: Any, module_moved: ModuleMoved) -> Any:
    """Return a value of ``[project]`` with the modules of entry points where they are now."""
    if key == "entry-points":
        return {
            group: _followed("scripts", points, module_moved) for group, points in value.items()
        }
    if key not in ("scripts", "gui-scripts"):
        return value
    return {name: moved_target(target, module_moved) for name, target in value.items()}


def moved_target(target: str, module_moved: ModuleMoved) -> str:
    """Return an entry point (``module:function``) that follows its module."""
    module, colon, function = target.partition(":")
    moved = module_moved(module.strip())
    return target if moved is None else f"{moved}{colon}{function}"


_KEYWORDS: Mapping[str, Callable[[Any], dict[str, Any]]] = {
    "name": _name,
    "version": _version,
    "description": _description,
    "python_requires": _python_requires,
    "install_requires": _install_requires,
    "extras_require": _extras_require,
    "entry_points": _entry_points,
}

_PLACES = {
    "name": "name",
    "version": "version",
    "description": "description",
    "python_requires": "requires-python",
    "install_requires": "dependencies",
    "extras_require": "optional-dependencies",
    "entry_points": "scripts",
}
"""The key of ``[project]`` for each keyword."""
