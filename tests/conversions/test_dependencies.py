"""Requirements go where a project has its own, in the words of what installs it."""

from __future__ import annotations

from typing import Any

import pytest

from relayout.conversions.dependencies import admits_any, wire_dependencies
from relayout.inventory.declared import Declared

HATCHLING = {"build-system": {"build-backend": "hatchling.build"}}
KIT = Declared("kit[x]", "requirements.txt", 1, path="libs/kit", is_editable=True)


def wired(document: dict[str, Any], manager: str, *requirements: Declared) -> list[str]:
    return [f.message for f in wire_dependencies(document, requirements, manager)]


def test_a_folder_of_the_repository_for_each_manager() -> None:
    document: dict[str, Any] = {"project": {"name": "x"}, **HATCHLING}
    assert wired(document, "uv", KIT) == []
    assert document["project"]["dependencies"] == ["kit[x]"]
    assert document["tool"] == {"uv": {"sources": {"kit": {"path": "libs/kit", "editable": True}}}}

    document = {"project": {"name": "x"}}
    assert wired(document, "poetry", KIT) == []
    entry = {"path": "libs/kit", "develop": True, "extras": ["x"]}
    assert document["project"]["dependencies"] == ["kit[x]"]
    assert document["tool"] == {"poetry": {"dependencies": {"kit": entry}}}

    document = {"project": {"name": "x"}, **HATCHLING}
    assert wired(document, "pip", KIT) == []
    assert document["project"]["dependencies"] == ["kit[x] @ {root:uri}/libs/kit"]
    assert document["tool"] == {"hatch": {"metadata": {"allow-direct-references": True}}}

    document = {"project": {"name": "x"}}
    [message] = wired(document, "pip", KIT)
    assert "which pip takes alone" in message
    assert "dependencies" not in document["project"]


def test_a_folder_of_the_repository_in_a_group() -> None:
    kit = Declared("kit", "requirements-dev.txt", 1, "dev", path="libs/kit")
    document: dict[str, Any] = {"project": {"name": "x"}}
    assert wired(document, "uv", kit) == []
    assert document["dependency-groups"] == {"dev": ["kit"]}
    document = {"project": {"name": "x"}}
    assert wired(document, "poetry", kit) == []
    group = {"dependencies": {"kit": {"path": "libs/kit"}}}
    assert document["tool"]["poetry"]["group"] == {"dev": group}


def test_direct_references_are_allowed_where_hatchling_builds() -> None:
    url = Declared("a @ git+https://host/a.git", "requirements.txt", 1)
    document: dict[str, Any] = {"project": {"name": "x"}, **HATCHLING}
    wired(document, "", url)
    assert document["tool"]["hatch"]["metadata"] == {"allow-direct-references": True}
    document = {"project": {"name": "x"}, "build-system": {"build-backend": "setuptools"}}
    wired(document, "", url)
    assert "tool" not in document
    document = {"project": {"name": "x"}, **HATCHLING}
    wired(document, "", Declared("a", "requirements.txt", 1))
    assert "tool" not in document


HOOK = {"metadata": {"hooks": {"requirements_txt": {"files": ["requirements.txt"]}}}}


@pytest.mark.parametrize(
    ("tool", "is_reported"),
    [
        ({"setuptools": {"dynamic": {"dependencies": {"file": ["requirements.txt"]}}}}, False),
        ({"setuptools": {"dynamic": {"dependencies": {"file": "requirements.txt"}}}}, False),
        ({"hatch": HOOK}, False),
        ({"setuptools": {"dynamic": {"dependencies": {"file": ["other.txt"]}}}}, True),
        ({}, True),
    ],
)
def test_what_the_backend_reads_is_there(tool: dict[str, Any], is_reported: bool) -> None:
    document = {"project": {"dynamic": ["dependencies"]}, "tool": tool}
    assert bool(wired(document, "", Declared("a", "requirements.txt", 1))) is is_reported
    assert "dependencies" not in document["project"]


@pytest.mark.parametrize("project", [None, {"name": "x"}, {"dynamic": ["dependencies"]}])
def test_poetrys_table_is_the_projects(project: dict[str, Any] | None) -> None:
    document: dict[str, Any] = {"tool": {"poetry": {"name": "x", "dependencies": {"b": "*"}}}}
    document |= {"project": project} if project else {}
    assert wired(document, "poetry", Declared("a>=1", "requirements.txt", 1)) == []
    assert document["tool"]["poetry"]["dependencies"] == {"b": "*", "a": ">=1"}


def test_python_alone_in_poetrys_table_is_no_dependency() -> None:
    document = {"project": {"name": "x"}, "tool": {"poetry": {"dependencies": {"python": "^3"}}}}
    wired(document, "poetry", Declared("a", "requirements.txt", 1))
    assert document["project"] == {"name": "x", "dependencies": ["a"]}


@pytest.mark.parametrize("manager", ["uv", "pip"])
def test_groups_of_a_manager_that_does_not_read_poetrys(manager: str) -> None:
    group = {"dev": {"dependencies": {"b": "*"}}}
    document: dict[str, Any] = {"project": {"name": "x"}, "tool": {"poetry": {"group": group}}}
    wired(document, manager, Declared("a", "requirements-dev.txt", 1, "dev"))
    assert document["dependency-groups"] == {"dev": ["a"]}


def test_what_pyproject_pins_wins_over_a_pin_in_a_group() -> None:
    document: dict[str, Any] = {"project": {"dependencies": ["a==1", 3]}}
    [message] = wired(document, "", Declared("a==2", "requirements-dev.txt", 4, "dev"))
    assert message == (
        "'a==2' contradicts 'a==1' in pyproject.toml; it stays in requirements-dev.txt only"
    )
    assert "dependency-groups" not in document


@pytest.mark.parametrize(
    ("pythons", "is_older"),
    [
        (">=3.8", True),
        ("^3.9", True),
        ("~3.9", True),
        (">=3.9,<3.13", True),
        ("~=3.8", True),
        (">=3.10", False),
        ("^3.10", False),
        (">=3.11", False),
        ("", False),
        ("three", False),
        ("*", False),
    ],
)
def test_versions_of_python_that_are_admitted(pythons: str, is_older: bool) -> None:
    assert admits_any(pythons, [f"3.{minor}" for minor in range(10)]) is is_older


@pytest.mark.parametrize("manager", ["uv", "poetry", "pip"])
def test_a_folder_that_is_named_already_is_no_contradiction(manager: str) -> None:
    document: dict[str, Any] = {"project": {"name": "x"}, **HATCHLING}
    assert wired(document, manager, KIT) == []
    assert wired(document, manager, KIT) == []
    other = Declared("kit", "requirements.txt", 1, path="libs/other")
    [message] = wired(document, manager, other)
    assert "contradicts" in message


def apart(*requirements: Declared, manager: str = "uv") -> tuple[dict[str, Any], list[str]]:
    project = {"name": "sales", "dependencies": ["pandas==2.3.1"]}
    document: dict[str, Any] = {"project": project, "dependency-groups": {"dev": ["pytest>=8"]}}
    return document, wired(document, manager, *requirements)


def test_groups_that_contradict_are_told_apart_for_uv() -> None:
    spark = Declared("pandas==2.1.4", "spark/requirements.txt", 1, "spark")
    old = Declared("pytest==7.4.4", "spark/requirements.txt", 2, "spark")
    document, messages = apart(spark, old)
    assert messages == []
    assert document["dependency-groups"]["spark"] == ["pandas==2.1.4", "pytest==7.4.4"]
    assert document["tool"]["uv"]["conflicts"] == [
        [{"package": "sales"}, {"group": "spark"}],
        [{"group": "dev"}, {"group": "spark"}],
    ]


def test_a_conflict_that_is_said_already_is_not_said_again() -> None:
    spark = Declared("pandas==2.1.4", "spark.txt", 1, "spark")
    document, _ = apart(spark)
    before = [*document["tool"]["uv"]["conflicts"]]
    assert wired(document, "uv", spark) == []
    assert document["tool"]["uv"]["conflicts"] == before


def test_pip_takes_groups_that_contradict_as_they_are_and_poetry_does_not() -> None:
    spark = Declared("pandas==2.1.4", "spark.txt", 1, "spark")
    document, messages = apart(spark, manager="pip")
    assert (messages, "tool" in document) == ([], False)
    assert document["dependency-groups"]["spark"] == ["pandas==2.1.4"]
    document, [message] = apart(spark, manager="poetry")
    assert "contradicts 'pandas==2.3.1'" in message
    assert "spark" not in document["dependency-groups"]


def test_what_is_installed_together_must_not_contradict() -> None:
    document, [message] = apart(Declared("pandas==2.1.4", "requirements-dev.txt", 3, "dev"))
    assert "contradicts" in message
    assert "tool" not in document


AIRFLOW = Declared("apache-airflow==2.9.1", "airflow/requirements.txt", 1, "airflow", is_apart=True)


def test_airflow_is_an_environment_of_its_own() -> None:
    document, messages = apart(AIRFLOW)
    assert messages == []
    assert document["dependency-groups"]["airflow"] == ["apache-airflow==2.9.1"]
    assert document["tool"]["uv"]["conflicts"] == [
        [{"package": "sales"}, {"group": "airflow"}],
        [{"group": "dev"}, {"group": "airflow"}],
    ]


def test_poetry_has_no_environment_of_its_own_for_a_group() -> None:
    providers = Declared("apache-airflow-providers-http", AIRFLOW.file, 2, "airflow", is_apart=True)
    document, [message] = apart(AIRFLOW, providers, manager="poetry")
    assert "environment of its own" in message
    assert document["dependency-groups"].keys() == {"dev"}


def test_groups_with_environments_of_their_own_are_apart_from_each_other() -> None:
    spark = Declared("pandas==2.1.4", "spark/requirements.txt", 1, "spark", is_apart=True)
    document, _ = apart(AIRFLOW, spark)
    assert document["tool"]["uv"]["conflicts"] == [
        [{"package": "sales"}, {"group": "airflow"}, {"group": "spark"}],
        [{"group": "dev"}, {"group": "airflow"}, {"group": "spark"}],
    ]
