"""Every folder of ``wirings/`` is a repository and the ``pyproject.toml`` that it has afterwards.

``case.yml`` says in a sentence what happens, what installs the project, and the findings by code.
``after/`` holds the files that the wiring writes; the template is a short one. Add a folder to add
a case.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from migrations import SRC_LAYOUT, checks_of
from relayout.migration import Migration, migrate
from relayout.planning.plan import Options
from relayout.rendering import Rendering
from relayout.tree import Tree

WIRINGS = Path(__file__).parent / "wirings"
NAMES = sorted(folder.name for folder in WIRINGS.iterdir())
CODES = (
    "lock-outdated",
    "project-not-wired",
    "requirement-not-wired",
    "setup-script",
    "setup-value-unclear",
    "tool-config",
)
BACKENDS = {
    "hatchling": """\
[build-system]
requires = ["hatchling>=1.27"]
build-backend = "hatchling.build"
""",
    "poetry": """\
[build-system]
requires = ["poetry-core>=2.2"]
build-backend = "poetry.core.masonry.api"
""",
}
PROJECT = """
[project]
name = "pipelines"
version = "0.1.0"
requires-python = ">=3.10"
dependencies = []

[dependency-groups]
dev = [
  "pytest>=8",
  "ruff>=0.17",
]

"""
TARGETS = {
    "hatchling": '[tool.hatch.build.targets.wheel]\npackages = ["src/pipelines"]\n',
    "poetry": """\
[tool.poetry]
packages = [{ include = "pipelines", from = "src" }]

[tool.poetry.dependencies]
python = ">=3.10,<4"
""",
}
REQUIREMENTS = "# Written from pyproject.toml.\n"


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def case_of(name: str) -> dict[str, Any]:
    case: dict[str, Any] = yaml.safe_load((WIRINGS / name / "case.yml").read_text(encoding="utf-8"))
    return case


def rendering_of(answers: dict[str, Any]) -> Rendering:
    backend = "poetry" if answers["package_manager"] == "poetry" else "hatchling"
    project = BACKENDS[backend] + PROJECT + TARGETS[backend]
    recorded = yaml.safe_dump({"layout": "src-layout", **answers})
    texts = {
        "pyproject.toml": project,
        "requirements.txt": REQUIREMENTS,
        ".copier-answers.yml": recorded,
    }
    return Rendering({path: text.encode() for path, text in texts.items()}, frozenset())


def wire(name: str) -> Migration:
    rendering = rendering_of(case_of(name)["answers"])
    before = Tree.of(files_of(WIRINGS / name / "before"))
    return migrate(before, SRC_LAYOUT, Options("src-layout"), lambda plan: rendering)


@pytest.mark.parametrize("name", NAMES)
def test_the_project_is_wired_as_expected(name: str) -> None:
    migration = wire(name)
    for path, content in files_of(WIRINGS / name / "after").items():
        assert migration.after.read(path).decode() == content.decode(), path


@pytest.mark.parametrize("name", NAMES)
def test_the_findings_are_the_expected_ones(name: str) -> None:
    found = Counter(f.code for f in wire(name).plan.findings if f.code in CODES)
    assert found == case_of(name).get("findings", {})


@pytest.mark.parametrize("name", NAMES)
def test_the_result_verifies_and_a_second_plan_is_empty(name: str) -> None:
    migration = wire(name)
    failed = [check.name for check in checks_of(migration).values() if not check.passed]
    assert failed == []
    options = Options("src-layout", package=migration.plan.package)
    again = migrate(migration.after, SRC_LAYOUT, options, lambda plan: None)
    assert again.plan.is_empty
