"""The monorepo: its root is right for every answer, and the whole builds, runs, tests and lints."""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import tomlkit
import yaml
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

Render = Callable[[Mapping[str, object]], Path]

CHOICES: dict[str, tuple[str, ...]] = {
    "layout": ("monorepo",),
    "package": ("data_pipeline", "a", "abcdefghij_abcdefghij_01234567"),
    "pipeline": ("order_list", "b", "zyxwvutsrq_zyxwvutsrq_01234567", ""),
    "package_manager": ("uv", "poetry"),
    "python_version": ("3.10", "3.11", "3.12", "3.13", "3.14"),
    "ci": ("github", "gitlab", "none"),
    "licence": ("MIT", "Apache-2.0", "BSD-3-Clause", "Proprietary"),
}
ROOT = {
    ".copier-answers.yml",
    ".dockerignore",
    ".github/workflows/ci.yml",
    ".gitignore",
    ".pre-commit-config.yaml",
    "LICENSE",
    "Makefile",
    "README.md",
    "compose.yaml",
    "docs/layout.md",
    "pyproject.toml",
    "tests/test_imports.py",
    "tests/test_no_path_hacks.py",
    "tests/test_rules.py",
    "tests/test_tools.py",
    "tools/affected.py",
    "tools/contracts.py",
    "tools/for_each.py",
    "tools/run_script.py",
    "tools/workspace.py",
}
every_pair = each_pair(CHOICES)
each_manager = pytest.mark.parametrize("manager", CHOICES["package_manager"])
with_and_without_a_pipeline = pytest.mark.parametrize("pipeline", ["order_list", ""])


def monorepo(**answers: str) -> dict[str, object]:
    return {"layout": "monorepo", **answers}


def root_files(project: Path) -> set[str]:
    return {name for name in files(project) if not name.startswith("packages/")}


def test_the_root_is_complete(render: Render) -> None:
    assert root_files(render(monorepo())) == ROOT | {"tools/run_local.py"}
    poetry = render(monorepo(package_manager="poetry"))
    assert root_files(poetry) == ROOT | {"tools/run_local.py", "tools/sync_packages.py"}


def test_without_a_pipeline_nothing_is_rendered_that_runs(render: Render) -> None:
    project = render(monorepo(pipeline=""))
    assert root_files(project) == ROOT
    assert not list(project.glob("packages/*/src"))
    assert not (project / "packages" / "etl_core").exists()
    pyproject = tomlkit.parse((project / "pyproject.toml").read_text(encoding="utf-8"))
    assert pyproject["tool"]["ruff"]["lint"]["select"] == ["E9", "F63", "F7"]
    for excluded in ("__legacy", "legacy_django"):
        assert excluded in pyproject["tool"]["ruff"]["extend-exclude"]
        assert excluded in pyproject["tool"]["pytest"]["ini_options"]["norecursedirs"]


@each_continuous_integration
def test_only_the_chosen_continuous_integration_is_rendered(
    render: Render, ci: str, path: str
) -> None:
    require_one_continuous_integration(render(monorepo(ci=ci)), path)


@every_pair
def test_every_file_is_well_formed(render: Render, answers: Mapping[str, str]) -> None:
    require_well_formed(render(answers))


@every_pair
def test_ruff_has_nothing_to_say(render: Render, answers: Mapping[str, str]) -> None:
    require_ruff_content(render(answers))


@pytest.mark.parametrize("python", ["3.10", "3.14"])
@each_manager
def test_the_types_of_the_tools_hold(render: Render, manager: str, python: str) -> None:
    project = render(monorepo(package_manager=manager, python_version=python))
    # tomli, which stands in for tomllib before, is not installed where the tests run.
    version = "3.11" if python == "3.10" else python
    options = ["--strict", "--cache-dir=/dev/null", f"--python-version={version}"]
    modules = sorted(path.name for path in (project / "tools").glob("*.py"))
    own = [name for name in modules if name != "run_local.py"]
    check(tool("mypy"), *options, *own, cwd=project / "tools")


@with_and_without_a_pipeline
def test_the_workflow_is_safe(render: Render, pipeline: str) -> None:
    project = render(monorepo(pipeline=pipeline))
    check(tool("zizmor"), "--offline", "--persona=regular", ".", cwd=project)
    require_pinned_actions(project)


@with_and_without_a_pipeline
def test_actionlint_has_nothing_to_say(render: Render, pipeline: str) -> None:
    project = render(monorepo(pipeline=pipeline))
    check(tool("actionlint"), ".github/workflows/ci.yml", cwd=project)


@pytest.mark.parametrize("ci", ["github", "gitlab"])
@each_manager
def test_no_file_of_the_root_lists_packages_but_that_of_poetry(
    render: Render, manager: str, ci: str
) -> None:
    """What has to know the packages looks for them: a new one is known at once."""
    project = render(monorepo(package="quite_unusual", package_manager=manager, ci=ci))
    naming = {
        name
        for name in root_files(project) - {"README.md", ".copier-answers.yml"}
        if re.search("quite.unusual", (project / name).read_text(encoding="utf-8"))
    }
    # The compose file has it as the default of a variable.
    assert naming == {"compose.yaml"} | ({"pyproject.toml"} if manager == "poetry" else set())


def test_continuous_integration_takes_its_packages_from_the_change(render: Render) -> None:
    text = (render(monorepo()) / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
    jobs = yaml.safe_load(text)["jobs"]
    for name in ("package", "image"):
        assert jobs[name]["needs"] == "affected"
        matrix = jobs[name]["strategy"]["matrix"]
        assert matrix["package"] == "${{ fromJSON(needs.affected.outputs.packages) }}"
        # An empty matrix is an error to GitHub.
        assert jobs[name]["if"] == "needs.affected.outputs.packages != '[]'"


def test_the_tests_that_come_with_its_root_pass(render: Render, tmp_path: Path) -> None:
    """Those for Poetry are more than those for uv, which the build below runs."""
    build = Build(render(monorepo(package_manager="poetry")), tmp_path / "project")
    done = build.run(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "passed" in done.stdout


@pytest.mark.parametrize("text", ["", "[tool.poetry]\npackage-mode = false\n"])
def test_the_list_for_poetry_is_made_where_there_is_none(
    render: Render, tmp_path: Path, text: str
) -> None:
    build = Build(render(monorepo(package_manager="poetry")), tmp_path / "project")
    (build.folder / "pyproject.toml").write_text(text)
    assert build.run(sys.executable, "tools/sync_packages.py").returncode == 0
    after = (build.folder / "pyproject.toml").read_text(encoding="utf-8")
    assert after.startswith(text)
    assert tomlkit.parse(after)["tool"]["poetry"]["dependencies"] == {
        "data-pipeline": {"path": "packages/data_pipeline", "develop": True},
        "etl-core": {"path": "packages/etl_core", "develop": True},
    }


def use(build: Build) -> None:
    """Set up, run, test and lint."""
    build.make("setup")
    assert "s3://data-pipeline-local/results/order_list/2025-07-03.csv" in build.make("run")
    listed = build.run("make", "run", "SCRIPT=lost")
    assert "lost is no script of a package; known: data-pipeline-order-list" in listed.stderr
    assert "--help" in build.make("run", "SCRIPT=data-pipeline-order-list", "ARGS=--help")
    tested = build.make("test")
    assert "failed" not in tested
    assert len(re.findall(r"\d+ passed", tested)) == 3
    assert "2 kept, 0 broken" in build.make("lint")


@pytest.mark.layout_build
def test_the_monorepo_builds_runs_tests_and_lints(render: Render, tmp_path: Path) -> None:
    build = Build(render(monorepo()), tmp_path / "project")
    use(build)
    assert build.changes() == {"uv.lock"}
    build.commit("Lock")
    assert "No package is touched." in build.make("changed", "BASE=HEAD")
    (build.folder / "packages" / "data_pipeline" / "notes.txt").write_text("changed\n")
    changed = build.make("changed", "BASE=HEAD", "ARGS=--collect-only --quiet")
    assert "data_pipeline: test" in changed
    assert "etl_core: test" not in changed


@pytest.mark.smoke
def test_the_monorepo_with_poetry(render: Render, tmp_path: Path) -> None:
    """All of it from the root, and each package installed alone."""
    build = Build(render(monorepo(package_manager="poetry")), tmp_path / "project")
    use(build)
    assert build.changes() == {"poetry.lock"}
    fetched = build.folder / ".tools"
    poetry = str(fetched / "bin" / "poetry") if fetched.exists() else tool("poetry")
    index = fetched / "index-url"
    if index.is_file():
        build.environment["POETRY_PYPI_MIRROR_URL"] = index.read_text(encoding="utf-8").strip()
    build.environment["POETRY_VIRTUALENVS_IN_PROJECT"] = "true"
    build.environment["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
    root = build.folder
    for package in ("data_pipeline", "etl_core"):
        build.folder = root / "packages" / package
        for command in ([poetry, "install", "-n"], [".venv/bin/python", "-m", "pytest", "tests"]):
            done = build.run(*command)
            assert done.returncode == 0, done.stdout + done.stderr
    build.folder = root
    assert build.changes() == {"poetry.lock"}


@pytest.mark.smoke
@each_manager
def test_a_repository_that_brings_its_own_code(
    render: Render, tmp_path: Path, manager: str
) -> None:
    """The code is old and careless; only what cannot run is held against it."""
    template = render(monorepo(pipeline="", package_manager=manager))
    build = Build(template, tmp_path / "project")
    package = build.folder / "packages" / "data_pipeline"
    code = package / "src" / "data_pipeline"
    code.mkdir(parents=True)
    (code / "__init__.py").write_text("")
    (code / "hello.py").write_text(
        "import sys, os\ndef main( ):\n  print( 'hello', sys.argv[1:] )\n"
    )
    (package / "legacy_django").mkdir()
    (package / "legacy_django" / "manage.py").write_text("print 'Python 2'\n")
    pyproject = package / "pyproject.toml"
    text = pyproject.read_text(encoding="utf-8")
    table = "tool.poetry.scripts" if manager == "poetry" else "project.scripts"
    pyproject.write_text(f'{text}\n[{table}]\nsay-hello = "data_pipeline.hello:main"\n')

    build.make("setup")
    assert "say-hello  (data_pipeline.hello:main)" in build.make("run")
    assert "hello ['a', 'b']" in build.make("run", "SCRIPT=say-hello", "ARGS=a b")
    assert "data_pipeline: nothing to test" in build.make("test")
    build.make("lint")


def printed_json(build: Build, *command: str) -> object:
    done = subprocess.run(command, cwd=build.folder, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_the_packages_and_what_they_depend_on_are_found(render: Render, tmp_path: Path) -> None:
    build = Build(render(monorepo()), tmp_path / "project")
    found = printed_json(build, sys.executable, "tools/workspace.py")
    assert isinstance(found, list)
    assert [(package["folder"], package["depends"]) for package in found] == [
        ("data_pipeline", ["etl_core"]),
        ("etl_core", []),
    ]
    with (build.folder / "packages" / "etl_core" / "README.md").open("a") as file:
        file.write("changed\n")
    touched = printed_json(build, sys.executable, "tools/affected.py", "--base=HEAD")
    assert touched == ["data_pipeline", "etl_core"]
