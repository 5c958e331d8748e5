"""Django projects of ``django_projects`` that are copied, adopted, and run before and after."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomlkit

from workbench import commit_all, git, relayout

PROJECTS = Path(__file__).parent / "django_projects"


@dataclass(frozen=True, slots=True)
class Adopted:
    """A repository that was adopted as one package, and the report."""

    folder: Path
    package: str
    status: int
    report: Mapping[str, Any]

    @property
    def source(self) -> Path:
        """The folder that the package is found in."""
        return self.folder / f"packages/{self.package}/src"

    @property
    def scripts(self) -> dict[str, str]:
        """The console scripts of the package."""
        text = (self.folder / f"packages/{self.package}/pyproject.toml").read_text()
        declared = tomlkit.parse(text).unwrap()
        tables = (declared.get("project", {}), declared.get("tool", {}).get("poetry", {}))
        return {
            name: script for table in tables for name, script in table.get("scripts", {}).items()
        }

    @property
    def findings(self) -> set[tuple[str, str]]:
        """The stems of files, each with the code of a finding."""
        findings = self.report["plan"]["findings"]
        return {(Path(finding["path"]).stem, finding["code"]) for finding in findings}

    @property
    def short(self) -> dict[str, list[str]]:
        """The checks that do not pass, with their details."""
        checks = [check for check in self.report["checks"] if not check["passed"]]
        return {check["name"]: list(map(str, check["details"])) for check in checks}

    def script(self, command: str) -> str:
        """Return what the console script of a command starts."""
        return self.scripts[self.script_name(command)]

    def script_name(self, command: str) -> str:
        """Return what the console script of a command is called."""
        return f"{self.package}-{command}".replace("_", "-")

    def start(self, command: str) -> str:
        """Return the program that an installer writes for the console script of a command."""
        module, function = self.script(command).split(":")
        return f"import sys; from {module} import {function}; sys.exit({function}())"


def copied(project: str, folder: Path) -> Path:
    """Copy a project into a new folder."""
    ignored = shutil.ignore_patterns("__pycache__", "*.sqlite3")
    shutil.copytree(PROJECTS / project, folder, ignore=ignored)
    return folder


def adopt(project: str, package: str, folder: Path, *options: str) -> Adopted:
    """Adopt a copy of a project; the package is called as relayout calls it by itself."""
    copied(project, folder)
    git(folder, "init", "--quiet", "--initial-branch=main")
    commit_all(folder, "As it was")
    result = relayout("adopt", "--layout", "monorepo", "--json", *options, cwd=folder)
    assert result.status in (0, 1), result.stderr
    return Adopted(folder, package, result.status, json.loads(result.stdout))


def run(
    arguments: Sequence[str], folder: Path, *search_path: Path, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run Python in a folder, in a process of its own."""
    path = os.pathsep.join(map(str, search_path))
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": path, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
