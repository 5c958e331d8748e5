"""A further pipeline of a pipeline-centric repository: added in two ways, updated alone."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from growing import add, changed, commit, copier, git, make, release, update

Way = Callable[..., str]

ANSWERS = "pipelines/orders/.copier-answers.yml"
LAYOUT = "template/{% if layout == 'pipeline-centric' %}.{% endif %}"
REPOSITORY = f"{LAYOUT}/{{% if scope == 'repository' %}}.{{% endif %}}"
TEMPLATE = "pipelines/_templates/pipeline/files/pipelines/@{pipeline}@"


def by_copier(suite: Path, repository: Path, *data: str) -> str:
    """Add a pipeline from the suite, and return what was said where it is refused."""
    return add(suite, repository, "scope=pipeline", *data)


def by_tool(_: Path, repository: Path, *data: str) -> str:
    """Add a pipeline with the tool of the repository, which runs where Copier is installed."""
    answers = dict(answer.split("=", 1) for answer in data)
    program = repository / "tools" / "cli" / "create_pipeline.py"
    command = [sys.executable, str(program), answers.pop("pipeline")]
    command += [f"-d{key}={value}" for key, value in answers.items()]
    done = subprocess.run(
        command,
        cwd=repository,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in {0, 2}, done.stderr
    return done.stderr if done.returncode else ""


both_ways = pytest.mark.parametrize("way", [by_copier, by_tool])


@pytest.fixture(scope="module")
def start(tagged: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("start") / "repository"
    return make(tagged, folder, "layout=pipeline-centric", "author_name=Ada")


@pytest.fixture
def repository(start: Path, tmp_path: Path) -> Path:
    return shutil.copytree(start, tmp_path / "repository")


def recorded(repository: Path) -> dict[str, object]:
    answers: dict[str, object] = yaml.safe_load((repository / ANSWERS).read_text(encoding="utf-8"))
    return answers


def is_of(path: str, pipeline: str) -> bool:
    return path.startswith((f"pipelines/{pipeline}/", f"data/pipelines/{pipeline}/"))


def test_both_ways_give_the_same(tagged: Path, repository: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(repository, other)
    answers = ("pipeline=orders", "owner=Sales", "schedule=30 4 * * *", "description=Loads orders.")
    assert by_copier(tagged, repository, *answers) == ""
    assert by_tool(tagged, other, *answers) == ""
    new = changed(repository)
    assert new == changed(other)
    assert {"dbt/dbt_project.yml", "orchestration/definitions.py"} <= {
        path.removeprefix("pipelines/orders/") for path in new
    }
    assert all(is_of(path, "orders") for path in new)
    for path in new - {ANSWERS}:
        assert (repository / path).read_bytes() == (other / path).read_bytes(), path
        assert (repository / path).stat().st_mode == (other / path).stat().st_mode, path
    assert recorded(repository) == recorded(other)
    assert (
        recorded(repository).items()
        >= {
            "_commit": "v1.0.0",
            "scope": "pipeline",
            "pipeline": "orders",
            "owner": "Sales",
            "layout": "pipeline-centric",
            "author_name": "Ada",
        }.items()
    )


@both_ways
def test_a_name_that_does_not_fit_is_refused(tagged: Path, repository: Path, way: Way) -> None:
    half = repository / "pipelines" / "half" / "docs"
    half.mkdir(parents=True)
    (half / "README.md").write_text("begun\n")
    commit(repository, "Begin another")
    for name, message in (
        ("order_list", "already"),
        ("half", "already"),
        ("../orders", "is not a name for a pipeline"),
    ):
        assert message in way(tagged, repository, f"pipeline={name}")
        assert changed(repository) == set()


def test_a_repository_on_another_layout_is_refused(tagged: Path, tmp_path: Path) -> None:
    repository = make(tagged, tmp_path / "repository", "layout=monorepo")
    assert "so no pipeline can be added" in by_copier(tagged, repository, "pipeline=orders")
    assert changed(repository) == set()


@both_ways
def test_a_pipeline_is_updated_alone_and_edits_stay(
    tagged: Path, repository: Path, tmp_path: Path, way: Way
) -> None:
    newer = shutil.copytree(tagged, tmp_path / "suite")
    answers = repository / ".copier-answers.yml"
    text = answers.read_text(encoding="utf-8")
    answers.write_text(text.replace(str(tagged), str(newer)), encoding="utf-8")
    # What the team changed in its own template is a change of the pipelines that are made from it.
    of_team = repository / TEMPLATE / "docs" / "README.md"
    of_team.write_text(of_team.read_text(encoding="utf-8") + "\nOf the team.\n", encoding="utf-8")
    commit(repository, "Change the template")
    assert way(newer, repository, "pipeline=orders") == ""
    assert way(newer, repository, "pipeline=stock") == ""
    code = repository / "pipelines" / "orders" / "orchestration" / "definitions.py"
    code.write_text(code.read_text(encoding="utf-8") + "\nOURS = 1\n", encoding="utf-8")
    (repository / "pipelines" / "orders" / "scripts" / "ours.py").write_text("OURS = 1\n")
    (repository / "pipelines" / "orders" / "data" / "raw" / "sample.csv").unlink()
    commit(repository, "Add pipelines")

    pipeline = newer / REPOSITORY / TEMPLATE
    (pipeline / "NEWS.md").write_text("News of @{pipeline}@ in version 2\n")
    definitions = pipeline / "orchestration" / "definitions.py"
    text = definitions.read_text(encoding="utf-8")
    definitions.write_text(f"# Version 2\n{text}", encoding="utf-8")
    (pipeline / "notebooks" / "explore.ipynb").unlink()
    makefile = newer / REPOSITORY / "Makefile.jinja"
    makefile.write_text(makefile.read_text(encoding="utf-8") + "# version 2\n", encoding="utf-8")
    release(newer, 2)

    update(repository, ANSWERS)
    assert changed(repository) == {
        ANSWERS,
        "pipelines/orders/NEWS.md",
        "pipelines/orders/notebooks/explore.ipynb",
        "pipelines/orders/orchestration/definitions.py",
    }
    assert not (repository / "pipelines" / "orders" / "notebooks" / "explore.ipynb").exists()
    news = (repository / "pipelines" / "orders" / "NEWS.md").read_text(encoding="utf-8")
    assert news == "News of orders in version 2\n"
    updated = code.read_text(encoding="utf-8")
    assert updated.startswith("# Version 2\n")
    assert updated.endswith("\nOURS = 1\n")
    readme = (repository / "pipelines" / "orders" / "docs" / "README.md").read_text()
    assert readme.endswith("\nOf the team.\n") == (way is by_tool)
    assert recorded(repository)["_commit"] == "v2.0.0"
    commit(repository, "Update orders")

    update(repository)
    root = changed(repository)
    assert {"Makefile", "pipelines/order_list/NEWS.md", ".copier-answers.yml"} <= root
    assert "pipelines/_templates/pipeline/files/pipelines/@{pipeline}@/NEWS.md" in root
    assert not any(is_of(path, name) for path in root for name in ("orders", "stock"))
    assert of_team.read_text(encoding="utf-8").endswith("\nOf the team.\n")


def test_an_answers_file_of_its_own_may_be_named_from_the_start(
    tagged: Path, repository: Path
) -> None:
    message = add(tagged, repository, "scope=pipeline", "pipeline=orders", answers=ANSWERS)
    assert message == ""
    assert recorded(repository)["layout"] == "pipeline-centric"
    assert all(is_of(path, "orders") for path in changed(repository))


def test_what_is_there_is_kept_when_it_is_copied_again(tagged: Path, repository: Path) -> None:
    by_copier(tagged, repository, "pipeline=orders")
    code = repository / "pipelines" / "orders" / "orchestration" / "definitions.py"
    code.write_text("OURS = 1\n")
    commit(repository, "Add orders")
    assert add(tagged, repository, "scope=pipeline", "pipeline=orders", answers=ANSWERS) == ""
    assert code.read_text() == "OURS = 1\n"
    done = copier("recopy", "--trust", "--defaults", "--force", "-a", ANSWERS, cwd=repository)
    assert done.returncode == 0, done.stderr
    assert changed(repository) == {"pipelines/orders/orchestration/definitions.py"}
    assert "OURS" not in code.read_text()


def test_a_repository_that_brings_its_own_code_grows_too(tagged: Path, tmp_path: Path) -> None:
    repository = make(tagged, tmp_path / "repo", "layout=pipeline-centric", "pipeline=")
    assert not any(path.startswith("pipelines/order") for path in git(repository, "ls-files"))
    assert by_copier(tagged, repository, "pipeline=orders") == ""
    assert all(is_of(path, "orders") for path in changed(repository))
