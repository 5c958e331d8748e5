"""``pyproject.toml`` is created or merged, in the words of the build backend that it uses."""

from __future__ import annotations

from typing import Any

import pytest
import tomlkit

from relayout.conversions.entry_points import script_names
from relayout.conversions.packaging import Packaging, UnreadableProject, wire_project
from relayout.inventory.declared import Declared

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
        "paths": {
            "src",
            "src/sales",
            "src/other",
            "other",
            "other/a.py",
            "one.py",
            "data",
            "data/a.csv",
        },
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
            '[tool.hatch.build.targets.wheel]\npackages = ["sales", "./other", "gone"]\n',
            ("tool", "hatch", "build", "targets", "wheel", "packages"),
            ["./other", "src/sales"],
        ),
        (
            '[build-system]\nbuild-backend = "poetry.core.masonry.api"\nrequires = []\n'
            '[tool.poetry]\nname = "sales"\n',
            ("tool", "poetry", "packages"),
            [{"include": "sales", "from": "src"}],
        ),
        (
            '[build-system]\nbuild-backend = "poetry.core.masonry.api"\nrequires = []\n'
            '[tool.poetry]\nname = "sales"\npackages = [\n  { include = "other" }, # one\n'
            '  { include = "gone" },\n  { include = "data" },\n'
            '  { include = "other/*.py", format = "sdist" },\n]\n',
            ("tool", "poetry", "packages"),
            [
                {"include": "other"},
                {"include": "other/*.py", "format": "sdist"},
                {"include": "sales", "from": "src"},
            ],
        ),
        (
            '[tool.poetry]\nname = "sales"\npackages = [{ include = "sales", from = "src" }]\n',
            ("tool", "poetry"),
            {"name": "sales", "packages": [{"include": "sales", "from": "src"}]},
        ),
        (
            '[build-system]\nbuild-backend = "poetry.core.masonry.api"\nrequires = []\n'
            '[project]\nname = "sales"\n',
            ("tool", "poetry", "packages"),
            [{"include": "sales", "from": "src"}],
        ),
        (
            '[build-system]\nbuild-backend = "setuptools.build_meta"\nrequires = []\n'
            '[tool.setuptools]\npackages = ["sales", "other"]\n',
            ("tool", "setuptools", "packages"),
            {"find": {"where": ["src"]}},
        ),
        (
            '[build-system]\nbuild-backend = "uv_build"\nrequires = []\n[project]\nname = "shop"\n'
            '[tool.uv.build-backend]\nmodule-root = ""\n',
            ("tool", "uv", "build-backend"),
            {"module-root": "src", "module-name": "sales"},
        ),
        (
            '[build-system]\nbuild-backend = "uv_build"\nrequires = []\n'
            '[project]\nname = "Sales"\n[tool.uv]\npackage = true\n',
            ("tool", "uv"),
            {"package": True},
        ),
        (
            '[build-system]\nbuild-backend = "setuptools.build_meta"\nrequires = []\n'
            '[tool.setuptools]\npackages = ["other"]\n',
            ("tool", "setuptools", "packages"),
            ["other"],
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
    assert script_names(["p.a.load", "p.b.load", "p.c.main", "p.d_e"]) == {
        "a-load": "p.a.load:main",
        "b-load": "p.b.load:main",
        "c-main": "p.c.main:main",
        "d-e": "p.d_e:main",
    }


def test_no_console_script_is_lost_to_another_of_its_name() -> None:
    modules = ["p.a.b_c", "p.a.b.c", "p.x.a_b.main", "p.a.b_main", "p.y.a_b.main", "p.y_a.b"]
    assert sorted(script_names(modules).values()) == sorted(f"{module}:main" for module in modules)


DEV = """\
[build-system]
requires = ["poetry-core>=2.2"]
build-backend = "poetry.core.masonry.api"

[project]
name = "sales"
dependencies = []

[dependency-groups]
dev = [
  "mypy>=1.18",
  "pytest>=8",
  "PyYAML>=6",
  "ruff>=0.17,<0.18",
]

[tool.poetry]
requires-poetry = ">=2.2"
packages = [{ include = "sales", from = "src" }]
"""


def groups_with(mine: str | None, *requirements: Declared) -> Any:
    text, _ = wire_project(mine, DEV, packaging(requirements=requirements))
    return tomlkit.parse(text).unwrap().get("dependency-groups")


def test_pins_of_the_template_give_way_to_the_repositorys() -> None:
    assert groups_with(
        None,
        Declared("pyyaml==5.4", "requirements.txt", 1),
        Declared("mypy==1.10", "requirements-dev.txt", 1, group="dev"),
        Declared("pytest==7.4", "requirements-test.txt", 1, group="test"),
    ) == {
        "dev": ["mypy==1.10", "pytest==7.4", "ruff>=0.17,<0.18"],
        "test": ["pytest==7.4"],
    }


def test_a_group_that_is_there_gets_what_it_lacks() -> None:
    mine = '[project]\nname = "x"\n[dependency-groups]\ndev = [\n  "pytest==7",\n  "x",\n]\n'
    tools = ["mypy>=1.18", "PyYAML>=6", "ruff>=0.17,<0.18"]
    assert groups_with(mine) == {"dev": ["pytest==7", "x", *tools]}


@pytest.mark.parametrize(
    ("mine", "dev"),
    [
        ('[project]\nname = "x"\ndependencies = ["pytest==7"]\n', ["mypy>=1.18", "PyYAML>=6"]),
        (
            '[project]\nname = "x"\n[project.optional-dependencies]\ntest = ["pytest==7"]\n',
            ["mypy>=1.18", "pytest==7", "PyYAML>=6"],
        ),
        (
            '[project]\nname = "x"\n[tool.uv]\ndev-dependencies = ["pytest==7"]\n',
            ["mypy>=1.18", "pytest==7", "PyYAML>=6"],
        ),
    ],
)
def test_pins_in_pyproject_win_as_well(mine: str, dev: list[str]) -> None:
    assert groups_with(mine) == {"dev": [*dev, "ruff>=0.17,<0.18"]}


@pytest.mark.parametrize(
    ("header", "table"),
    [("[tool.poetry.group.dev.dependencies]", "group"), ("[tool.poetry.dev-dependencies]", "")],
)
def test_groups_of_poetrys_stay_in_its_tables(header: str, table: str) -> None:
    mine = f'[tool.poetry]\nname = "x"\n{header}\npytest = "^7"\n'
    poetry = wire_poetry(mine)["tool"]["poetry"]
    group = poetry["group"]["dev"]["dependencies"] if table else poetry["dev-dependencies"]
    assert group == {"pytest": "^7", "mypy": ">=1.18", "PyYAML": ">=6", "ruff": ">=0.17,<0.18"}


def wire_poetry(mine: str) -> dict[str, Any]:
    text, _ = wire_project(mine, DEV, packaging(manager="poetry"))
    document = tomlkit.parse(text).unwrap()
    assert "dependency-groups" not in document
    return document


def test_poetry_is_not_told_which_poetry_it_needs() -> None:
    for mine in ('[tool.poetry]\nname = "x"\n', '[project]\nname = "x"\n[tool.poetry]\n'):
        assert "requires-poetry" not in wire_project(mine, DEV, packaging())[0]
    assert "requires-poetry" in wire_project(None, DEV, packaging())[0]


def test_another_backend_gets_no_tables_of_poetrys() -> None:
    mine = '[build-system]\nbuild-backend = "hatchling.build"\nrequires = []\n'
    assert "tool.poetry" not in wire_project(mine, DEV, packaging())[0]


def test_without_a_readme_none_is_named() -> None:
    template = TEMPLATE.replace("dependencies = []", 'readme = "README.md"\ndependencies = []')
    assert "readme" not in wire_project(None, template, packaging())[0]
    assert 'readme = "a.md"' in wire_project(None, template, packaging(readme="a.md"))[0]
    mine = '[project]\nname = "x"\nreadme = "mine.md"\n'
    assert 'readme = "mine.md"' in wire_project(mine, template, packaging(readme="a.md"))[0]


def test_entry_points_of_every_kind_follow() -> None:
    mine = """\
[project]
name = "x"

[project.gui-scripts]
show = "old.show:main"

[project.entry-points."x.plugins"]
csv = "old.csv"
"""
    moved = {"old.show": "sales.show", "old.csv": "sales.csv"}
    project = wire(mine, module_moved=moved.get)["project"]
    assert project["gui-scripts"] == {"show": "sales.show:main"}
    assert project["entry-points"] == {"x.plugins": {"csv": "sales.csv"}}


def test_the_repositorys_lines_stay_and_tables_are_set_apart() -> None:
    mine = """\
# Packaging of ours
[tool.isort]
profile = "black"   # as black

[project]
name = "x"
dependencies = [
    "rich==13", # pinned
]
# entry points

# what follows is linting
[tool.ruff]
line-length = 79


"""
    requirements = (Declared("pandas", "requirements.txt", 1),)
    scripts = {"load": "sales.load:main"}
    text, _ = wire_project(mine, TEMPLATE, packaging(scripts=scripts, requirements=requirements))
    assert (
        text
        == """\
# Packaging of ours
[tool.isort]
profile = "black"   # as black

[project]
name = "x"
dependencies = [
    "rich==13", # pinned
    "pandas",
]
# entry points
version = "0.1.0"

[project.scripts]
load = "sales.load:main"

# what follows is linting
[tool.ruff]
line-length = 79

[tool.hatch.build.targets.wheel]
packages = ["src/sales"]

[build-system]
requires = ["hatchling>=1.27"]
build-backend = "hatchling.build"
"""
    )


def test_tables_that_are_apart_are_merged_as_well() -> None:
    mine = '[tool.a]\nx = 1\n\n[project]\nname = "x"\n\n[tool.b]\ny = 1\n'
    assert wire(mine)["tool"]["ruff"] == {"line-length": 100}


@pytest.mark.parametrize("table", ['[tool.dagster]\npython_file = "r.py"\n', "[tool.dg]\nx = 1\n"])
def test_a_code_location_is_named_once(table: str) -> None:
    template = f'{TEMPLATE}\n[tool.dagster]\nmodule_name = "sales.definitions"\n'
    without, _ = wire_project('[project]\nname = "x"\n', template, packaging())
    assert 'module_name = "sales.definitions"' in without
    named, _ = wire_project(f'[project]\nname = "x"\n{table}', template, packaging())
    assert "module_name" not in named
    assert table in named


def test_tables_of_every_form_are_added_to() -> None:
    for mine in ('project = { name = "x" }\n', 'project.name = "x"\ntool.a.x = 1\n'):
        document = wire(mine, scripts={"load": "sales.load:main"})
        assert document["project"]["scripts"] == {"load": "sales.load:main"}
        assert document["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"] == ["src/sales"]


def test_console_scripts_whose_whole_paths_read_alike_are_numbered() -> None:
    modules = ["p.a.b.run", "p.c.b.run", "p.c_b.run"]
    assert sorted(script_names(modules).values()) == [f"{module}:main" for module in modules]
