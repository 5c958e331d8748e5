"""A process that is stopped at any moment, or a disk that is full: nothing is lost or half done."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryFile

import pytest

from workbench import (
    LEGACY,
    MOVED,
    Files,
    Result,
    Snapshot,
    build_tree,
    environment,
    git,
    head,
    make_repository,
    relayout,
    snapshot,
    start_relayout,
)

MakeRepository = Callable[[Files], Path]

MANY: Files = {
    **LEGACY,
    **{f"scripts/table_{n}.csv": f"{n},\n" * 20_000 for n in range(25)},
}
"""Enough files for a checkout to be cut off in the middle."""

UNTRACKED: Files = {"scripts/mine.txt": "not committed\n", "notes.txt": "mine\n"}

FAKE_GIT = """\
#!/bin/sh
# Runs the real git. At the call of $STOP_AT, it stops itself and the program that called it.
for argument; do
  case $argument in
    -*|*=*|/*|.) ;;
    *) command=$argument; break ;;
  esac
done
if [ "$command" != "$STOP_AT" ] || [ -e "$STOPPED" ]; then
  exec "$REAL_GIT" "$@"
fi
: > "$STOPPED"
case $STOP_WHEN in
  before) kill -s "$STOP_BY" $PPID; exit 1 ;;
  during)
    "$REAL_GIT" "$@" &
    sleep 0.006
    kill -s KILL $!
    wait $!
    kill -s "$STOP_BY" $PPID
    exit 1 ;;
  after) "$REAL_GIT" "$@"; kill -s "$STOP_BY" $PPID; exit 0 ;;
  full) echo "fatal: write error: No space left on device" >&2; exit 128 ;;
esac
"""


def stopping(tmp_path: Path, at: str, when: str, by: str = "KILL") -> dict[str, str]:
    """Return an environment in which the first call of one git command is the last moment."""
    folder = build_tree(tmp_path / "bin", {"git": FAKE_GIT})
    (folder / "git").chmod(0o755)
    real = shutil.which("git")
    assert real is not None
    (tmp_path / "stopped").unlink(missing_ok=True)
    return environment(
        PATH=f"{folder}{os.pathsep}{os.environ['PATH']}",
        REAL_GIT=real,
        STOP_AT=at,
        STOP_WHEN=when,
        STOP_BY=by,
        STOPPED=str(tmp_path / "stopped"),
    )


def is_as_before(path: Path, before: Snapshot) -> bool:
    """Tell whether refs, HEAD, index, and files are what they were; git's store may have grown."""
    now = snapshot(path)
    same = (now.refs, now.head, now.index, now.files)
    return same == (before.refs, before.head, before.index, before.files)


def is_adopted(path: Path) -> bool:
    """Tell whether the adoption is complete: its branch is checked out, the work tree clean."""
    branch = git(path, "branch", "--show-current").strip()
    changed = git(path, "status", "--porcelain", "--untracked-files=no")
    return branch == "relayout/src-layout" and not changed and (path / MOVED).is_file()


def assert_nothing_is_half_done(path: Path, before: Snapshot) -> None:
    """As it was, or adopted; or else one ``relayout undo`` brings it back to as it was."""
    for name, content in UNTRACKED.items():
        assert (path / name).read_text() == content
    if is_as_before(path, before):
        return
    complete = is_adopted(path)
    undone = relayout("undo", cwd=path)
    assert undone.status == 0, (complete, undone)
    assert is_as_before(path, before), (complete, undone, git(path, "status", "--short"))
    assert not list((path / ".git").glob("*.lock"))


def assert_it_can_be_adopted(path: Path, suite: Path) -> None:
    """Nothing that is left of an earlier attempt stands in the way of the next."""
    result = relayout("adopt", "--suite", str(suite), cwd=path)
    if "was interrupted" in result.stderr:
        assert relayout("undo", cwd=path).status == 0
        result = relayout("adopt", "--suite", str(suite), cwd=path)
    assert result.status == 0, result
    assert is_adopted(path)


MOMENTS = [
    *[(at, when) for at in ("fast-import", "commit-tree") for when in ("before", "after")],
    *[(at, when) for at in ("update-ref", "switch") for when in ("before", "during", "after")],
]


@pytest.mark.parametrize(("at", "when"), MOMENTS, ids=str)
def test_a_killed_adoption(
    at: str, when: str, repository: MakeRepository, suite: Path, tmp_path: Path
) -> None:
    path = build_tree(repository(MANY), UNTRACKED)
    before = snapshot(path)
    env = stopping(tmp_path, at, when)
    result = relayout("adopt", "--suite", str(suite), cwd=path, env=env)
    assert result.status == -signal.SIGKILL
    assert_nothing_is_half_done(path, before)
    assert_it_can_be_adopted(path, suite)


@pytest.mark.parametrize(
    ("at", "when"),
    [
        ("ls-tree", "after"),
        ("commit-tree", "before"),
        ("update-ref", "after"),
        ("switch", "during"),
        ("switch", "after"),
    ],
)
def test_an_adoption_ended_with_control_c(
    at: str, when: str, repository: MakeRepository, suite: Path, tmp_path: Path
) -> None:
    path = build_tree(repository(MANY), UNTRACKED)
    before = snapshot(path)
    env = stopping(tmp_path, at, when, by="INT")
    result = relayout("adopt", "--suite", str(suite), cwd=path, env=env)
    assert result.status == 130, result
    assert result.stderr.startswith("interrupted")
    assert "Traceback" not in result.stderr
    assert is_as_before(path, before)
    assert_it_can_be_adopted(path, suite)


@pytest.mark.parametrize(
    ("at", "when"),
    [("switch", "before"), ("switch", "during"), ("switch", "after"), ("update-ref", "before")],
)
def test_a_killed_undo(
    at: str, when: str, repository: MakeRepository, suite: Path, tmp_path: Path
) -> None:
    path = build_tree(repository(MANY), UNTRACKED)
    before = snapshot(path)
    assert relayout("adopt", "--suite", str(suite), cwd=path).status == 0
    result = relayout("undo", cwd=path, env=stopping(tmp_path, at, when))
    assert result.status == -signal.SIGKILL
    assert_nothing_is_half_done(path, before)


@pytest.mark.parametrize(
    ("at", "when"), [("symbolic-ref", "after"), ("reset", "before"), ("reset", "during")]
)
def test_a_killed_undo_of_a_killed_adoption(
    at: str, when: str, repository: MakeRepository, suite: Path, tmp_path: Path
) -> None:
    path = build_tree(repository(MANY), UNTRACKED)
    before = snapshot(path)
    relayout("adopt", "--suite", str(suite), cwd=path, env=stopping(tmp_path, "switch", "after"))
    result = relayout("undo", cwd=path, env=stopping(tmp_path, at, when))
    assert result.status == -signal.SIGKILL
    assert_nothing_is_half_done(path, before)


def test_work_done_after_a_killed_adoption_is_not_lost_by_undo(
    repository: MakeRepository, suite: Path, tmp_path: Path
) -> None:
    path = repository(LEGACY)
    relayout("adopt", "--suite", str(suite), cwd=path, env=stopping(tmp_path, "switch", "after"))
    assert is_adopted(path)
    build_tree(path, {MOVED: "work = 'of an hour'\n"})
    result = relayout("undo", cwd=path)
    assert result.status == 2, result
    assert f"{MOVED} was changed after the adoption was interrupted" in result.stderr
    assert (path / MOVED).read_text() == "work = 'of an hour'\n"


def test_commits_made_after_a_killed_adoption_are_not_lost_by_undo(
    repository: MakeRepository, suite: Path, tmp_path: Path
) -> None:
    path = repository(LEGACY)
    relayout("adopt", "--suite", str(suite), cwd=path, env=stopping(tmp_path, "switch", "after"))
    build_tree(path, {MOVED: "work = 'of an hour'\n"})
    git(path, "commit", "--quiet", "--all", "--message", "Work")
    work = head(path)
    result = relayout("undo", cwd=path)
    assert result.status == 2, result
    assert git(path, "branch", "--contains", work).strip()


def test_a_file_made_where_undo_puts_one_back_is_not_lost(
    repository: MakeRepository, suite: Path
) -> None:
    path = repository(LEGACY)
    assert relayout("adopt", "--suite", str(suite), cwd=path).status == 0
    build_tree(path, {"scripts/load.py": "mine = 1\n"})
    for _ in range(2):
        result = relayout("undo", cwd=path)
        assert result.status == 2, result
        assert "scripts/load.py" in result.stderr
        assert (path / "scripts/load.py").read_text() == "mine = 1\n"
    assert is_adopted(path)


@pytest.mark.parametrize("command", ["plan", "adopt", "verify"])
def test_a_killed_adoption_is_said_by_every_command(
    command: str, repository: MakeRepository, suite: Path, tmp_path: Path
) -> None:
    path = repository(LEGACY)
    relayout("adopt", "--suite", str(suite), cwd=path, env=stopping(tmp_path, "switch", "before"))
    result = relayout(command, cwd=path)
    assert result.status == 2
    assert "was interrupted" in result.stderr
    assert "relayout undo" in result.stderr


@pytest.mark.parametrize("ended_by", [signal.SIGINT, signal.SIGKILL])
def test_adoptions_stopped_at_many_moments(
    ended_by: signal.Signals, repository: MakeRepository, suite: Path
) -> None:
    """The whole process group is stopped, as a terminal does it, a little later each time."""
    path = build_tree(repository(MANY), UNTRACKED)
    before = snapshot(path)
    for step in range(5):
        with TemporaryFile() as stdout, TemporaryFile() as stderr:
            arguments = ("adopt", "--suite", str(suite))
            process = start_relayout(*arguments, cwd=path, outputs=(stdout, stderr))
            time.sleep(0.02 + 0.1 * step)
            try:
                os.killpg(process, ended_by)
            except ProcessLookupError:  # it had not made a group yet, or is done
                os.kill(process, ended_by)
            os.waitpid(process, 0)
            stderr.seek(0)
            said = os.fsdecode(stderr.read())
        assert "Traceback" not in said, (step, said)
        for lock in (path / ".git").glob("*.lock"):
            assert ended_by is signal.SIGKILL, lock
        assert_nothing_is_half_done(path, before)


# -- no space left on the device


@pytest.mark.parametrize(
    "at", ["fast-import", "update-index", "write-tree", "commit-tree", "switch"]
)
def test_git_finds_no_space_left(
    at: str, repository: MakeRepository, suite: Path, tmp_path: Path
) -> None:
    path = build_tree(repository(LEGACY), UNTRACKED)
    before = snapshot(path)
    env = stopping(tmp_path, at, "full")
    result = relayout("adopt", "--suite", str(suite), cwd=path, env=env)
    assert result.status == 2, result
    assert result.stderr.startswith("error: no space left on the device")
    assert "Make room" in result.stderr
    assert snapshot(path) == before
    assert_it_can_be_adopted(path, suite)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Return a folder on a file system of 16 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", str(folder)]
    try:
        done = subprocess.run(mount, capture_output=True, text=True, check=False)
    except OSError as error:
        pytest.skip(f"a small file system cannot be mounted: {error}")
    if done.returncode:
        pytest.skip(f"a small file system cannot be mounted: {done.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def _fill(folder: Path, left: int) -> None:
    """Fill a file system until so many bytes are left."""
    free = os.statvfs(folder).f_bavail * os.statvfs(folder).f_frsize
    with contextlib.suppress(OSError), (folder / "ballast").open("wb") as ballast:
        ballast.write(bytes(max(free - left, 0)))


def test_a_disk_that_gets_full_at_any_moment(small_disk: Path, suite: Path) -> None:
    path = build_tree(make_repository(small_disk / "repository", MANY), UNTRACKED)
    before = snapshot(path)
    statuses = []
    for left in (0, 20_000, 60_000, 200_000, 600_000):
        _fill(small_disk, left)
        result = relayout("adopt", "--suite", str(suite), cwd=path)
        assert "Traceback" not in result.stderr, (left, result)
        (small_disk / "ballast").unlink()
        statuses.append(result.status)
        if result.status:
            assert result.status == 2, (left, result)
            assert "no space left on the device" in result.stderr, (left, result)
        assert_nothing_is_half_done(path, before)
    assert 2 in statuses


def test_no_space_for_temporary_files(
    small_disk: Path, repository: MakeRepository, suite: Path
) -> None:
    path = repository(LEGACY)
    before = snapshot(path)
    _fill(small_disk, 8_192)
    for command in ("plan", "adopt"):
        env = environment(TMPDIR=str(small_disk))
        program = [sys.executable, "-m", "relayout", command, "--suite", str(suite)]
        done = subprocess.run(
            program, cwd=path, env=env, capture_output=True, text=True, check=False
        )
        result = Result(done.returncode, done.stdout, done.stderr)
        assert result.status == 2, result
        assert "no space left on the device" in result.stderr
        assert "Traceback" not in result.stderr
        assert snapshot(path) == before
