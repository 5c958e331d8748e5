"""Copier's last task of each rendering that an update makes: put the rendering aside.

An update renders the old version and the new one into temporary folders, and removes both before
its migrations run (https://copier.readthedocs.io/en/stable/updating/). The migrations merge them
anew, so they are kept as commits of a bare repository.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from engine import refuse
from update_folder import update_folder

_AUTHOR = ["-c", "user.name=relayout", "-c", "user.email=relayout@localhost"]
_AS_IT_IS = ["-c", "core.autocrlf=false", "-c", "core.safecrlf=false", "-c", "commit.gpgsign=false"]


def main() -> int:
    """Put the rendering in the current folder aside; return the exit status."""
    answers_file = sys.argv[1]
    if is_project(answers_file):
        return 0
    try:
        store = update_folder()
    except OSError as error:
        return refuse(f"the rendering cannot be put aside: {error}", "Nothing was changed.")
    if not (store / "HEAD").is_file():
        git("init", "--quiet", "--bare", os.fspath(store))
    index = {"GIT_INDEX_FILE": os.fspath(store / "index")}
    (store / "index").unlink(missing_ok=True)
    there = [f"--git-dir={store}", "--work-tree=."]
    git(*there, *_AS_IT_IS, "add", "--all", "--force", ".", env=index)
    tree = git(*there, "write-tree", env=index)
    commit = git(f"--git-dir={store}", *_AUTHOR, *_AS_IT_IS, "commit-tree", "-m", "Rendered", tree)
    git(f"--git-dir={store}", "update-ref", f"refs/renderings/{time.time_ns()}", commit)
    return 0


def is_project(answers_file: str) -> bool:
    """Tell whether this is the repository itself, in which the answers are committed."""
    command = ["git", "ls-files", "--error-unmatch", "--", answers_file]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def git(*arguments: str, env: dict[str, str] | None = None) -> str:
    """Return what git prints; it fails as git does."""
    done = subprocess.run(
        ["git", *arguments],
        env={**os.environ, **(env or {})},
        stdout=subprocess.PIPE,
        check=True,
        cwd=Path.cwd(),
    )
    return os.fsdecode(done.stdout).strip()


if __name__ == "__main__":
    sys.exit(main())
