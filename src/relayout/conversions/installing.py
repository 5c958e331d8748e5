"""What stands between a wired ``pyproject.toml`` and the program that is to install it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import tomlkit

from relayout.conversions.dependencies import PATH, uses_poetry
from relayout.inventory.declared import table_at
from relayout.planning.plan import Finding

_LOCKS = {"uv.lock": "uv lock", "poetry.lock": "poetry lock", "pdm.lock": "pdm lock"}
"""Lock files, each with the command that writes it anew."""

_LOCKED = (
    ("project", "requires-python"),
    ("project", "dependencies"),
    ("project", "optional-dependencies"),
    ("dependency-groups",),
    ("tool", "poetry", "dependencies"),
    ("tool", "poetry", "dev-dependencies"),
    ("tool", "poetry", "group"),
    ("tool", "uv", "sources"),
)
"""What a lock file follows from."""


def about_installing(
    mine: str | None, document: Mapping[str, Any], manager: str, paths: Collection[str]
) -> list[Finding]:
    """Return what a person must do before the project that a document describes can be installed.

    ``mine`` is the text of the document as it was; ``paths`` are those of the resulting tree.
    """
    findings = []
    if manager == "uv" and uses_poetry(document):
        message = "uv needs [project], and this has Poetry's tables only, so uv installs no package"
        advice = "Answer package_manager=poetry, or move the project's data to [project]."
        findings.append(Finding("project-not-wired", PATH, 0, message, advice))
    if manager == "poetry" and _lacks_version(document):
        message = "Poetry needs a version that is written down, and this has one that is computed"
        advice = "Declare it: [tool.poetry] version, or [project] version. Or answer otherwise."
        findings.append(Finding("project-not-wired", PATH, 0, message, advice))
    before = {} if mine is None else tomlkit.parse(mine).unwrap()
    if _locked(before) != _locked(document):
        message = "pyproject.toml asks for other packages now than those that it was made for"
        findings += [
            Finding("lock-outdated", lock, 0, message, f"Run: {command}")
            for lock, command in _LOCKS.items()
            if lock in paths
        ]
    return findings


def _lacks_version(document: Mapping[str, Any]) -> bool:
    poetry = table_at(document, "tool", "poetry")
    has_version = "version" in poetry or poetry.get("package-mode") is False
    return "version" in table_at(document, "project").get("dynamic", []) and not has_version


def _locked(document: Mapping[str, Any]) -> list[Any]:
    return [
        table_at(document, *names[:-1]).get(names[-1]) if len(names) > 1 else document.get(names[0])
        for names in _LOCKED
    ]
