"""Dependencies are read from requirements files as pip reads them, and from pyproject.toml."""

from __future__ import annotations

import pytest

from relayout.inventory import take_inventory
from relayout.inventory.declared import import_name
from relayout.inventory.requirement_files import group_of
from relayout.inventory.requirements import read_alone, read_requirements
from relayout.tree import Tree


def declared(files: dict[str, str | bytes]) -> list[tuple[str, str, int]]:
    return [(d.text, d.group, d.line) for d in read_requirements(Tree.of(files)) if not d.problem]


def test_comments_hashes_and_continuations_are_no_part_of_a_requirement() -> None:
    text = (
        "# tools\npandas>=2  # data\n\nrequests==2.0 \\\n    --hash=sha256:aa \\\n"
        "    --hash=sha256:bb\nurl#egg\n"
    )
    texts = [text for text, _, _ in declared({"requirements.txt": text})]
    assert texts[:2] == ["pandas>=2", "requests==2.0"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_file_is_read_in_the_encodings_that_windows_writes(encoding: str) -> None:
    files: dict[str, str | bytes] = {"requirements.txt": "pandas\r\nrich\r\n".encode(encoding)}
    assert [text for text, _, _ in declared(files)] == ["pandas", "rich"]


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("--index-url https://me:hidden@host/simple", "--index-url https://***@host/simple"),
        ("own @ git+https://hidden@host/own.git@v1", "own @ git+https://***@host/own.git@v1"),
        ("own @ https://host/own@1.zip", "own @ https://host/own@1.zip"),
        ("pandas>=2", "pandas>=2"),
    ],
)
def test_a_report_shows_no_password(line: str, shown: str) -> None:
    [found] = read_requirements(Tree.of({"requirements.txt": f"{line}\n"}))
    assert found.shown == shown


def test_an_included_file_is_read_once_and_a_loop_ends() -> None:
    files: dict[str, str | bytes] = {
        "requirements.txt": "a\n",
        "requirements-dev.txt": "-r requirements.txt\n-r requirements/lint.txt\nb\n",
        "requirements/lint.txt": "-r ../requirements-dev.txt\nruff\n",
    }
    found = declared(files)
    assert ("a", "", 1) in found
    assert {text for text, group, _ in found if group == "dev"} >= {"b"}


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("--index-url https://example.org", "option"),
        ("git+https://example.org/x.git", "does not say its name"),
        ("./local/package", "git has no file"),
        ("-r gone.txt", "git does not have"),
        ("-c gone.txt", "git does not have"),
        ("<<<<<<< HEAD", "PEP 508"),
    ],
)
def test_what_a_pyproject_cannot_hold_is_said(line: str, problem: str) -> None:
    [found] = read_requirements(Tree.of({"requirements.txt": f"{line}\n"}))
    assert problem in found.problem


def test_the_project_itself_is_no_requirement() -> None:
    assert read_requirements(Tree.of({"requirements.txt": "-e .\n"})) == []


@pytest.mark.parametrize(
    ("path", "group"),
    [
        ("requirements.txt", ""),
        ("requirements-dev.txt", "dev"),
        ("dev-requirements.txt", "dev"),
        ("requirements/base.txt", ""),
        ("requirements/test.in", "test"),
        ("requirements_docs_build.txt", "docs-build"),
    ],
)
def test_the_group_that_a_file_is_for(path: str, group: str) -> None:
    assert group_of(path) == group


@pytest.mark.parametrize(
    ("distribution", "name"),
    [("PyYAML", "yaml"), ("scikit-learn", "sklearn"), ("my-Lib", "my_lib"), ("a.b", "a_b")],
)
def test_the_import_name_of_a_distribution(distribution: str, name: str) -> None:
    assert import_name(distribution) == name


@pytest.mark.parametrize(
    "text",
    [
        '[project]\ndependencies = ["pandas>=2"]\n',
        '[project.optional-dependencies]\nx = ["pandas"]\n',
        '[dependency-groups]\nx = ["pandas", {include-group = "y"}]\n',
        '[tool.poetry.dependencies]\npython = "^3.10"\npandas = "*"\n',
    ],
)
def test_dependencies_of_a_pyproject(text: str) -> None:
    assert take_inventory(Tree.of({"pyproject.toml": text})).dependencies == {"pandas"}


@pytest.mark.parametrize(
    "text",
    [
        "[project\n",
        "project = 3\n",
        "[project]\ndependencies = 3\n",
        "[project]\ndependencies = [3]\n",
        "tool = []\n",
        "[tool]\npoetry = 1\n",
        "[tool.poetry]\ndependencies = []\n",
        "[project]\noptional-dependencies = 1\n",
        "[dependency-groups]\nx = 3\n",
    ],
)
def test_a_pyproject_that_makes_no_sense_declares_nothing(text: str) -> None:
    assert take_inventory(Tree.of({"pyproject.toml": text})).dependencies == frozenset()


def test_what_pip_freezes_of_the_project_itself_is_no_dependency() -> None:
    files = {
        "pyproject.toml": '[project]\nname = "quick-start"\n',
        "requirements.txt": "-e git+https://example.com/quick-start@1f2e3d#egg=quick_start\nrich\n",
    }
    assert take_inventory(Tree.of(files)).dependencies == {"rich"}


def test_airflow_is_apart_unless_its_file_adds_to_the_main_one() -> None:
    files = {
        "requirements.txt": "pandas\n",
        "requirements-airflow.txt": "apache-airflow==2.9.1\n",
        "requirements-all.txt": "-r requirements.txt\napache-airflow==2.9.1\n",
        "requirements-dev.txt": "pytest\n",
    }
    found = read_requirements(Tree.of(files))
    assert {d.group for d in found if d.is_apart} == {"airflow"}


def test_a_file_that_is_read_alone_has_all_that_it_includes() -> None:
    files = {
        "requirements.txt": "pandas\n",
        "spark/requirements.txt": "-r ../requirements.txt\nb\n",
    }
    found = read_alone(Tree.of(files), "spark/requirements.txt")
    assert [(d.text, d.group, d.is_apart) for d in found] == [
        ("pandas", "spark", True),
        ("b", "spark", True),
    ]
