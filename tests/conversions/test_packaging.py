"""``pyproject.toml`` is created or merged, in the words of the build backend that it uses."""

from __future__ import annotations

from typing import Any

import pytest
import tomlkit

from relayout.conversions.packaging import (
    Packaging,
    UnreadableProject,
    script_names,
    wire_project,
)
from relayout.inventory.requirements import Declared

TEMPLATE = """\
[build-system]
requires = ["hatchling>=1.27"]
build-backend = "hatchling.build"

[project]
name = "sales"
version = "0.1.0"
license = "MIT"
dependencies = []

[tool.ruff]
line-length = 100
"""


def packaging(**changes: Any) -> Packaging:
    plain: dict[str, Any] = {
        "package": "sales",
        "scripts": {},
        "requirements": (),
        "has_data": False,
        "module_moved": lambda dotted: None,
    }
    return Packaging(**{**plain, **changes})


def wire(mine: str | None, **changes: Any) -> dict[str, Any]:
    text, _ = wire_project(mine, TEMPLATE, packaging(**changes))
    again, _ = wire_project(text, TEMPLATE, packaging(**changes))
    assert again == text, "wiring a wired project changes nothing"
    return tomlkit.parse(text).unwrap()


def test_a_repository_without_one_gets_the_templates() -> None:
    document = wire(None)
    assert document["project"]["name"] == "sales"
    assert document["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"] == ["src/sales"]


def test_no_licence_is_claimed_for_a_repository() -> None:
    assert "license" not in wire(None)["project"]
    assert wire('[project]\nname = "x"\nlicense = "0BSD"\n')["project"]["license"] == "0BSD"


def test_dependencies_come_from_the_requirements_once() -> None:
    requirements = (
        Declared("pandas>=2", "requirements.txt", 1),
        Declared("Rich", "requirements.txt", 2),
        Declared("pytest", "requirements-dev.txt", 1, group="dev"),
        Declared("-e .x", "requirements.txt", 3, problem="is an option of pip's"),
    )
    mine = '[project]\nname = "x"\ndependencies = [\n  "rich==13", # pinned\n]\n'
    document = wire(mine, requirements=requirements)
    assert document["project"]["dependencies"] == ["rich==13", "pandas>=2"]
    assert document["dependency-groups"] == {"dev": ["pytest"]}
    text, findings = wire_project(mine, TEMPLATE, packaging(requirements=requirements))
    assert '"rich==13", # pinned' in text
    assert [finding.code for finding in findings] == ["requirement-not-wired"]


def test_scripts_are_added_and_those_that_moved_follow() -> None:
    mine = '[project]\nname = "x"\n[project.scripts]\nload = "old.load:main"\n'
    moved = {"old.load": "sales.load"}
    document = wire(
        mine,
        scripts={"load": "sales.load:main", "send": "sales.send:main"},
        module_moved=moved.get,
    )
    assert document["project"]["scripts"] == {"load": "sales.load:main", "send": "sales.send:main"}


@pytest.mark.parametrize(
    ("mine", "where", "expected"),
    [
        (
            '[build-system]\nbuild-backend = "setuptools.build_meta"\nrequires = []\n',
            ("tool", "setuptools", "packages", "find", "where"),
            ["src"],
        ),
        (
            '[build-system]\nbuild-backend = "hatchling.build"\nrequires = []\n'
            '[tool.hatch.build.targets.wheel]\npackages = ["sales", "other"]\n',
            ("tool", "hatch", "build", "targets", "wheel", "packages"),
            ["other", "src/sales"],
        ),
        (
            '[build-system]\nbuild-backend = "poetry.core.masonry.api"\nrequires = []\n'
            '[tool.poetry]\nname = "sales"\n',
            ("tool", "poetry", "packages"),
            [{"include": "sales", "from": "src"}],
        ),
    ],
)
def test_the_backend_is_told_where_the_package_is(
    mine: str, where: tuple[str, ...], expected: object
) -> None:
    found: Any = wire(mine)
    for name in where:
        found = found[name]
    assert found == expected


@pytest.mark.parametrize(
    "mine",
    ["[project\n", "project = 3\n", "tool = []\n", "[tool]\npoetry = 1\n", "build-system = 'x'\n"],
)
def test_a_project_that_makes_no_sense_is_left(mine: str) -> None:
    with pytest.raises(UnreadableProject):
        wire_project(mine, TEMPLATE, packaging())


def test_names_of_console_scripts() -> None:
    assert script_names({"p.a.load": "a", "p.b.load": "b", "p.c.main": "c", "p.d_e": ""}) == {
        "a-load": "p.a.load:main",
        "b-load": "p.b.load:main",
        "c-main": "p.c.main:main",
        "d-e": "p.d_e:main",
    }


def test_no_console_script_is_lost_to_another_of_its_name() -> None:
    modules = ["p.a.b_c", "p.a.b.c", "p.x.a_b.main", "p.a.b_main", "p.y.a_b.main", "p.y_a.b"]
    assert sorted(script_names(dict.fromkeys(modules, "")).values()) == sorted(
        f"{module}:main" for module in modules
    )
