"""The packages of a monorepo: complete and well-formed for every answer, and small in an image."""

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import tomlkit
from building import (
    Build,
    check,
    each_pair,
    files,
    require_ruff_content,
    require_well_formed,
    tool,
)
from images import instructions, replay_build_stage

Render = Callable[[Mapping[str, object]], Path]

MONOREPO = {"layout": "monorepo"}
CHOICES: dict[str, tuple[str, ...]] = {
    "package": ("data_pipeline", "a", "zyxwvutsrq_zyxwvutsrq_01234567"),
    "pipeline": ("order_list", "orders", "abcdefghij_abcdefghij_01234567", ""),
    "package_manager": ("uv", "poetry"),
    "python_version": ("3.10", "3.11", "3.12", "3.13", "3.14"),
    "licence": ("MIT", "Proprietary"),
}
every_pair = each_pair(CHOICES)
every_image = pytest.mark.parametrize(
    "answers",
    [
        {"package_manager": manager, "pipeline": pipeline}
        for manager in CHOICES["package_manager"]
        for pipeline in ("order_list", "")
    ],
    ids=lambda answers: "-".join(str(value) or "none" for value in answers.values()),
)

MANIFEST = {"pyproject.toml", "README.md"}
PACKAGE = MANIFEST | {"Dockerfile"}
JOB = {
    "sample/local.toml",
    "sample/products.csv",
    "sample/s3/data-pipeline-local/orders/2025-07-01.csv",
    "sample/s3/data-pipeline-local/orders/2025-07-02.csv",
    "sample/s3/data-pipeline-local/orders/2025-07-03.csv",
    "src/data_pipeline/__init__.py",
    "src/data_pipeline/py.typed",
    "src/data_pipeline/cli/__init__.py",
    "src/data_pipeline/cli/order_list.py",
    "src/data_pipeline/config/__init__.py",
    "src/data_pipeline/config/order_list.py",
    "src/data_pipeline/database/__init__.py",
    "src/data_pipeline/database/ledger.py",
    "src/data_pipeline/processors/__init__.py",
    "src/data_pipeline/processors/order_list.py",
    "src/data_pipeline/s3/__init__.py",
    "src/data_pipeline/s3/objects.py",
    "src/data_pipeline/support/__init__.py",
    "src/data_pipeline/support/batch.py",
    "src/data_pipeline/support/tables.py",
    "tests/conftest.py",
    "tests/test_ledger.py",
    "tests/test_order_list_command.py",
    "tests/test_order_list_retries.py",
    "tests/test_order_list_rules.py",
    "tests/test_order_list_settings.py",
    "tests/test_tables.py",
}
CORE_MODULES = ("config", "files", "job", "logs", "metrics", "retry", "s3")
CORE = (
    MANIFEST
    | {"src/etl_core/__init__.py", "src/etl_core/py.typed", "tests/conftest.py"}
    | {"src/etl_core/embedded_s3.py"}
    | {f"src/etl_core/{module}.py" for module in CORE_MODULES}
    | {f"tests/test_{module}.py" for module in CORE_MODULES}
)


def manifest(package: Path) -> dict[str, Any]:
    return tomlkit.parse((package / "pyproject.toml").read_text(encoding="utf-8")).unwrap()


def scripts(package: Path, manager: str) -> dict[str, str]:
    """Return the console scripts, which stand in one place only."""
    content = manifest(package)
    project: dict[str, str] = content["project"].get("scripts", {})
    poetry: dict[str, str] = content.get("tool", {}).get("poetry", {}).get("scripts", {})
    assert not (project if manager == "poetry" else poetry)
    return project | poetry


def imported(path: Path) -> Iterator[str]:
    """Yield the first name of every module that a file imports."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, path
            yield str(node.module).partition(".")[0]


def test_a_repository_has_a_first_package_and_what_packages_share(render: Render) -> None:
    packages = render(MONOREPO) / "packages"
    assert {path.name for path in packages.iterdir()} == {"data_pipeline", "etl_core"}
    assert files(packages / "data_pipeline") == PACKAGE | JOB
    assert files(packages / "etl_core") == CORE


def test_code_that_comes_along_finds_an_empty_package(render: Render) -> None:
    project = render(MONOREPO | {"pipeline": ""})
    assert {path.name for path in (project / "packages").iterdir()} == {"data_pipeline"}
    assert files(project / "packages" / "data_pipeline") == PACKAGE
    assert not (project / "tools" / "run_local.py").exists()
    content = manifest(project / "packages" / "data_pipeline")
    assert content["project"]["dependencies"] == []
    assert "scripts" not in content["project"]


@every_pair
def test_every_file_is_well_formed(render: Render, answers: Mapping[str, str]) -> None:
    project = render(MONOREPO | dict(answers))
    require_well_formed(project / "packages")


@every_pair
def test_ruff_has_nothing_to_say(render: Render, answers: Mapping[str, str]) -> None:
    project = render(MONOREPO | dict(answers))
    folders = [name for name in ("packages", "tools") if (project / name).is_dir()]
    require_ruff_content(project, *folders)


def test_a_demanding_ruff_has_little_to_say(render: Render) -> None:
    """What is public is documented; nothing is shadowed, unused, insecure or complicated."""
    project = render(MONOREPO)
    sources = [path.as_posix() for path in sorted(project.glob("packages/*/src"))]
    selection = "A,ARG,C90,D1,ERA,N,PL,S,SLF,TRY"
    # Messages stand where they are raised; five arguments are no limit if each has a name.
    accepted = "N818,PLR0913,S603,TRY003,TRY300,TRY400"
    check(
        tool("ruff"),
        "check",
        "--no-cache",
        f"--select={selection}",
        f"--ignore={accepted}",
        *sources,
        "tools/run_local.py",
        cwd=project,
    )


@every_pair
def test_manifests_say_what_is_installed(render: Render, answers: Mapping[str, str]) -> None:
    project = render(MONOREPO | dict(answers))
    manager, pipeline = answers["package_manager"], answers["pipeline"]
    package = project / "packages" / answers["package"]
    content = manifest(package)
    name = answers["package"].replace("_", "-")
    assert content["project"]["name"] == name
    assert content["project"]["requires-python"] == f">={answers['python_version']}"
    if not pipeline:
        assert scripts(package, manager) == {}
        return
    assert content["project"]["dependencies"] == ["etl-core[s3]"]
    script, target = f"{name}-{pipeline.replace('_', '-')}", f"cli.{pipeline}:main"
    assert scripts(package, manager) == {script: f"{answers['package']}.{target}"}
    assert (package / "src" / answers["package"] / "cli" / f"{pipeline}.py").is_file()
    if manager == "poetry":
        where = content["tool"]["poetry"]["dependencies"]["etl-core"]
        assert where == {"path": "../etl_core", "develop": True, "extras": ["s3"]}
        assert (package / where["path"] / "pyproject.toml").is_file()
    else:
        assert content["tool"]["uv"]["sources"] == {"etl-core": {"workspace": True}}
    core = manifest(project / "packages" / "etl_core")["project"]
    assert list(core["optional-dependencies"]) == ["s3"]
    assert [re.split("[<>=;]", line)[0] for line in core["dependencies"]] == (
        ["tomli"] if answers["python_version"] == "3.10" else []
    )


def test_settings_of_tools_stand_at_the_root_only(render: Render) -> None:
    for package in (render(MONOREPO) / "packages").iterdir():
        assert set(manifest(package)["tool"]) <= {"hatch", "poetry", "uv"}


def test_what_packages_share_is_plain_python(render: Render) -> None:
    source = render(MONOREPO) / "packages" / "etl_core" / "src" / "etl_core"
    further = {
        path.name: set(imported(path)) - sys.stdlib_module_names - {"etl_core", "_typeshed"}
        for path in source.glob("*.py")
    }
    assert {name: found for name, found in further.items() if found} == {
        "config.py": {"tomli"},
        "embedded_s3.py": {"moto"},
        "s3.py": {"boto3", "botocore", "mypy_boto3_s3"},
    }


def test_rules_touch_nothing(render: Render) -> None:
    """The processors import nothing that could read, write, wait or ask the time."""
    package = render(MONOREPO) / "packages" / "data_pipeline" / "src" / "data_pipeline"
    names = {name for path in package.glob("processors/*.py") for name in imported(path)}
    assert names == {"collections", "dataclasses", "data_pipeline", "datetime", "re"}


def test_the_readme_lists_every_setting(render: Render) -> None:
    package = render(MONOREPO) / "packages" / "data_pipeline"
    code = ast.parse((package / "src/data_pipeline/config/order_list.py").read_bytes())
    classes = {
        node.name: [item.target.id for item in node.body if _is_field(item)]
        for node in code.body
        if isinstance(node, ast.ClassDef)
    }
    sections = classes.pop("Settings")
    readme = (package / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z_]+\.[a-z_]+)`", readme, re.MULTILINE)
    assert {row.partition(".")[0] for row in rows} == set(sections)
    settings = {f"{name.lower()}.{field}" for name, fields_ in classes.items() for field in fields_}
    assert {row for row in rows if not row.startswith("retry.")} == settings


def _is_field(item: ast.stmt) -> bool:
    return isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name)


@every_image
def test_hadolint_has_nothing_to_say(render: Render, answers: Mapping[str, str]) -> None:
    project = render(MONOREPO | dict(answers))
    check(tool("hadolint"), "packages/data_pipeline/Dockerfile", cwd=project)


@every_image
def test_an_image_runs_a_script_without_rights(render: Render, answers: Mapping[str, str]) -> None:
    project = render(MONOREPO | dict(answers))
    package = project / "packages" / "data_pipeline"
    steps = instructions(package / "Dockerfile")
    lock = {"uv": "uv.lock", "poetry": "poetry.lock"}[answers["package_manager"]]
    for name, words in steps:
        if name == "COPY" and not words[0].startswith("--from="):
            for source in words[:-1]:
                assert source == lock or source in _parts(project), source
    assert [name for name, _ in steps].count("FROM") == 2
    assert [words for name, words in steps if name == "USER"] == [["10001"]]
    assert steps[-1][0] == "CMD"
    known = scripts(package, answers["package_manager"]) or {"python": ""}
    assert steps[-1][1] == [f"[{script}]" for script in known]


def _parts(project: Path) -> set[str]:
    """Return every file and folder that is in a rendering, and the folders that code brings."""
    return {path.relative_to(project).as_posix() for path in project.rglob("*")}


def locked(render: Render, folder: Path, manager: str) -> Build:
    """Return a repository with its lock file, as somebody has it who ran `make setup`."""
    build = Build(render(MONOREPO | {"package_manager": manager}), folder)
    build.make("setup")
    return build


@pytest.fixture(scope="module")
def built(render: Render, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Build]:
    folder = tmp_path_factory.mktemp("built")
    yield locked(render, folder / "project", "uv")
    shutil.rmtree(folder)


def require_a_small_image(build: Build, folder: Path) -> None:
    """Fail if the environment of the image lacks something, or has what only developers need."""
    replay_build_stage(build.folder, build.folder / "packages/data_pipeline/Dockerfile", folder)
    shutil.rmtree(folder / "packages")  # the second stage takes the environment along, only
    program = folder / ".venv" / "bin" / "data-pipeline-order-list"
    ran = subprocess.run(
        [str(program)], cwd=folder, env={}, capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "error: source.bucket is not set" in ran.stderr
    (installed,) = folder.glob(".venv/lib/python3.*/site-packages")
    there = {path.name for path in installed.iterdir()}
    assert {"boto3", "data_pipeline", "etl_core"} <= there
    assert not there & {"moto", "mypy", "pytest", "ruff", "flask", "poetry"}


@pytest.mark.layout_build
def test_a_local_run_is_not_repeated_for_nothing(built: Build) -> None:
    """The server forgets and its objects are kept, so that the second run finds the results."""
    first, second = built.make("run"), built.make("run", "PACKAGE=data_pipeline")
    report, _, results = first.partition("\n\n")
    assert report == "inputs  3 processed, 0 unchanged, 0 refused\nrows    11 read, 8 written"
    assert "s3://data-pipeline-local/results/order_list/2025-07-03.csv\norder_number," in results
    assert second.startswith("inputs  0 processed, 3 unchanged, 0 refused\n")
    assert second.partition("\n\n")[2] == results
    kept = built.folder / "var" / "s3" / "data_pipeline" / "data-pipeline-local"
    assert len(files(kept / "orders")) == len(files(kept / "results" / "order_list")) == 3
    assert built.changes() == {"uv.lock"}


@pytest.mark.layout_build
@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["PACKAGE=lost"], "error: lost is no package of this repository; known: data_pipeline"),
        (["PACKAGE=etl_core"], "error: etl_core is no package of this repository; known:"),
        (["ARGS=--script lost"], "error: --script must name a script of data_pipeline; known:"),
        (["ARGS=--lost"], "error: unrecognized arguments: --lost"),
    ],
)
def test_what_cannot_be_run_is_refused(built: Build, options: list[str], message: str) -> None:
    refused = built.run("make", "run", *options)
    assert refused.returncode == 2
    assert message in refused.stderr
    assert refused.stdout == ""


@pytest.mark.layout_build
def test_an_image_holds_what_its_package_needs_and_nothing_else(
    built: Build, tmp_path: Path
) -> None:
    tool("uv")
    require_a_small_image(built, tmp_path / "app")


@pytest.mark.smoke
def test_poetry_makes_the_same_image(
    render: Render, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build = locked(render, tmp_path / "project", "poetry")
    tools = build.folder / ".tools"
    build.run(str(tools / "bin" / "pip"), "install", "--quiet", "poetry-plugin-export")
    monkeypatch.setenv("PATH", f"{tools / 'bin'}:/usr/bin:/bin")
    require_a_small_image(build, tmp_path / "app")
