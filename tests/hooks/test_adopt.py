"""Copier's task, run as Copier runs it: ``copier copy`` over a folder that is there already."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MESS = ROOT / "tests" / "cases" / "messy-repository" / "before"
IDENTITY = {
    "GIT_AUTHOR_NAME": "A",
    "GIT_AUTHOR_EMAIL": "a@example.com",
    "GIT_COMMITTER_NAME": "A",
    "GIT_COMMITTER_EMAIL": "a@example.com",
    "GIT_CONFIG_GLOBAL": os.devnull,
}

Copy = Callable[..., subprocess.CompletedProcess[str]]


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", "-C", folder, *arguments],
        env={**os.environ, **IDENTITY},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


@pytest.fixture(scope="session")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the suite that is no git repository, so that Copier reads it in place."""
    folder = tmp_path_factory.mktemp("suite")
    shutil.copy(ROOT / "copier.yml", folder)
    for name in ("template", "hooks", "migrations"):
        shutil.copytree(ROOT / name, folder / name)
    (folder / "src" / "relayout").mkdir(parents=True)
    shutil.copy(ROOT / "src" / "relayout" / "__init__.py", folder / "src" / "relayout")
    return folder


def run_copy(
    suite: Path, destination: Path, *options: str, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "copier", "copy", "--defaults", *options]
    return subprocess.run(
        [*command, suite, destination],
        env={**os.environ, **IDENTITY, **(env or {})},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def copy(suite: Path) -> Copy:
    return partial(run_copy, suite)


@pytest.fixture
def mess(tmp_path: Path) -> Path:
    folder = tmp_path / "mess"
    shutil.copytree(MESS, folder)
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "As it was")
    return folder


def test_a_repository_is_adopted(mess: Path, copy: Copy) -> None:
    done = copy(mess, "--trust", "--overwrite")
    assert done.returncode == 0, done.stderr
    assert git(mess, "branch", "--show-current").strip() == "relayout/src-layout"
    assert git(mess, "status", "--porcelain") == ""
    assert len(git(mess, "log", "--format=%h", "main..").split()) == 3
    assert (mess / "src/pipelines/order_sync/load_orders.py").is_file()
    makefile = (mess / "Makefile").read_text()
    assert "python -m pipelines.order_sync" in makefile
    assert "scripts/order-sync" not in makefile
    answers = (mess / ".copier-answers.yml").read_text()
    assert "_src_path:" in answers
    assert "pipeline: ''" in answers


def test_the_sample_pipeline_is_not_added_to_a_repository_that_has_its_own(
    mess: Path, copy: Copy
) -> None:
    copy(mess, "--trust", "--overwrite")
    assert not (mess / "src/pipelines/order_list").exists()
    assert not (mess / "configs/dev").exists()


def test_copying_again_adopts_nothing_more(mess: Path, copy: Copy) -> None:
    copy(mess, "--trust", "--overwrite")
    head = git(mess, "rev-parse", "HEAD")
    done = copy(mess, "--trust", "--overwrite", "--data", "pipeline=")
    assert done.returncode == 0, done.stderr
    assert git(mess, "rev-parse", "HEAD") == head


def test_uncommitted_changes_are_refused_and_the_rendering_is_taken_back(
    mess: Path, copy: Copy
) -> None:
    (mess / "utils/db_helper.py").write_text("changed = True\n")
    before = git(mess, "status", "--porcelain")
    done = copy(mess, "--trust", "--overwrite")
    assert done.returncode != 0
    assert "uncommitted changes (utils/db_helper.py)" in done.stderr
    assert git(mess, "status", "--porcelain") == before
    assert git(mess, "branch", "--show-current").strip() == "main"


def test_a_new_folder_is_rendered_and_nothing_else(tmp_path: Path, copy: Copy) -> None:
    done = copy(tmp_path / "new", "--trust")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "new/src/pipelines/order_list/etl.py").is_file()


def test_skipping_tasks_needs_no_trust_and_renders_the_complete_repository(
    tmp_path: Path, copy: Copy
) -> None:
    assert copy(tmp_path / "trusted", "--trust").returncode == 0
    assert copy(tmp_path / "skipped", "--skip-tasks").returncode == 0

    def files(folder: Path) -> set[str]:
        return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}

    assert files(tmp_path / "trusted") == files(tmp_path / "skipped")


def test_code_in_a_folder_without_git_is_not_moved_and_that_is_said(
    tmp_path: Path, copy: Copy
) -> None:
    (tmp_path / "old").mkdir()
    (tmp_path / "old/load.py").write_text("print(1)\n")
    done = copy(tmp_path / "old", "--trust")
    assert done.returncode != 0
    assert "is not a git repository, so its code (load.py, ...) was not moved" in done.stderr
    assert (tmp_path / "old/load.py").read_text() == "print(1)\n"


def test_adopt_false_only_renders(mess: Path, copy: Copy) -> None:
    done = copy(mess, "--trust", "--overwrite", "--data", "adopt=false")
    assert done.returncode == 0, done.stderr
    assert git(mess, "branch", "--show-current").strip() == "main"
    assert (mess / "scripts/order-sync/load_orders.py").is_file()


def test_the_answer_to_merge_configuration_of_tools_reaches_the_engine(
    mess: Path, copy: Copy
) -> None:
    (mess / "mypy.ini").write_text("[mypy]\nwarn_unused_ignores = True\n")
    git(mess, "add", "mypy.ini")
    git(mess, "commit", "--quiet", "--message", "Configure mypy")
    done = copy(mess, "--trust", "--overwrite", "--data", "merge_tool_config=true")
    assert done.returncode == 0, done.stderr
    assert "warn_unused_ignores = true" in (mess / "pyproject.toml").read_text()
    assert "merge_tool_config: true" in (mess / ".copier-answers.yml").read_text()


def test_without_an_engine_nothing_is_moved_and_the_rendering_is_taken_back(
    mess: Path, suite: Path, tmp_path: Path
) -> None:
    other = shutil.copytree(suite, tmp_path / "other-version")
    (other / "src/relayout/__init__.py").write_text('__version__ = "99.0.0"\n')
    folders = os.environ["PATH"].split(os.pathsep)
    path = os.pathsep.join(folder for folder in folders if not (Path(folder) / "uv").exists())
    done = run_copy(other, mess, "--trust", "--overwrite", env={"PATH": path})
    assert done.returncode != 0
    assert "relayout is not installed here, so the existing code was not moved" in done.stderr
    assert git(mess, "status", "--porcelain") == ""


@pytest.mark.layout_build
def test_an_adopted_repository_sets_itself_up_and_passes(mess: Path, copy: Copy) -> None:
    """The result of an adoption installs, runs, and passes its own tests and linters."""
    copy(mess, "--trust", "--overwrite")
    (mess / "Makefile.relayout-new").replace(mess / "Makefile")

    def make(*arguments: str) -> str:
        done = subprocess.run(
            ["make", *arguments], cwd=mess, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    make("setup")
    assert "loaded 2 orders into orders.db, rejected 2" in make("run", "SCRIPT=load-orders")
    assert " passed" in make("test")
    make("lint")
