"""The layout pipeline-centric builds, runs, tests and lints; so do pipelines that are added."""

import json
import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from building import Build
from growing import add, make
from images import replay_build_stage

Render = Callable[[Mapping[str, object]], Path]

MANAGERS = ("uv", "poetry", "pip")
TEMPLATE = "pipelines/_templates/pipeline/files/pipelines/@{pipeline}@"


def done(printed: str) -> set[str]:
    """Return the pipelines that `make run` says are done."""
    return set(re.findall(r"^(\w+): done", printed, re.MULTILINE))


def passed_in(printed: str) -> set[str]:
    """Return what `make test` says has passed."""
    return set(re.findall(r"^ok +(\w+) .* \d+ passed", printed, re.MULTILINE))


def refused(build: Build, *arguments: str) -> str:
    """Return what the tool says to a pipeline that it does not make."""
    before = build.changes()
    ended = build.run("tools/cli/create-pipeline", *arguments)
    assert ended.returncode == 2, ended.stdout
    assert build.changes() == before
    return ended.stderr


def create(build: Build, *arguments: str) -> None:
    """Make a pipeline with the tool of the repository."""
    ended = build.run("tools/cli/create-pipeline", *arguments)
    assert ended.returncode == 0, ended.stderr


def change_the_template(build: Build) -> None:
    """Let pipelines of the team begin with a module of their own, and with a test of it."""
    template = build.folder / TEMPLATE
    (template / "scripts" / "greeting.py").write_text(
        '"""Say hello."""\n\nNAME = "@{pipeline}@"\n', encoding="utf-8"
    )
    (template / "tests" / "test_greeting.py").write_text(
        '"""The greeting."""\n\nfrom ..scripts import greeting\n\n\n'
        "def test_the_name_is_that_of_the_pipeline() -> None:\n"
        '    assert greeting.NAME == "@{pipeline}@"\n',
        encoding="utf-8",
    )


def require_catalogue(build: Build, names: set[str]) -> None:
    """Fail if the catalogue does not know each pipeline, with its owner."""
    build.make("catalogue")
    path = build.folder / "docs" / "catalogue" / "catalogue.json"
    catalogue = json.loads(path.read_text(encoding="utf-8"))
    assert {pipeline["name"] for pipeline in catalogue["pipelines"]} == names
    assert all(pipeline["owner"] for pipeline in catalogue["pipelines"])


@pytest.mark.layout_build
def test_the_layout_builds_and_grows(tagged: Path, tmp_path: Path) -> None:
    start = make(tagged, tmp_path / "start", "layout=pipeline-centric")
    shutil.rmtree(start / ".git")  # a build has a history of its own
    build = Build(start, tmp_path / "project")
    build.make("setup")
    assert done(build.make("run")) == {"order_list"}
    assert (build.folder / "data/pipelines/order_list/order_list.duckdb").is_file()
    assert build.changes() == {"uv.lock"}
    build.commit("Lock")

    assert "is there already" in refused(build, "order_list")
    assert "is not a name for a pipeline" in refused(build, "Order-List")
    assert "has no 'large'" in refused(build, "orders", "--template", "large")
    assert add(tagged, build.folder, "scope=pipeline", "pipeline=orders") == ""
    create(build, "stock", "-d", "owner=Warehouse team")
    change_the_template(build)
    create(build, "customers")
    names = {"order_list", "orders", "stock", "customers"}
    assert {path for path in build.changes() if "_templates" not in path} == {
        *(f"pipelines/{name}/" for name in names - {"order_list"}),
        *(f"data/pipelines/{name}/" for name in names - {"order_list"}),
    }
    assert passed_in(build.make("test", "CHANGED=1", "BASE=HEAD")) == {
        *("repository", "shared"),
        *(names - {"order_list"}),
    }
    build.commit("Add pipelines")
    assert done(build.make("run")) == names
    build.make("lint")
    assert passed_in(build.make("test", "PIPELINE=order_list customers")) == {
        "order_list",
        "customers",
    }
    require_catalogue(build, names)
    build.make("status")
    build.make("clean-temp")
    assert build.changes() == set()


@pytest.mark.smoke
@pytest.mark.parametrize("manager", MANAGERS)
def test_every_manager(render: Render, tmp_path: Path, manager: str) -> None:
    """With another database each, which no test needs a server of."""
    database = {"uv": "trino", "poetry": "postgres", "pip": "duckdb"}[manager]
    answers = {
        "layout": "pipeline-centric",
        "package_manager": manager,
        "database": database,
        "pipeline": "b",
        "ci": "gitlab",
    }
    build = Build(render(answers), tmp_path / "project")
    build.make("setup")
    assert done(build.make("run")) == {"b"}
    assert passed_in(build.make("test")) == {"repository", "shared", "b"}
    build.make("lint")
    locks = {"uv": {"uv.lock"}, "poetry": {"poetry.lock"}, "pip": set()}
    assert build.changes() == locks[manager]
    app = tmp_path / "app"
    replay_build_stage(build.folder, build.folder / "docker" / "Dockerfile", app)
    deployed = str(app / ".venv" / "bin" / "python")
    imports = "import pipelines.b.orchestration.definitions as d; print(d.__file__)"
    ended = build.run(deployed, "-c", f"import dagster_webserver, dagster_postgres; {imports}")
    assert ended.returncode == 0, ended.stderr


@pytest.mark.smoke
@pytest.mark.parametrize("manager", MANAGERS)
def test_a_repository_that_brings_its_own_code(
    render: Render, tmp_path: Path, manager: str
) -> None:
    """It has no pipeline of the template; its own is careless, and has no owner."""
    answers = {"layout": "pipeline-centric", "pipeline": "", "package_manager": manager}
    build = Build(render(answers), tmp_path / "project")
    folder = build.folder / "pipelines" / "shop" / "orchestration"
    folder.mkdir(parents=True)
    (folder.parent / "__init__.py").write_text("")
    (folder / "__init__.py").write_text("")
    (folder / "definitions.py").write_text(
        "import dagster as dg\n\n@dg.asset( )\ndef orders( ) : return [ 1, 2 ]\n\n"
        "defs = dg.Definitions(assets=[orders])\n"
    )
    build.make("setup")
    assert done(build.make("run")) == {"shop"}
    assert {"repository", "shared"} <= passed_in(build.make("test"))
    build.make("lint")
    build.make("catalogue")
