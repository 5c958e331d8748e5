"""The src layout: complete and well-formed for every answer; it builds, runs, tests and lints."""

import json
import os
import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
import tomlkit
from building import (
    Build,
    check,
    each_continuous_integration,
    each_pair,
    files,
    require_one_continuous_integration,
    require_pinned_actions,
    require_ruff_content,
    require_well_formed,
    tool,
)
from growing import add

Render = Callable[[Mapping[str, object]], Path]

CHOICES: dict[str, tuple[str, ...]] = {
    "package": ("pipelines", "a", "abcdefghij_abcdefghij_01234567"),
    "pipeline": ("order_list", "b", "zyxwvutsrq_zyxwvutsrq_01234567", ""),
    "package_manager": ("uv", "poetry", "pip"),
    "python_version": ("3.10", "3.11", "3.12", "3.13", "3.14"),
    "database": ("sqlite", "duckdb", "postgres"),
    "ci": ("github", "gitlab", "none"),
    "licence": ("MIT", "Apache-2.0", "BSD-3-Clause", "Proprietary"),
}

REPOSITORY = {
    ".copier-answers.yml",
    ".dockerignore",
    ".env.example",
    ".github/workflows/ci.yml",
    ".gitignore",
    ".pre-commit-config.yaml",
    ".vscode/tasks.json",
    "Dockerfile",
    "LICENSE",
    "Makefile",
    "README.md",
    "docker-compose.dev.yml",
    "docs/layout.md",
    "pyproject.toml",
    "requirements.txt",
    "tests/test_flows.py",
    "tests/test_imports.py",
    "tests/test_no_path_hacks.py",
    "tests/test_tools.py",
    "tools/encode_env.py",
    "tools/sync_requirements.py",
    "tools/validate_flows.py",
}
PIPELINE = {
    "configs/dev/order_list.toml",
    "configs/prod/order_list.toml",
    "db/alembic.ini",
    "db/env.py",
    "db/script.py.mako",
    "db/versions/0001_create_order_list.py",
    "docs/configuration.md",
    "integrations/graphql/orders.graphql",
    "integrations/graphql/schema.graphql",
    "specs/order_list.md",
    "src/pipelines/__init__.py",
    "src/pipelines/py.typed",
    "src/pipelines/loading/__init__.py",
    "src/pipelines/loading/db.py",
    "src/pipelines/loading/loader.py",
    "src/pipelines/order_list/__init__.py",
    "src/pipelines/order_list/etl.py",
    "src/pipelines/order_list/tables.py",
    "src/pipelines/order_list/transform.py",
    "src/pipelines/order_list/scripts/__init__.py",
    "src/pipelines/order_list/scripts/load.py",
    "src/pipelines/order_list/resources/config/default.toml",
    "src/pipelines/order_list/resources/data/sample.csv",
    "src/pipelines/order_list/resources/sql/changes.sql.j2",
    "src/pipelines/order_list/resources/sql/drop.sql.j2",
    "src/pipelines/order_list/resources/sql/merge.sql.j2",
    "src/pipelines/order_list/resources/sql/order_list_stage.sql.j2",
    "tests/conftest.py",
    "tests/test_config.py",
    "tests/test_graphql.py",
    "tests/test_migrations.py",
    "tests/order_list/test_etl.py",
    "tests/order_list/test_load.py",
    "tests/order_list/test_transform.py",
    "tests/order_list/test_postgres.py",
    "tools/sync_scripts.py",
    "workflows/flow_sync_prod.yml",
    "workflows/ingest_order_list.yml",
}

every_pair = each_pair(CHOICES)


def test_the_layout_is_complete(render: Render) -> None:
    assert files(render({})) == REPOSITORY | PIPELINE


def test_without_a_pipeline_only_the_repository_is_rendered(render: Render) -> None:
    project = render({"pipeline": ""})
    assert files(project) == REPOSITORY | {"tools/run_script.py"}
    pyproject = tomlkit.parse((project / "pyproject.toml").read_text(encoding="utf-8"))
    assert pyproject["project"]["dependencies"] == []
    assert "scripts" not in pyproject["project"]
    assert pyproject["tool"]["ruff"]["lint"]["select"] == ["E9", "F63", "F7"]
    assert "__legacy" in pyproject["tool"]["ruff"]["extend-exclude"]


@each_continuous_integration
def test_only_the_chosen_continuous_integration_is_rendered(
    render: Render, ci: str, path: str
) -> None:
    require_one_continuous_integration(render({"ci": ci}), path)


@every_pair
def test_every_file_is_well_formed(render: Render, answers: Mapping[str, str]) -> None:
    project = render(answers)
    require_well_formed(project)


@every_pair
def test_dependencies_agree_with_requirements(render: Render, answers: Mapping[str, str]) -> None:
    project = render(answers)
    pyproject = tomlkit.parse((project / "pyproject.toml").read_text(encoding="utf-8"))
    lines = (project / "requirements.txt").read_text(encoding="utf-8").splitlines()
    assert lines[1:] == pyproject["project"]["dependencies"]
    names = {re.split(r"[\[<>=;]", line)[0] for line in lines[1:]}
    if answers["pipeline"]:
        expected = {"alembic", "jinja2", "sqlalchemy"}
        expected |= {"tomli"} if answers["python_version"] == "3.10" else set()
        expected |= {
            "sqlite": set(),
            "duckdb": {"duckdb", "duckdb-engine"},
            "postgres": {"psycopg"},
        }[answers["database"]]
        assert names == expected
        extras = pyproject["project"].get("optional-dependencies", {})
        assert ("postgres" in extras) is (answers["database"] != "postgres")
    else:
        assert not names


@every_pair
def test_ruff_has_nothing_to_say(render: Render, answers: Mapping[str, str]) -> None:
    require_ruff_content(render(answers))


@pytest.mark.parametrize("pipeline", ["order_list", ""])
def test_linters_have_nothing_to_say(render: Render, pipeline: str) -> None:
    project = render({"pipeline": pipeline})
    check(tool("hadolint"), "Dockerfile", cwd=project)
    check(tool("zizmor"), "--offline", "--persona=regular", ".", cwd=project)


@pytest.mark.parametrize("pipeline", ["order_list", ""])
def test_actionlint_has_nothing_to_say(render: Render, pipeline: str) -> None:
    check(tool("actionlint"), ".github/workflows/ci.yml", cwd=render({"pipeline": pipeline}))


def test_actions_are_pinned_and_have_no_rights(render: Render) -> None:
    require_pinned_actions(render({}))
    workflow = (render({}) / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
    assert "persist-credentials: false" in workflow


def test_each_licence_is_whole_and_names_the_holder(render: Render) -> None:
    last_words = {
        "MIT": "OTHER DEALINGS IN THE\nSOFTWARE.\n",
        "Apache-2.0": "END OF TERMS AND CONDITIONS\n\n   Copyright Ada & Co\n",
        "BSD-3-Clause": "EVEN IF ADVISED OF THE POSSIBILITY OF\nSUCH DAMAGE.\n",
        "Proprietary": "by a written agreement with the copyright holder.\n",
    }
    for licence in CHOICES["licence"]:
        project = render({"licence": licence, "author_name": "Ada & Co"})
        text = (project / "LICENSE").read_text(encoding="utf-8")
        assert text.endswith(last_words[licence])
        assert "Ada & Co" in text
        pyproject = tomlkit.parse((project / "pyproject.toml").read_text(encoding="utf-8"))
        expected = "LicenseRef-Proprietary" if licence == "Proprietary" else licence
        assert pyproject["project"]["license"] == expected


def test_the_task_that_validates_flows_runs_what_is_there(render: Render) -> None:
    project = render({})
    tasks = json.loads((project / ".vscode" / "tasks.json").read_text(encoding="utf-8"))["tasks"]
    (validate,) = [task for task in tasks if task["label"] == "Kestra: validate flows"]
    assert [project / argument for argument in validate["args"]] == [
        project / "tools" / "validate_flows.py"
    ]
    assert (project / validate["args"][0]).is_file()


def stored(build: Build, database: str) -> list[tuple[object, ...]]:
    """Return the rows in the embedded database, read without the project's own code."""
    query = "SELECT order_number, line_number, quantity, total_cents FROM order_list ORDER BY 1, 2"
    if database != "duckdb":
        with sqlite3.connect(build.folder / "var" / "pipelines.db") as connection:
            return connection.execute(query).fetchall()
    script = (
        "import duckdb, json;"
        "rows = duckdb.connect('var/pipelines.duckdb', read_only=True).execute("
        f"{query!r}).fetchall(); print(json.dumps(rows))"
    )
    done = build.run(".venv/bin/python", "-c", script)
    assert done.returncode == 0, done.stderr
    return [tuple(row) for row in json.loads(done.stdout)]


def build_and_use(build: Build, manager: str, database: str) -> Iterator[str]:
    """Set up, run twice, test and lint; yield what each step printed, once it has been checked."""
    build.make("setup")

    first = build.make("run")
    assert (
        "read      29\nloaded    25  (25 inserted, 0 updated, 0 unchanged)\nrejected  4\n" in first
    )
    rows = stored(build, database)
    assert len(rows) == 25
    assert rows[0] == ("SO-1001", 1, 2, 1850)
    second = build.make("run")
    assert "loaded    25  (0 inserted, 0 updated, 25 unchanged)\n" in second
    assert stored(build, database) == rows
    rejects = (build.folder / "var" / "rejects" / "order_list.csv").read_text(encoding="utf-8")
    assert len(rejects.splitlines()) == 5
    yield second

    tested = build.make("test")
    summary = re.search(r"(\d+) passed(?:, (\d+) skipped)?", tested)
    assert summary, tested
    assert int(summary[1]) >= 140
    assert "failed" not in tested
    assert (summary[2] is None) or "no PostgreSQL server is named" in tested
    yield tested

    linted = build.make("lint")
    assert "2 flow files, 0 errors, 0 warnings" in linted
    yield linted

    lock = {"uv": {"uv.lock"}, "poetry": {"poetry.lock"}, "pip": set()}[manager]
    assert build.changes() == lock


def grow_and_use(build: Build, suite: Path) -> None:
    """Add two pipelines to a repository that is set up, and fail if they do not run at once."""
    build.commit("Set up")
    for name in ("returns", "old_orders"):
        assert add(suite, build.folder, "scope=pipeline", f"pipeline={name}") == ""
    ran = build.make("run")
    assert re.findall(r"-m pipelines\.(\w+)\.scripts\.load", ran) == [
        "old_orders",
        "order_list",
        "returns",
    ]
    assert ran.count("(25 inserted, 0 updated, 0 unchanged)") == 2
    alone = build.make("run", "PIPELINE=returns", "ARGS=--json")
    assert '"unchanged": 25' in alone
    assert "old_orders" not in alone
    files = "tests/returns/test_load.py tests/old_orders tests/test_migrations.py"
    tested = build.make("test", f"ARGS={files} tests/test_config.py tests/test_imports.py")
    assert " passed" in tested
    assert "6 flow files, 0 errors, 0 warnings" in build.make("lint")

    alembic = [".venv/bin/alembic", "-c", "db/alembic.ini"]
    done = build.run(*alembic, "revision", "--head", "returns@head", "--autogenerate", "-m", "more")
    assert done.returncode == 0, done.stderr
    done = build.run(*alembic, "heads")
    assert sorted(re.findall(r"\((\w+)\) \(head\)", done.stdout)) == [
        "old_orders",
        "order_list",
        "returns",
    ]


@pytest.mark.layout_build
def test_the_default_layout_builds_runs_tests_lints_and_grows(
    render: Render, tagged: Path, tmp_path: Path
) -> None:
    build = Build(render({}), tmp_path / "project")
    assert len(list(build_and_use(build, "uv", "sqlite"))) == 3
    grow_and_use(build, tagged)


@pytest.mark.smoke
@pytest.mark.parametrize("database", CHOICES["database"])
@pytest.mark.parametrize("manager", CHOICES["package_manager"])
def test_every_manager_with_every_database(
    render: Render, tmp_path: Path, manager: str, database: str
) -> None:
    answers = {"package_manager": manager, "database": database}
    build = Build(render(answers), tmp_path / "project")
    assert len(list(build_and_use(build, manager, database))) == 3


@pytest.mark.smoke
@pytest.mark.parametrize("manager", CHOICES["package_manager"])
def test_a_repository_that_brings_its_own_code(
    render: Render, tmp_path: Path, manager: str
) -> None:
    """The code is old and careless; only what cannot run is held against it."""
    template = render({"pipeline": "", "package_manager": manager})
    build = Build(template, tmp_path / "project")
    package = build.folder / "src" / "pipelines"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("")
    (package / "hello.py").write_text(
        "import sys, os\ndef main( ):\n  print( 'hello', sys.argv[1:] )\n"
    )
    (build.folder / "__legacy").mkdir()
    (build.folder / "__legacy" / "old.py").write_text("print 'Python 2'\n")
    pyproject = build.folder / "pyproject.toml"
    text = pyproject.read_text(encoding="utf-8")
    scripts = '[project.scripts]\nsay-hello = "pipelines.hello:main"\n\n[dependency-groups]\n'
    pyproject.write_text(text.replace("[dependency-groups]\n", scripts), encoding="utf-8")

    build.make("setup")
    assert "say-hello  (pipelines.hello:main)" in build.make("run")
    assert "hello ['a', 'b']" in build.make("run", "SCRIPT=say-hello", "ARGS=a b")
    refused = build.run("make", "run", "SCRIPT=lost")
    assert refused.returncode == 2
    assert "lost is no script of this project; known: say-hello" in refused.stderr
    build.make("test")
    build.make("lint")

    (package / "hello.py").write_text(
        "import sys\nfrom pipelines import lost\nsys.path.append('x')\n"
    )
    broken = build.run("make", "test")
    assert "src/pipelines/hello.py:2: pipelines.lost" in broken.stdout
    assert "src/pipelines/hello.py:3: sys.path.append('x')" in broken.stdout


@pytest.mark.smoke
def test_uv_is_fetched_where_it_is_missing(render: Render, tmp_path: Path) -> None:
    """`make setup` needs Python alone: without uv on the path, it comes into .tools/."""
    build = Build(render({}), tmp_path / "project")
    folders = build.environment["PATH"].split(os.pathsep)
    bare = [folder for folder in folders if not (Path(folder) / "uv").exists()]
    build.environment["PATH"] = os.pathsep.join(bare)
    build.make("setup")
    assert (build.folder / ".tools" / "bin" / "uv").is_file()
    assert "loaded    25" in build.make("run")
