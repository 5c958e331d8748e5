"""What tests share: file trees, git repositories and the command line, all of them real."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import copier  # noqa: F401 (so that no process has to import it anew)

from relayout.cli import main as relayout_main

Content = bytes | str
Files = Mapping[str, Content]

SUITE = Path(__file__).resolve().parents[1]

LEGACY: Files = {
    "Makefile": "run:\n\tpython scripts/load.py\n",
    "scripts/load.py": """\
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from utils.db import connect


def main():
    print(connect())


if __name__ == "__main__":
    main()
""",
    "utils/db.py": 'def connect():\n    return "connected"\n',
    "old/attempt.py": "print(1)\n",
}
"""A repository with a script on a path hack, a helper that it imports, and dead code."""

MOVED = "src/pipelines/scripts/load.py"
"""Where the script of :data:`LEGACY` goes."""


def environment(**changes: str) -> dict[str, str]:
    """Return an environment in which git knows an author and nothing of this machine's user."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return {
        **plain,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_NAME": "Ada",
        "GIT_AUTHOR_EMAIL": "ada@example.org",
        "GIT_COMMITTER_NAME": "Ada",
        "GIT_COMMITTER_EMAIL": "ada@example.org",
        **changes,
    }


def git(repository: Path, *arguments: str | bytes, check: bool = True) -> str:
    """Run git in a repository and return what it prints."""
    done = subprocess.run(
        ["git", *arguments], cwd=repository, env=environment(), capture_output=True, check=False
    )
    assert not check or done.returncode == 0, os.fsdecode(done.stderr)
    return os.fsdecode(done.stdout)


def build_tree(folder: Path, files: Files) -> Path:
    """Write files into a folder; text is written as UTF-8 with the line ends that it has."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def make_repository(folder: Path, files: Files) -> Path:
    """Write files into a new repository and commit them on the branch ``main``."""
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "--quiet", "--initial-branch=main")
    build_tree(folder, files)
    commit_all(folder, "As it was")
    return folder


def commit_all(repository: Path, message: str) -> str:
    """Commit everything in the work tree and return the commit's id."""
    git(repository, "add", "--all", "--force")
    git(repository, "commit", "--quiet", "--allow-empty", "--message", message)
    return head(repository)


def head(repository: Path) -> str:
    """Return the id of the commit that is checked out."""
    return git(repository, "rev-parse", "HEAD").strip()


@dataclass(frozen=True)
class Result:
    """What a run of the command line left behind."""

    status: int
    stdout: str
    stderr: str


def relayout(*arguments: str | bytes, cwd: Path, env: Mapping[str, str] | None = None) -> Result:
    """Run the command line in a process of its own, in a folder.

    The process is forked off the tests', which have imported everything already: the same program
    as the installed ``relayout``, some 0.4 seconds sooner.
    """
    with tempfile.TemporaryFile() as stdout, tempfile.TemporaryFile() as stderr:
        process = start_relayout(*arguments, cwd=cwd, env=env, outputs=(stdout, stderr))
        _, status = os.waitpid(process, 0)
        stdout.seek(0)
        stderr.seek(0)
        code = os.waitstatus_to_exitcode(status)
        return Result(code, os.fsdecode(stdout.read()), os.fsdecode(stderr.read()))


def start_relayout(
    *arguments: str | bytes,
    cwd: Path,
    outputs: tuple[IO[bytes], IO[bytes]],
    env: Mapping[str, str] | None = None,
) -> int:
    """Start the command line, as the leader of a process group, and return its process id."""
    process = os.fork()
    if process:
        return process
    status = 70
    try:
        os.setsid()
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.alarm(60)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(outputs[0].fileno(), 1)
        os.dup2(outputs[1].fileno(), 2)
        sys.stdin = os.fdopen(0, encoding="utf-8")
        sys.stdout = os.fdopen(1, "w", encoding="utf-8")
        sys.stderr = os.fdopen(2, "w", encoding="utf-8", errors="backslashreplace")
        os.chdir(cwd)
        os.environ.clear()
        os.environ.update(env or environment())
        sys.argv = ["relayout", *map(os.fsdecode, arguments)]
        status = _exit_status_of(relayout_main)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def _exit_status_of(program: Callable[[], None]) -> int:
    """Run a program to its end as the interpreter does, and return its exit status."""
    try:
        program()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BaseException:
        traceback.print_exc()
        return 1
    return 0


def files_in(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Return mode and content (of a link: its target) of all that a folder holds but ``.git``."""
    found: dict[str, tuple[int, bytes]] = {}
    for parent, folders, names in os.walk(folder):
        if ".git" in folders:
            folders.remove(".git")
        for name in [*folders, *names]:
            path = Path(parent, name)
            mode = path.lstat().st_mode
            if stat.S_ISLNK(mode):
                content = os.fsencode(path.readlink())
            else:
                content = path.read_bytes() if stat.S_ISREG(mode) else b""
            found[str(path.relative_to(folder))] = (mode, content)
    return found


@dataclass(frozen=True)
class Snapshot:
    """The whole state of a repository: what of it a person could lose."""

    refs: str
    head: bytes
    index: str
    in_git: Sequence[str]
    files: Mapping[str, tuple[int, bytes]]


def snapshot(repository: Path) -> Snapshot:
    """Return refs, HEAD, index, operations under way, and every file, tracked or not."""
    store = Path(repository, git(repository, "rev-parse", "--absolute-git-dir").strip())
    bare = git(repository, "rev-parse", "--is-bare-repository").strip() == "true"
    passing = ("ORIG_HEAD", "COMMIT_EDITMSG", "FETCH_HEAD")
    return Snapshot(
        refs=git(repository, "for-each-ref"),
        head=(store / "HEAD").read_bytes(),
        index="" if bare else git(repository, "ls-files", "--stage", "-z"),
        in_git=sorted(
            entry.name
            for entry in store.iterdir()
            if entry.name not in passing and not _is_only_cache(entry)
        ),
        files={} if bare else files_in(repository),
    )


def _is_only_cache(entry: Path) -> bool:
    """Tell whether a folder in ``.git`` holds nothing but the cache, which counts for nothing."""
    return entry.name == "relayout" and [inner.name for inner in entry.iterdir()] == ["cache"]
