"""A pipeline is made whole, or not at all."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

Load = Callable[[str], Any]
ROOT = Path(__file__).resolve().parents[3]
ANSWERS = {
    "_commit": "v1.0.0",
    "_src_path": "https://example.com/suite.git",
    "adopt": True,
    "author_name": "Ada",
    "layout": "pipeline-centric",
    "pipeline": "first",
    "scope": "repository",
}
QUESTIONS = """\
_subdirectory: files
_templates_suffix: ""
_envops: {variable_start_string: "@{", variable_end_string: "}@"}
pipeline: {type: str}
region: {type: str, default: north, choices: [north, south]}
"""


@pytest.fixture
def program(load: Load) -> Any:
    return load("tools/cli/create_pipeline.py")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return a repository with a template of its own beside that of this one."""
    there = ROOT / "pipelines" / "_templates"
    templates = tmp_path / "pipelines" / "_templates"
    shutil.copytree(there / "pipeline", templates / "pipeline")
    (templates / "small" / "files" / "pipelines" / "@{pipeline}@").mkdir(parents=True)
    (templates / "small" / "copier.yml").write_text(QUESTIONS)
    file = templates / "small" / "files" / "pipelines" / "@{pipeline}@" / "region.sql"
    file.write_text("select '@{region}@' from {{ ref('@{pipeline}@') }}\n")
    (tmp_path / ".copier-answers.yml").write_text(yaml.safe_dump(ANSWERS))
    return tmp_path


def test_a_pipeline_has_an_answers_file_by_which_it_is_updated(
    program: Any, repository: Path
) -> None:
    made = program.create("orders", "pipeline", {}, repository)
    assert {"pipelines/orders/.copier-answers.yml", "pipelines/orders/config/pipeline.yml"} <= {
        *made
    }
    assert all(path.startswith(("pipelines/orders/", "data/pipelines/orders/")) for path in made)
    answers = yaml.safe_load((repository / "pipelines/orders/.copier-answers.yml").read_text())
    expected = {"scope": "pipeline", "pipeline": "orders", "owner": "Ada", "_commit": "v1.0.0"}
    assert answers.items() >= expected.items()
    assert "adopt" not in answers


def test_nothing_of_the_template_shows(program: Any, repository: Path) -> None:
    for path in program.create("orders", "pipeline", {}, repository):
        text = (repository / path).read_text(encoding="utf-8")
        assert not any(mark in text for mark in ("@{", "}@", "@%{", "@#{")), path


def test_a_template_of_ones_own_is_rendered_with_its_answers(
    program: Any, repository: Path
) -> None:
    made = program.create("orders", "small", {"region": "south"}, repository)
    assert made == ["pipelines/orders/region.sql"]
    text = (repository / made[0]).read_text(encoding="utf-8")
    assert text == "select 'south' from {{ ref('orders') }}\n"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("", "is not a name"),
        ("Orders", "is not a name"),
        ("../orders", "is not a name"),
        ("or-ders", "is not a name"),
        ("1st", "is not a name"),
        ("_templates", "is not a name"),
        ("a__b", "is not a name"),
        ("o" * 31, "is not a name"),
        ("class", "is a word of Python"),
        ("match", "is a word of Python"),
        ("shared", "a name of the layout"),
        ("json", "is a module of Python's standard library"),
        ("there", "is there already"),
    ],
)
def test_a_name_that_does_not_fit_is_refused(
    program: Any, repository: Path, name: str, message: str
) -> None:
    (repository / "pipelines" / "there").mkdir()
    before = sorted(repository.rglob("*"))
    with pytest.raises(program.RefusedError, match=message):
        program.create(name, "pipeline", {}, repository)
    assert sorted(repository.rglob("*")) == before


@pytest.mark.parametrize(
    ("template", "data", "message"),
    [
        ("large", {}, "has no 'large'; it has pipeline, small"),
        ("small", {"region": "west"}, "region"),
    ],
)
def test_what_no_template_accepts_is_refused(
    program: Any, repository: Path, template: str, data: dict[str, str], message: str
) -> None:
    before = sorted(repository.rglob("*"))
    with pytest.raises(program.RefusedError, match=message):
        program.create("orders", template, data, repository)
    assert sorted(repository.rglob("*")) == before


def test_a_file_that_is_there_is_not_overwritten(program: Any, repository: Path) -> None:
    outside = repository / "pipelines" / "_templates" / "small" / "files" / "docs"
    outside.mkdir()
    (outside / "orders.md").write_text("new\n")
    (repository / "docs").mkdir()
    (repository / "docs" / "orders.md").write_text("ours\n")
    with pytest.raises(program.RefusedError, match=r"would overwrite docs/orders\.md"):
        program.create("orders", "small", {}, repository)
    assert not (repository / "pipelines" / "orders").exists()
    assert (repository / "docs" / "orders.md").read_text() == "ours\n"


def test_what_git_ignores_is_told(program: Any, repository: Path) -> None:
    subprocess.run(["git", "-C", str(repository), "init", "--quiet"], check=True)
    (repository / ".gitignore").write_text("*.sql\n")
    made = program.create("orders", "small", {}, repository)
    assert program.ignored([*made, "README.md"], repository) == made


def test_without_answers_of_the_repository_there_are_none_of_the_pipeline(
    program: Any, repository: Path
) -> None:
    (repository / ".copier-answers.yml").unlink()
    made = program.create("orders", "pipeline", {}, repository)
    assert "pipelines/orders/.copier-answers.yml" not in made
