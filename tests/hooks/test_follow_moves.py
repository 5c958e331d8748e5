"""The hooks of an update, run as Copier runs them: tasks put renderings aside, migrations ask."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from workbench import build_tree, git

ROOT = Path(__file__).resolve().parents[2]
ANSWERS = ".copier-answers.yml"
FILES = {
    ANSWERS: "layout: src-layout\n",
    ".gitignore": "*.log\n",
    "a.log": "A\n",
    "b/c.py": "C = 1\n",
}


def run(
    hook: Path, *arguments: str, cwd: Path, temp: Path, **env: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(hook), *arguments],
        cwd=cwd,
        env={**os.environ, "TMPDIR": str(temp), **env},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def temp(tmp_path: Path) -> Path:
    folder = tmp_path / "temp"
    folder.mkdir()
    return folder


def kept(temp: Path) -> list[set[str]]:
    """Return the paths of each rendering that was put aside, in their order."""
    (store,) = temp.glob("relayout-update-*")
    names = git(store, "for-each-ref", "--format=%(refname)", "refs/renderings").split()
    return [set(git(store, "ls-tree", "-r", "--name-only", name).split()) for name in names]


def test_a_rendering_is_put_aside_whole(tmp_path: Path, temp: Path) -> None:
    build_tree(tmp_path / "rendered", FILES)
    done = run(ROOT / "hooks/keep_rendering.py", ANSWERS, cwd=tmp_path / "rendered", temp=temp)
    assert done.returncode == 0, done.stderr
    assert kept(temp) == [set(FILES)]  # what it ignores is among it


def test_renderings_count_up(tmp_path: Path, temp: Path) -> None:
    for name in ("old", "new"):
        build_tree(tmp_path / name, {**FILES, name: ""})
        run(ROOT / "hooks/keep_rendering.py", ANSWERS, cwd=tmp_path / name, temp=temp)
    assert [{"old", "new"} & paths for paths in kept(temp)] == [{"old"}, {"new"}]


def test_the_repository_itself_is_not_put_aside(tmp_path: Path, temp: Path) -> None:
    build_tree(tmp_path / "repository", FILES)
    git(tmp_path / "repository", "init", "--quiet")
    git(tmp_path / "repository", "add", "--all")
    run(ROOT / "hooks/keep_rendering.py", ANSWERS, cwd=tmp_path / "repository", temp=temp)
    assert not list(temp.iterdir())


def test_without_an_engine_nothing_is_changed(tmp_path: Path, temp: Path) -> None:
    suite = tmp_path / "suite"
    shutil.copytree(ROOT / "hooks", suite / "hooks")
    build_tree(suite, {"src/relayout/__init__.py": '__version__ = "99.0.0"\n'})
    build_tree(tmp_path / "repository", FILES)
    folders = os.environ["PATH"].split(os.pathsep)
    path = os.pathsep.join(f for f in folders if not (Path(f) / "uv").exists())
    arguments = ("before", ANSWERS, "", "", "--unattended")
    done = run(
        suite / "hooks/follow_moves.py",
        *arguments,
        cwd=tmp_path / "repository",
        temp=temp,
        PATH=path,
    )
    assert done.returncode == 2
    assert "relayout is not installed here, so this update could not follow" in done.stderr
    assert {p.name for p in (tmp_path / "repository").iterdir()} == {
        ANSWERS,
        ".gitignore",
        "a.log",
        "b",
    }


@pytest.mark.skipif(os.name != "posix", reason="who owns a folder is told by POSIX systems")
def test_a_folder_that_is_a_link_is_not_written_into(tmp_path: Path, temp: Path) -> None:
    build_tree(tmp_path / "rendered", FILES)
    (tmp_path / "elsewhere").mkdir()
    (temp / f"relayout-update-{os.getpid()}").symlink_to(tmp_path / "elsewhere")
    done = run(ROOT / "hooks/keep_rendering.py", ANSWERS, cwd=tmp_path / "rendered", temp=temp)
    assert done.returncode
    assert not list((tmp_path / "elsewhere").iterdir())
