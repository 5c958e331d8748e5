"""What a project says is carried along: what the user changed, and what his code needs."""

from __future__ import annotations

from typing import Any

from relayout.evolution.carried_settings import carried, with_changes


def project(**values: Any) -> dict[str, Any]:
    return {"project": {"name": "shop", **values}}


def test_a_changed_value_wins_and_an_untouched_one_goes() -> None:
    base = {"tool": {"ruff": {"line-length": 100, "src": ["src"]}, "dg": {"kind": "project"}}}
    ours = {"tool": {"ruff": {"line-length": 88, "src": ["src"]}, "dg": {"kind": "project"}}}
    theirs = {"tool": {"ruff": {"line-length": 100, "src": ["."]}}}
    assert with_changes(base, ours, theirs) == {"tool": {"ruff": {"line-length": 88, "src": ["."]}}}


def test_what_the_user_added_and_removed_is_so_in_lists_and_tables() -> None:
    base = {"a": ["x", "y"], "b": {"c": 1, "d": 2}}
    ours = {"a": ["x", "z"], "b": {"c": 1, "mine": 3}}
    theirs = {"a": ["x", "y", "w"], "b": {"c": 5, "d": 2}}
    assert with_changes(base, ours, theirs) == {"a": ["x", "w", "z"], "b": {"c": 5, "mine": 3}}


def test_the_code_keeps_its_requirements_scripts_and_latest_python() -> None:
    ours = project(
        dependencies=["pandas>=2", "mine"],
        scripts={"load": "shop.load:main"},
        **{"requires-python": ">=3.10,<3.14", "optional-dependencies": {"pg": ["psycopg"]}},
    )
    base = project(**{"requires-python": ">=3.10,<3.14", "dependencies": ["pandas>=2"]})
    theirs = project(dependencies=["pandas>=3"], **{"requires-python": ">=3.11"})
    assert carried(base, ours, theirs, (), ())["project"] == {
        "name": "shop",
        "dependencies": ["pandas>=3", "mine"],
        "requires-python": ">=3.11,<3.14",
        "scripts": {"load": "shop.load:main"},
        "optional-dependencies": {"pg": ["psycopg"]},
    }


def test_what_only_the_old_tools_were_written_with_is_not_asked_for_any_more() -> None:
    groups = {"dev": ["pyyaml", "moto", "mine-yaml"]}
    base = {"dependency-groups": {"dev": ["pyyaml", "moto"]}}
    theirs = {"dependency-groups": {"test": ["moto>=5"], "dev": [{"include-group": "test"}]}}
    found = carried(base, {"dependency-groups": groups}, theirs, {"yaml"}, ())
    assert found["dependency-groups"]["dev"] == [{"include-group": "test"}, "mine-yaml"]


def test_tests_are_found_and_imported_as_they_were() -> None:
    def settings(**options: Any) -> dict[str, Any]:
        return {"tool": {"pytest": {"ini_options": options}}}

    old = settings(testpaths=["tests"], addopts=["-ra", "--import-mode=importlib"])
    theirs = settings(testpaths=["checks"], addopts=["-q"])
    assert carried(old, old, theirs, (), ()) == settings(
        testpaths=["checks", "tests"], addopts=["-q", "--import-mode=importlib"]
    )


def test_packages_that_came_along_are_installed_if_they_are_there() -> None:
    def wheel(*packages: str) -> dict[str, Any]:
        return {"tool": {"hatch": {"build": {"targets": {"wheel": {"packages": [*packages]}}}}}}

    ours = wheel("src/shop", "src/rates", "src/gone")
    found = carried(ours, ours, wheel("src/shop"), (), {"src", "src/shop", "src/rates"})
    assert found == wheel("src/shop", "src/rates")
