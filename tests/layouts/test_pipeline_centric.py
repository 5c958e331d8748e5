"""The layout pipeline-centric: complete and well-formed for every answer, its tools content."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import tomlkit
import yaml
from building import (
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

Render = Callable[[Mapping[str, object]], Path]

CHOICES: dict[str, tuple[str, ...]] = {
    "layout": ("pipeline-centric",),
    "pipeline": ("order_list", "zyxwvutsrq_zyxwvutsrq_01234567", ""),
    "package_manager": ("uv", "poetry", "pip"),
    "python_version": ("3.10", "3.13"),
    "database": ("duckdb", "trino", "postgres"),
    "ci": ("github", "gitlab", "none"),
    "licence": ("MIT", "Proprietary"),
}
REPOSITORY = {
    "config",
    "data/pipelines",
    "data/pipelines/shared",
    "data/services",
    "data/temp/backups",
    "data/temp/cache",
    "data/temp/staging",
    "docker",
    "docs",
    "pipelines/_templates/pipeline",
    "pipelines/shared/macros",
    "pipelines/shared/schemas",
    "pipelines/shared/tests",
    "pipelines/shared/utilities",
    "platform/governance",
    "platform/monitoring",
    "platform/orchestration",
    "platform/security",
    "tools/cli",
    "tools/scripts",
    "tools/templates",
    "tools/testing",
}
PIPELINE = {
    "config",
    "data/processed",
    "data/raw",
    "data/staging",
    "data/temp",
    "dbt",
    "docs",
    "notebooks",
    "orchestration",
    "scripts",
    "tests",
}
PROGRAMS = {
    "tools/cli/create-pipeline",
    "tools/scripts/clean-temp",
    "tools/testing/run-all-tests",
    "tools/testing/test-pipeline",
    "tools/testing/test-shared",
}
TEMPLATES = "pipelines/_templates/"
WORKFLOW = ".github/workflows/ci.yml"

every_pair = each_pair(CHOICES)
with_and_without_a_pipeline = pytest.mark.parametrize("pipeline", ["order_list", ""])
each_database = pytest.mark.parametrize("database", CHOICES["database"])


def centric(**answers: str) -> dict[str, object]:
    return {"layout": "pipeline-centric", **answers}


def folders(project: Path) -> set[str]:
    """Return the folders that git would keep: those with a file somewhere in them."""
    kept = {parent for name in files(project) for parent in Path(name).parents}
    return {folder.as_posix() for folder in kept}


def pyproject(project: Path) -> tomlkit.TOMLDocument:
    return tomlkit.parse((project / "pyproject.toml").read_text(encoding="utf-8"))


@with_and_without_a_pipeline
def test_the_tree_is_whole(render: Render, pipeline: str) -> None:
    found = folders(render(centric(pipeline=pipeline)))
    of_pipeline = {f"pipelines/{pipeline}/{folder}" for folder in PIPELINE} if pipeline else set()
    assert found >= REPOSITORY | of_pipeline
    assert {folder for folder in found if folder.startswith("pipelines/order_list")} == {
        folder for folder in found if pipeline and folder.startswith(f"pipelines/{pipeline}")
    }


def test_no_source_folder_stands_beside_the_pipelines(render: Render) -> None:
    top = {name.partition("/")[0] for name in files(render(centric()))}
    assert not top & {"src", "tests", "var"}


@with_and_without_a_pipeline
def test_programs_can_be_started(render: Render, pipeline: str) -> None:
    project = render(centric(pipeline=pipeline))
    for name in PROGRAMS:
        path = project / name
        assert path.stat().st_mode & 0o111, name
        shebang = path.read_text(encoding="utf-8").partition("\n")[0]
        assert re.fullmatch(r"#!/(bin/sh|usr/bin/env python3)", shebang), name


def test_shell_scripts_are_sound(render: Render) -> None:
    project = render(centric())
    scripts = sorted(
        name for name in PROGRAMS if (project / name).read_bytes().startswith(b"#!/bin/sh")
    )
    assert scripts
    check(tool("shellcheck"), *scripts, cwd=project)


def test_nothing_tracked_names_the_first_pipeline_but_its_own_folder(render: Render) -> None:
    """Workspace, tests, continuous integration and catalogue look for pipelines: none is listed."""
    project = render(centric(pipeline="zyxwvutsrq_zyxwvutsrq_01234567"))
    naming = {
        name
        for name in files(project)
        if b"zyxwvutsrq_zyxwvutsrq_01234567" in (project / name).read_bytes()
    }
    outside = {name for name in naming if not name.startswith("pipelines/zyxwvutsrq_")}
    # The answers, and one sentence on how the first pipeline is updated.
    assert outside == {".copier-answers.yml", "docs/pipelines.md"}


def test_a_pipeline_is_rendered_with_its_own_answers(render: Render) -> None:
    project = render(centric(pipeline="b", owner="Sales: team", schedule="30 4 * * 1"))
    path = project / "pipelines" / "b" / "config" / "pipeline.yml"
    settings = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert (settings["owner"], settings["schedule"]) == ("Sales: team", "30 4 * * 1")


@every_pair
def test_every_file_is_well_formed(render: Render, answers: Mapping[str, str]) -> None:
    require_well_formed(render(answers), apart=TEMPLATES)


@every_pair
def test_ruff_has_nothing_to_say(render: Render, answers: Mapping[str, str]) -> None:
    require_ruff_content(render(answers))


@each_continuous_integration
def test_only_the_chosen_continuous_integration_is_rendered(
    render: Render, ci: str, path: str
) -> None:
    require_one_continuous_integration(render(centric(ci=ci)), path)


@with_and_without_a_pipeline
def test_linters_have_nothing_to_say(render: Render, pipeline: str) -> None:
    for manager in CHOICES["package_manager"]:
        project = render(centric(pipeline=pipeline, package_manager=manager))
        check(tool("hadolint"), "docker/Dockerfile", cwd=project)
    check(tool("zizmor"), "--offline", "--persona=regular", ".", cwd=project)


@with_and_without_a_pipeline
def test_actionlint_has_nothing_to_say(render: Render, pipeline: str) -> None:
    check(tool("actionlint"), WORKFLOW, cwd=render(centric(pipeline=pipeline)))


def test_actions_are_pinned_and_have_no_rights(render: Render) -> None:
    require_pinned_actions(render(centric()))


@each_database
def test_the_adapter_of_the_database_is_installed(render: Render, database: str) -> None:
    wanted = {"dbt-duckdb", f"dbt-{database}"}
    dependencies = pyproject(render(centric(database=database)))["project"]["dependencies"]
    adapters = {re.split(r"[><=]", line)[0] for line in dependencies}
    assert {name for name in adapters if name.startswith("dbt-")} - {"dbt-core"} == wanted


@each_database
def test_services_keep_their_data_in_folders_of_their_own(render: Render, database: str) -> None:
    project = render(centric(database=database))
    compose = yaml.safe_load((project / "compose.yaml").read_text(encoding="utf-8"))
    services = compose["services"]
    assert set(services) == {"daemon", "postgres", "webserver"} | {database} - {"duckdb"}
    mounts = [mount for service in services.values() for mount in service.get("volumes", [])]
    for mount in mounts:
        source = mount.partition(":")[0]
        if source.startswith("./data/services/"):
            continue
        if source.startswith("./"):
            assert (project / source).is_dir(), mount
        else:
            assert source in compose["volumes"]
    assert "./data/services/postgres:/var/lib/postgresql/data" in mounts
    assert services["webserver"]["environment"]["DBT_TARGET"] == database


def test_no_version_of_dagster_or_dbt_is_asked_for_where_code_is_brought(render: Render) -> None:
    document = pyproject(render(centric(pipeline="")))
    assert document["project"]["dependencies"] == []
    assert "<" not in document["project"]["requires-python"]
    assert document["tool"]["ruff"]["lint"]["select"] == ["E9", "F63", "F7"]
    named = [
        line
        for group in document["dependency-groups"].values()
        for line in group
        if isinstance(line, str) and line.startswith(("dagster", "dbt", "duckdb", "pandas"))
    ]
    assert named
    assert all(re.fullmatch(r"[a-z-]+", line) for line in named)


def test_what_the_layout_brings_is_checked_alike_by_ruff_and_mypy(render: Render) -> None:
    project = render(centric(pipeline=""))
    makefile = (project / "Makefile").read_text(encoding="utf-8")
    own = re.search(r"^OWN := (.*)$", makefile, re.MULTILINE)
    assert own
    assert own[1].split() == pyproject(project)["tool"]["mypy"]["files"]
    assert all((project / path).exists() for path in own[1].split())
