"""What the questionnaire offers, accepts and refuses, and the words in which it refuses."""

import ast
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import tomlkit
import yaml
from copier.errors import CopierError

Answer = Callable[..., Path]

DEFAULTS = {
    "scope": "repository",
    "project_name": "Data pipelines",
    "author_email": "",
    "package": "pipelines",
    "pipeline": "order_list",
    "layout": "src-layout",
    "package_manager": "uv",
    "python_version": "3.10",
    "database": "sqlite",
    "ci": "github",
    "licence": "MIT",
    "adopt": True,
    "merge_tool_config": False,
    "shims": False,
}
ORDER = [
    "scope",
    "layout",
    "project_name",
    "description",
    "author_name",
    "author_email",
    "package",
    "pipeline",
    "group",
    "owner",
    "schedule",
    "package_manager",
    "python_version",
    "database",
    "ci",
    "licence",
    "adopt",
    "merge_tool_config",
    "shims",
]

COMPUTED = {"reserved", "answers_path", "tests_folder"}

IDENTIFIERS = [
    ("", "is not a name for a package"),
    ("../x", "is not a name for a package"),
    ("/etc", "is not a name for a package"),
    ("a/b", "is not a name for a package"),
    (".", "is not a name for a package"),
    ("..", "is not a name for a package"),
    ("my-package", "is not a name for a package"),
    ("my package", "is not a name for a package"),
    ("Package", "is not a name for a package"),
    ("1st", "is not a name for a package"),
    ("_private", "is not a name for a package"),
    ("trailing_", "is not a name for a package"),
    ("two__underscores", "is not a name for a package"),
    ("größe", "is not a name for a package"),
    ("paсkage", "is not a name for a package"),  # noqa: RUF001 - the third letter is Cyrillic
    ("x\n", "is not a name for a package"),
    ("x\nimport os", "is not a name for a package"),
    ("x\x00", "is not a name for a package"),
    ("x'", "is not a name for a package"),
    ('x"', "is not a name for a package"),
    ("x: y", "is not a name for a package"),
    ("x#", "is not a name for a package"),
    ("$(id)", "is not a name for a package"),
    ("`id`", "is not a name for a package"),
    ("x;id", "is not a name for a package"),
    ("x&&id", "is not a name for a package"),
    ("{{ 7 * 7 }}", "is not a name for a package"),
    ("{% raw %}", "is not a name for a package"),
    ("x" * 31, "has 31 characters; at most 30 are accepted"),
    ("class", "is a word of the Python language"),
    ("match", "is a word of the Python language"),
    ("case", "is a word of the Python language"),
    ("type", "is a word of the Python language"),
    ("_", "is not a name for a package"),
    ("json", "is a module of Python's standard library"),
    ("statistics", "is a module of Python's standard library"),
    ("distutils", "is a module of Python's standard library"),
    ("true", "is a truth value or nothing at all in YAML"),
    ("null", "is a truth value or nothing at all in YAML"),
    ("on", "is a truth value or nothing at all in YAML"),
    ("graphql_core", "is the name of a package that this project depends on"),
    ("sqlalchemy", "is the name of a package that this project depends on"),
    ("duckdb", "is the name of a package that this project depends on"),
    ("jinja2", "is the name of a package that this project depends on"),
    ("alembic", "is the name of a package that this project depends on"),
    ("psycopg", "is the name of a package that this project depends on"),
    ("tomli", "is the name of a package that this project depends on"),
    ("pytest", "is the name of a package that this project depends on"),
    ("ruff", "is the name of a package that this project depends on"),
    ("mypy", "is the name of a package that this project depends on"),
    ("tests", "is the name of a folder or module of the layout"),
    ("src", "is the name of a folder or module of the layout"),
    ("db", "is the name of a folder or module of the layout"),
    ("utils", "is the name of a folder or module of the layout"),
    ("loading", "is the name of a folder or module of the layout"),
]

UNSEEN = "has a line break or another character that cannot be seen"
COMMAND = "programs read these as commands"
TEXTS = [
    ("two\nlines", UNSEEN),
    ("two\r\nlines", UNSEEN),
    ("a\ttab", UNSEEN),
    ("a\x00null", UNSEEN),
    ("an\x1bescape", UNSEEN),
    ("a\u2028separator", UNSEEN),
    ("a\u202ereversal", UNSEEN),
    ("a\x85line", UNSEEN),
    ("half\udcff", UNSEEN),
    ("back\\slash", COMMAND),
    ("`id`", COMMAND),
    ("$(id)", COMMAND),
    ("${HOME}", COMMAND),
    ("{{ 7 * 7 }}", COMMAND),
    ("{% raw %}", COMMAND),
    ("{# hidden #}", COMMAND),
    ("../x", "has ../ in it, as a path would"),
]


def questions(suite: Path) -> dict[str, dict[str, Any]]:
    text = (suite / "copier.yml").read_text(encoding="utf-8")
    content: dict[str, dict[str, Any]] = yaml.safe_load(text)
    return {name: of for name, of in content.items() if not name.startswith("_")}


def refusal(answer: Answer, **answers: object) -> str:
    with pytest.raises((CopierError, ValueError)) as refused:
        answer(**answers)
    return str(refused.value)


def test_the_questions_come_in_their_order_and_each_has_help(suite: Path) -> None:
    asked = {name: of for name, of in questions(suite).items() if name not in COMPUTED}
    assert list(asked) == ORDER
    for name, question in asked.items():
        assert question["help"].endswith((".", "?")), name
        assert "default" in question, name


def test_defaults_alone_give_a_repository_and_its_answers(answer: Answer) -> None:
    project = answer()
    answers = yaml.safe_load((project / ".copier-answers.yml").read_text(encoding="utf-8"))
    assert answers.items() >= DEFAULTS.items()
    assert not COMPUTED.intersection(answers)
    assert (project / "src" / "pipelines" / "order_list" / "etl.py").is_file()


def test_a_monorepo_has_defaults_of_its_own(answer: Answer) -> None:
    project = answer(layout="monorepo")
    answers = yaml.safe_load((project / ".copier-answers.yml").read_text(encoding="utf-8"))
    expected = {**DEFAULTS, "layout": "monorepo", "package": "data_pipeline"}
    del expected["database"]
    assert answers.items() >= expected.items()
    assert "database" not in answers


def test_a_dagster_project_has_defaults_of_its_own(answer: Answer) -> None:
    project = answer(layout="dagster")
    answers = yaml.safe_load((project / ".copier-answers.yml").read_text(encoding="utf-8"))
    assert (answers["package"], answers["shims"]) == ("warehouse", True)
    assert "database" not in answers


def test_a_pipeline_centric_repository_has_defaults_of_its_own(answer: Answer) -> None:
    project = answer(layout="pipeline-centric", author_name="Ada")
    answers = yaml.safe_load((project / ".copier-answers.yml").read_text(encoding="utf-8"))
    expected = {"database": "duckdb", "owner": "Ada", "schedule": "0 6 * * *", "shims": False}
    assert answers.items() >= expected.items()
    assert not {"package", "group"} & set(answers)
    assert not (project / "src").exists()


def test_without_a_first_pipeline_nobody_owns_it(answer: Answer) -> None:
    project = answer(layout="pipeline-centric", pipeline="")
    answers = yaml.safe_load((project / ".copier-answers.yml").read_text(encoding="utf-8"))
    assert not {"owner", "schedule"} & set(answers)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("package", "sales", "it is always called pipelines"),
        ("python_version", "3.14", "dbt 1.11 runs on Python 3.10 to 3.13"),
        ("database", "sqlite", "Invalid choice"),
        ("schedule", "every day", "is not a schedule"),
        ("schedule", "0 6 * * *\n", "is not a schedule"),
        ("owner", " ", "The owner is empty"),
        ("owner", "$(id)", COMMAND),
        ("pipeline", "dagster", "is the name of a package that this project depends on"),
        ("pipeline", "shared", "is the name of a folder or module of the layout"),
        ("pipeline", "main", "is the name of a folder or module of the layout"),
        ("pipeline", "platform", "is a module of Python's standard library"),
    ],
)
def test_what_a_pipeline_centric_repository_does_not_accept(
    answer: Answer, tmp_path: Path, name: str, value: str, message: str
) -> None:
    assert message in refusal(answer, layout="pipeline-centric", **{name: value})
    assert not (tmp_path / "project").exists()


def test_without_tasks_no_trust_is_needed(suite: Path, tmp_path: Path) -> None:
    copier = [sys.executable, "-m", "copier", "copy", "--quiet", "--defaults"]
    for options, status in ((["--skip-tasks"], 0), ([], 4)):
        destination = tmp_path / f"status-{status}"
        done = subprocess.run(
            [*copier, *options, str(suite), str(destination)],
            env=os.environ | {"COPIER_SETTINGS_PATH": str(tmp_path / "none.yml")},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == status, done.stderr
        assert destination.exists() is (status == 0)


def test_one_task_adopts_and_the_others_are_for_components(suite: Path) -> None:
    text = (suite / "copier.yml").read_text(encoding="utf-8")
    adopts, *others = yaml.safe_load(text)["_tasks"]
    assert [Path(part).name for part in adopts["command"]][1:] == ["adopt.py"]
    assert "scope == 'repository' and adopt and" in adopts["when"]
    when = {Path(task["command"][1]).name: task["when"] for task in others}
    of_components = {"list_packages.py", "list_scripts.py", "render_pipeline.py"}
    assert set(when) == {*of_components, "keep_rendering.py"}
    assert [*when][-1] == "keep_rendering.py"  # what it puts aside has to be whole
    assert "_copier_operation == 'update'" in when["keep_rendering.py"]
    assert "scope == 'package' and package_manager == 'poetry'" in when["list_packages.py"]
    assert "scope == 'pipeline' and layout == 'src-layout'" in when["list_scripts.py"]
    assert "layout == 'pipeline-centric' and pipeline" in when["render_pipeline.py"]


@pytest.mark.parametrize(("value", "message"), IDENTIFIERS, ids=lambda value: repr(value)[:40])
def test_a_package_name_that_would_do_harm_is_refused(
    answer: Answer, tmp_path: Path, value: str, message: str
) -> None:
    assert message in refusal(answer, package=value)
    assert not (tmp_path / "project").exists()


@pytest.mark.parametrize(
    ("value", "message"),
    [pair for pair in IDENTIFIERS if pair[0]],
    ids=lambda value: repr(value)[:40],
)
def test_a_pipeline_name_that_would_do_harm_is_refused(
    answer: Answer, tmp_path: Path, value: str, message: str
) -> None:
    assert message.replace("a package", "a pipeline") in refusal(answer, pipeline=value).replace(
        "the name of a package", "the name of a pipeline"
    )
    assert not (tmp_path / "project").exists()


def test_a_pipeline_is_not_called_like_a_table_of_the_database(answer: Answer) -> None:
    assert "which SQLite keeps for its own tables" in refusal(answer, pipeline="sqlite_orders")


def test_a_pipeline_is_not_called_like_its_package(answer: Answer) -> None:
    assert "is the package's name already" in refusal(answer, package="sales", pipeline="sales")


@pytest.mark.parametrize("name", ["project_name", "description", "author_name"])
@pytest.mark.parametrize(("value", "message"), TEXTS, ids=lambda value: repr(value)[:40])
def test_text_that_no_file_could_hold_safely_is_refused(
    answer: Answer, tmp_path: Path, name: str, value: str, message: str
) -> None:
    assert message in refusal(answer, **{name: value})
    assert not (tmp_path / "project").exists()


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("project_name", "", "The project name is empty"),
        ("project_name", "   ", "The project name is empty"),
        ("project_name", "x" * 81, "has 81 characters; at most 80 are accepted"),
        ("description", "x" * 201, "has 201 characters; at most 200 are accepted"),
        ("author_name", "", "The author is empty"),
        ("author_name", "Ada, Bob", "has a comma or an angle bracket"),
        ("author_name", "Ada <ada@example.com>", "has a comma or an angle bracket"),
        ("author_email", "ada", "is not an e-mail address"),
        ("author_email", "ada@", "is not an e-mail address"),
        ("author_email", 'a"b@example.com', "is not an e-mail address"),
        ("author_email", "a@example.com\nb@example.com", "is not an e-mail address"),
        ("author_email", "$(id)@example.com", "is not an e-mail address"),
        ("layout", "data-vault", "Invalid choice"),
        ("scope", "galaxy", "Invalid choice"),
        ("package_manager", "conda", "Invalid choice"),
        ("python_version", "3.9", "Invalid choice"),
        ("database", "oracle", "Invalid choice"),
        ("ci", "jenkins", "Invalid choice"),
        ("licence", "GPL", "Invalid choice"),
    ],
)
def test_what_else_is_not_accepted(answer: Answer, name: str, value: str, message: str) -> None:
    assert message in refusal(answer, **{name: value})


def test_pip_is_refused_where_several_packages_share_a_lock_file(answer: Answer) -> None:
    message = refusal(answer, layout="monorepo", package_manager="pip")
    assert "pip has no lock file for several packages" in message


@pytest.mark.parametrize("name", ["boto3", "moto", "etl_core", "django", "s3", "cli", "config"])
def test_a_monorepo_reserves_further_names(answer: Answer, name: str) -> None:
    for question in ("package", "pipeline"):
        message = refusal(answer, layout="monorepo", **{question: name})
        assert "is the name of a" in message
    assert (answer(package=name) / "src" / name).is_dir()


@pytest.mark.parametrize("name", ["dagster", "dagster_aws", "pydantic", "definitions"])
def test_a_dagster_project_reserves_further_names(answer: Answer, name: str) -> None:
    for question in ("package", "pipeline"):
        message = refusal(answer, layout="dagster", **{question: name})
        assert "is the name of a" in message
    assert (answer(package=name) / "src" / name).is_dir()


@pytest.mark.parametrize(
    "text",
    [
        "O'Neill & Söhne: data #1",
        'The "good" one',
        "Ünïcödé 数据 🚀",
        "- starts like a list",
        "[brackets] {braces} <tags>",
        "yes",
        "12.50 %",
        "semicolon; and more | pipes",
        "a triple \"\"\" and '''",
    ],
)
@pytest.mark.parametrize("package_manager", ["uv", "poetry"])
def test_text_for_people_arrives_as_it_was_typed(
    answer: Answer, text: str, package_manager: str
) -> None:
    author = text.replace(",", "").replace("<tags>", "tags")
    project = answer(
        project_name=text, description=text, author_name=author, package_manager=package_manager
    )
    pyproject = tomlkit.parse((project / "pyproject.toml").read_text(encoding="utf-8"))
    assert pyproject["project"]["description"] == text
    assert pyproject["project"]["authors"] == [{"name": author}]
    assert (project / "README.md").read_text(encoding="utf-8").startswith(f"# {text}\n")
    assert f"Copyright (c) {author}\n" in (project / "LICENSE").read_text(encoding="utf-8")
    answers = yaml.safe_load((project / ".copier-answers.yml").read_text(encoding="utf-8"))
    assert (answers["project_name"], answers["author_name"]) == (text, author)
    for path in project.rglob("*.py"):
        ast.parse(path.read_bytes())


def test_every_name_that_is_reserved_is_a_name(suite: Path) -> None:
    reserved = questions(suite)["reserved"]["default"]
    layout = {
        f"{name}_{what}"
        for name in ("monorepo", "dagster", "pipeline-centric", "batch-streaming")
        for what in ("dependencies", "folders")
    }
    common = {"python", "stdlib", "yaml", "dependencies", "folders", "sql", "stages"}
    assert set(reserved) == common | layout | {"src-layout_folders"}
    names = {name for group in reserved.values() for name in group}
    assert all(isinstance(name, str) and name.isidentifier() for name in names)
    stdlib = {name for name in sys.stdlib_module_names if name.islower() and name[0] != "_"}
    assert stdlib <= names
