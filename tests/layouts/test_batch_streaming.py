"""The layout batch-streaming: complete and well-formed for every answer, its tools content."""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

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
    "layout": ("batch-streaming",),
    "pipeline": ("sales", "zyxwvutsrq_zyxwvutsrq_01234567", ""),
    "package": ("data_platform", "a"),
    "package_manager": ("uv", "poetry", "pip"),
    "python_version": ("3.11", "3.13"),
    "database": ("sqlite", "duckdb", "postgres"),
    "ci": ("github", "gitlab", "none"),
    "licence": ("MIT", "Proprietary"),
}
COMPONENTS = {
    "config",
    "docs",
    "infrastructure/docker/airflow",
    "infrastructure/docker/spark",
    "infrastructure/docker/streaming",
    "infrastructure/terraform",
    "orchestration/airflow/dags",
    "orchestration/scripts",
    "requirements",
    "src/data_platform/etl",
    "src/data_platform/spark/jobs",
    "src/data_platform/streaming",
    "tests/integration",
    "tests/unit/test_etl",
    "tests/unit/test_orchestration",
    "tests/unit/test_spark",
    "tests/unit/test_streaming",
    "tools",
    "warehouse",
}
NAMED_BY_THE_SEED = {
    "docker-compose-cloud.yml",
    "docker-compose.yml",
    "requirements/base.txt",
    "requirements/cloud.txt",
    "requirements/dev.txt",
    "requirements/test.txt",
    "src/data_platform/etl/extract.py",
    "src/data_platform/etl/load.py",
    "src/data_platform/etl/transform.py",
    "src/data_platform/spark/jobs/batch_etl.py",
    "src/data_platform/streaming/producers.py",
}
# What a repository gets that brings its own code: nothing that stands for code.
BROUGHT = {
    ".copier-answers.yml",
    ".github/workflows/ci.yml",
    ".gitignore",
    ".pre-commit-config.yaml",
    "LICENSE",
    "Makefile",
    "README.md",
    "docs/layout.md",
    "pyproject.toml",
    "tests/unit/test_imports.py",
    "tests/unit/test_no_path_hacks.py",
    "tools/run_script.py",
}
COMPOSE = ("docker-compose.yml", "docker-compose-cloud.yml")
WORKFLOW = ".github/workflows/ci.yml"

every_pair = each_pair(CHOICES)
with_and_without_a_pipeline = pytest.mark.parametrize("pipeline", ["sales", ""])
each_compose_file = pytest.mark.parametrize("name", COMPOSE)


def batch(**answers: str) -> dict[str, object]:
    return {"layout": "batch-streaming", **answers}


def services(project: Path, name: str) -> dict[str, Any]:
    document = yaml.safe_load((project / name).read_text(encoding="utf-8"))
    found: dict[str, Any] = document["services"]
    return found


def dockerfiles(project: Path) -> list[str]:
    return sorted(name for name in files(project) if name.endswith("Dockerfile"))


def test_the_tree_is_whole(render: Render) -> None:
    found = files(render(batch()))
    assert found >= NAMED_BY_THE_SEED
    folders = {parent.as_posix() for name in found for parent in Path(name).parents}
    assert folders >= COMPONENTS


def test_code_that_is_brought_meets_no_sample(render: Render) -> None:
    assert files(render(batch(pipeline=""))) == BROUGHT


@every_pair
def test_the_root_has_at_most_fifteen_files(render: Render, answers: Mapping[str, str]) -> None:
    """With the lock file that `make setup` writes, and the `.env` of whoever runs it."""
    root = {name for name in files(render(answers)) if "/" not in name}
    assert len(root | {"lock", ".env"}) <= 15, root


@every_pair
def test_every_file_is_well_formed(render: Render, answers: Mapping[str, str]) -> None:
    require_well_formed(render(answers))


@every_pair
def test_ruff_has_nothing_to_say(render: Render, answers: Mapping[str, str]) -> None:
    require_ruff_content(render(answers))


@every_pair
def test_no_part_needs_a_search_path(render: Render, answers: Mapping[str, str]) -> None:
    """Where it is named, it is taken away, or a sentence says that nothing sets it."""
    project = render(answers)
    for name in files(project):
        for line in (project / name).read_text(encoding="utf-8").splitlines():
            if "PYTHONPATH" not in line or name.endswith(".md"):
                continue
            assert re.match(r"(un(set|export)\b|\s*(#|\"\"\"|-u|env -u))", line) or not re.search(
                r"PYTHONPATH\W*[=:]", line
            ), f"{name}: {line}"


@every_pair
def test_links_between_pages_lead_somewhere(render: Render, answers: Mapping[str, str]) -> None:
    project = render(answers)
    for name in (name for name in files(project) if name.endswith(".md")):
        page = project / name
        text = re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
        for target in re.findall(r"\]\(([^)#]+)", text):
            assert "://" in target or (page.parent / target).exists(), f"{name}: {target}"


@each_continuous_integration
def test_only_the_chosen_continuous_integration_is_rendered(
    render: Render, ci: str, path: str
) -> None:
    require_one_continuous_integration(render(batch(ci=ci)), path)


@with_and_without_a_pipeline
def test_continuous_integration_calls_targets_that_are_there(render: Render, pipeline: str) -> None:
    for ci, path in (("github", WORKFLOW), ("gitlab", ".gitlab-ci.yml")):
        project = render(batch(pipeline=pipeline, ci=ci))
        makefile = (project / "Makefile").read_text(encoding="utf-8")
        targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
        phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
        assert phony
        assert set(phony[1].split()) == targets
        called = set(re.findall(r"\bmake ([a-z]+)", (project / path).read_text(encoding="utf-8")))
        assert {"setup", "lint", "test"} <= called <= targets


@with_and_without_a_pipeline
def test_actionlint_has_nothing_to_say(render: Render, pipeline: str) -> None:
    check(tool("actionlint"), WORKFLOW, cwd=render(batch(pipeline=pipeline)))


@with_and_without_a_pipeline
def test_zizmor_has_nothing_to_say(render: Render, pipeline: str) -> None:
    project = render(batch(pipeline=pipeline))
    check(tool("zizmor"), "--offline", "--persona=regular", ".", cwd=project)


def test_actions_are_pinned_and_have_no_rights(render: Render) -> None:
    require_pinned_actions(render(batch()))


def test_shell_scripts_are_sound_and_can_be_started(render: Render) -> None:
    project = render(batch())
    scripts = sorted(name for name in files(project) if name.endswith(".sh"))
    assert scripts
    assert all((project / name).stat().st_mode & 0o111 for name in scripts)
    check(tool("shellcheck"), *scripts, cwd=project)


@pytest.mark.parametrize("python_version", CHOICES["python_version"])
def test_images_install_the_package_with_one_python(render: Render, python_version: str) -> None:
    """Driver and executors of Spark stand in two images, and must have the same Python."""
    project = render(batch(python_version=python_version))
    check(tool("hadolint"), *dockerfiles(project), cwd=project)
    pythons = set()
    for name in dockerfiles(project):
        text = (project / name).read_text(encoding="utf-8")
        (python,) = re.findall(r"^FROM .*python:?(3\.\d+)", text, re.MULTILINE)
        pythons.add(python)
        assert "pip install --no-cache-dir --no-deps ." in text, name
        copied = re.findall(r"^COPY (?:--chown=\S+ )?([^-].*) \S+$", text, re.MULTILINE)
        for source in " ".join(copied).split():
            assert (project / source).exists(), f"{name}: {source}"
            assert is_in_context(project, source), f"{name}: {source}"
    assert len(pythons) == 1
    assert float(pythons.pop()[2:]) >= float(python_version[2:])


def is_in_context(project: Path, path: str) -> bool:
    """Say whether `.dockerignore`, which leaves all out but what it names, names a path."""
    lines = (project / ".dockerignore").read_text(encoding="utf-8").splitlines()
    return lines[0] == "*" and f"!{path}" in lines


@each_compose_file
def test_compose_names_what_is_there(render: Render, name: str) -> None:
    project = render(batch())
    document = yaml.safe_load((project / name).read_text(encoding="utf-8"))
    built = set()
    for service, content in document["services"].items():
        if "build" in content:
            built.add(content["build"]["dockerfile"])
            assert content["build"]["context"] == "."
            assert (project / content["build"]["dockerfile"]).is_file(), service
        for mount in content.get("volumes", []):
            source = mount.partition(":")[0]
            assert source in document["volumes"] or (project / source).is_file(), service
        for needed in content.get("depends_on", []):
            assert needed in document["services"], service
        for port in content.get("ports", []):
            assert port.startswith("127.0.0.1:"), service
    if name == COMPOSE[0]:
        assert sorted(built) == dockerfiles(project)


@each_compose_file
def test_compose_starts_commands_that_are_installed(render: Render, name: str) -> None:
    project = render(batch())
    text = (project / "pyproject.toml").read_text(encoding="utf-8")
    scripts = set(tomlkit.parse(text)["project"]["scripts"])
    commands = {
        content["command"][0]
        for content in services(project, name).values()
        if "command" in content
    }
    assert {word for word in commands if word.startswith("data-platform-")} <= scripts
    assert "data-platform-consume" in commands


def test_the_cloud_is_given_every_variable_that_it_needs(render: Render) -> None:
    project = render(batch())
    needed = set(re.findall(r"\$\{(\w+)", (project / COMPOSE[1]).read_text(encoding="utf-8")))
    example = (project / ".env.example").read_text(encoding="utf-8")
    assert set(re.findall(r"^(\w+)=", example, re.MULTILINE)) == needed
    prod = tomlkit.parse((project / "config" / "prod.toml").read_text(encoding="utf-8"))
    assert set(prod["required"]) <= needed


@pytest.mark.parametrize(
    ("database", "python_version"), [("sqlite", "3.13"), ("duckdb", "3.11"), ("postgres", "3.11")]
)
def test_compiled_requirements_hold_what_is_asked_for(
    render: Render, tmp_path: Path, database: str, python_version: str
) -> None:
    """If this fails, render the layout, and take over what `make requirements` writes."""
    answers = batch(database=database, python_version=python_version)
    project = shutil.copytree(render(answers), tmp_path / "project")
    names = {path.stem for path in (project / "requirements").glob("*.txt")}
    assert names == {"airflow", "base", "checkov", "cloud", "dev", "test"}
    compiler = str(project / "tools" / "compile_requirements.py")
    check(sys.executable, compiler, "--check", cwd=project)
    with (project / "requirements" / "airflow.in").open("a", encoding="utf-8") as file:
        file.write("not-compiled\n")
    done = subprocess.run(
        [sys.executable, compiler, "--check"],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "requirements/airflow.txt: not-compiled is asked for" in done.stderr


def test_airflow_and_the_package_share_nothing(render: Render) -> None:
    folder = render(batch()) / "requirements"
    for name in ("base", "cloud", "dev", "test"):
        assert "apache-airflow" not in (folder / f"{name}.txt").read_text(encoding="utf-8")
    airflow = (folder / "airflow.txt").read_text(encoding="utf-8")
    assert "apache-airflow==" in airflow
    assert not re.search(r"^(pyspark|dbt-core|deltalake|confluent-kafka|duckdb)==", airflow, re.M)
