"""The Dagster layout: complete and well-formed for every answer, its tools content."""

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
    "layout": ("dagster",),
    "package": ("warehouse", "a", "abcdefghij_abcdefghij_01234567"),
    "pipeline": ("order_list", "b", "zyxwvutsrq_zyxwvutsrq_01234567", ""),
    "package_manager": ("uv", "poetry", "pip"),
    "python_version": ("3.10", "3.11", "3.12", "3.13", "3.14"),
    "ci": ("github", "gitlab", "none"),
    "licence": ("MIT", "Apache-2.0", "BSD-3-Clause", "Proprietary"),
}
REPOSITORY = {
    ".copier-answers.yml",
    ".dagster_home/dagster.yaml",
    ".dockerignore",
    ".github/workflows/ci.yml",
    ".gitignore",
    ".pre-commit-config.yaml",
    "Dockerfile",
    "LICENSE",
    "Makefile",
    "README.md",
    "compose.yaml",
    "deploy/dagster.yaml",
    "deploy/workspace.yaml",
    "docs/layout.md",
    "pyproject.toml",
    "tests/test_imports.py",
    "tests/test_no_path_hacks.py",
    "tools/draw_graph.py",
}
PACKAGE = {
    "__init__.py",
    "assets/__init__.py",
    "assets/consolidated.py",
    "assets/dimensional.py",
    "assets/facts.py",
    "assets/processed.py",
    "assets/raw.py",
    "checks/__init__.py",
    "checks/quality.py",
    "config/__init__.py",
    "config/environments.py",
    "config/partitions.py",
    "config/rules.py",
    "definitions.py",
    "jobs/__init__.py",
    "jobs/jobs.py",
    "jobs/schedules.py",
    "jobs/sensors.py",
    "py.typed",
    "resources/__init__.py",
    "resources/duckdb.py",
    "resources/landing.py",
    "resources/postgres.py",
    "resources/selection.py",
    "utils/__init__.py",
    "utils/cleaning.py",
    "utils/tables.py",
    "sample/products.csv",
    *(
        f"sample/orders/2025-07-0{day}/{channel}.csv"
        for day in (1, 2, 3)
        for channel in ("store", "web")
    ),
}
PIPELINE = {
    "docs/assets.svg",
    "tests/conftest.py",
    "tests/test_assets.py",
    "tests/test_checks.py",
    "tests/test_cleaning.py",
    "tests/test_definitions.py",
    "tests/test_environments.py",
    "tests/test_graph.py",
    "tests/test_jobs.py",
    "tests/test_landing.py",
    "tests/test_postgres.py",
    "tools/materialize.py",
    *(f"src/warehouse/{path}" for path in PACKAGE),
}

every_pair = each_pair(CHOICES)
with_and_without_a_pipeline = pytest.mark.parametrize("pipeline", ["order_list", ""])


def dagster(**answers: str) -> dict[str, object]:
    return {"layout": "dagster", **answers}


def pyproject(project: Path) -> tomlkit.TOMLDocument:
    return tomlkit.parse((project / "pyproject.toml").read_text(encoding="utf-8"))


def test_the_layout_is_complete(render: Render) -> None:
    assert files(render(dagster())) == REPOSITORY | PIPELINE


def test_without_a_pipeline_only_the_repository_is_rendered(render: Render) -> None:
    project = render(dagster(pipeline=""))
    assert files(project) == REPOSITORY
    document = pyproject(project)
    assert document["project"]["dependencies"] == []
    assert document["tool"]["ruff"]["lint"]["select"] == ["E9", "F63", "F7"]
    assert document["tool"]["dagster"]["module_name"] == "warehouse.definitions"


def test_the_version_of_dagster_of_a_repository_is_its_own(render: Render) -> None:
    """What is brought beside code that is there fits whichever version it needs."""
    groups = pyproject(render(dagster(pipeline="")))["dependency-groups"]
    named = [line for group in groups.values() for line in group if line.startswith("dagster")]
    assert named
    assert all(re.fullmatch(r"[a-z-]+", line) for line in named)


@each_continuous_integration
def test_only_the_chosen_continuous_integration_is_rendered(
    render: Render, ci: str, path: str
) -> None:
    require_one_continuous_integration(render(dagster(ci=ci)), path)


@every_pair
def test_every_file_is_well_formed(render: Render, answers: Mapping[str, str]) -> None:
    require_well_formed(render(answers))


@every_pair
def test_ruff_has_nothing_to_say(render: Render, answers: Mapping[str, str]) -> None:
    require_ruff_content(render(answers))


@with_and_without_a_pipeline
def test_linters_have_nothing_to_say(render: Render, pipeline: str) -> None:
    for manager in CHOICES["package_manager"]:
        project = render(dagster(pipeline=pipeline, package_manager=manager))
        check(tool("hadolint"), "Dockerfile", cwd=project)
    check(tool("zizmor"), "--offline", "--persona=regular", ".", cwd=project)


@with_and_without_a_pipeline
def test_actionlint_has_nothing_to_say(render: Render, pipeline: str) -> None:
    project = render(dagster(pipeline=pipeline))
    check(tool("actionlint"), ".github/workflows/ci.yml", cwd=project)


def test_actions_are_pinned_and_have_no_rights(render: Render) -> None:
    require_pinned_actions(render(dagster()))


def test_dagster_tells_nobody_of_its_use(render: Render) -> None:
    project = render(dagster())
    for path in (".dagster_home/dagster.yaml", "deploy/dagster.yaml"):
        settings = yaml.safe_load((project / path).read_text(encoding="utf-8"))
        assert settings["telemetry"] == {"enabled": False}


def test_every_service_runs_one_image(render: Render) -> None:
    project = render(dagster())
    services = yaml.safe_load((project / "compose.yaml").read_text(encoding="utf-8"))["services"]
    own = {name: service for name, service in services.items() if name != "postgres"}
    assert set(own) == {"code", "daemon", "webserver"}
    assert {service["image"] for service in own.values()} == {"warehouse:latest"}
    workspace = yaml.safe_load((project / "deploy" / "workspace.yaml").read_text(encoding="utf-8"))
    (loaded,) = workspace["load_from"]
    assert loaded["grpc_server"] == {"host": "code", "port": 4000, "location_name": "warehouse"}
    assert '"warehouse.definitions"' in (project / "Dockerfile").read_text(encoding="utf-8")


def test_no_secret_stands_in_what_dagster_shows(render: Render) -> None:
    """Resources name the variable; its value is read by a run."""
    path = render(dagster()) / "src" / "warehouse" / "resources" / "selection.py"
    source = path.read_text(encoding="utf-8")
    assert "EnvVar(DATABASE_URL)" in source
    assert "environ" not in source.replace("environment", "")
