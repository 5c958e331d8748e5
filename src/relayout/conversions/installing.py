"""What stands between a wired ``pyproject.toml`` and the program that is to install it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
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


_OVER_SSH = re.compile(r"(git\+)?ssh://|git@")


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
    for name, place in _behind_a_key(document):
        message = f"{name} is installed from {place}: only who has a key to it can install this"
        advice = "Give CI and images a key, or an index that has the package."
        findings.append(Finding("private-dependency", PATH, 0, message, advice))
    before = {} if mine is None else tomlkit.parse(mine).unwrap()
    if _locked(before) != _locked(document):
        message = "pyproject.toml asks for other packages now than those that it was made for"
        findings += [
            Finding("lock-outdated", lock, 0, message, f"Run: {command}")
            for lock, command in _LOCKS.items()
            if lock in paths
        ]
    return findings


def _behind_a_key(document: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what is installed over SSH, and from where, as far as a report may show it."""
    poetry = table_at(document, "tool", "poetry")
    groups = [table_at(group, "dependencies") for group in table_at(poetry, "group").values()]
    sources = table_at(document, "tool", "uv", "sources")
    tables = [table_at(poetry, "dependencies"), *groups, sources]
    said = [(name, str(table_at(table, name).get("git", ""))) for table in tables for name in table]
    for text in table_at(document, "project").get("dependencies", []):
        name, _, url = text.partition("@")
        said.append((name.strip(), url.strip()))
    for name, url in dict.fromkeys(said):
        if _OVER_SSH.match(url):
            yield name, re.sub(r":[^@/]*@", ":***@", url)


def _lacks_version(document: Mapping[str, Any]) -> bool:
    poetry = table_at(document, "tool", "poetry")
    has_version = "version" in poetry or poetry.get("package-mode") is False
    return "version" in table_at(document, "project").get("dynamic", []) and not has_version


def _locked(document: Mapping[str, Any]) -> list[Any]:
    return [
        table_at(document, *names[:-1]).get(names[-1]) if len(names) > 1 else document.get(names[0])
        for names in _LOCKED
    ]
