"""What the tests of components share: a suite with versions, and repositories that grow."""

import os
import shutil
import subprocess
import sys
from collections.abc import Collection, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def git(folder: Path, *arguments: str) -> str:
    """Return what git prints; the test fails if git does."""
    author = ["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"]
    command = ["git", *author, "-C", str(folder), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def commit(folder: Path, message: str) -> None:
    """Record everything that is there."""
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", message)


def release(folder: Path, version: int) -> None:
    """Record everything that is there as a version of the suite."""
    commit(folder, f"Version {version}")
    git(folder, "tag", f"v{version}.0.0")


def changed(folder: Path) -> set[str]:
    """Return the paths of files that are not as they were committed."""
    status = git(folder, "status", "--porcelain", "--untracked-files=all")
    return {line[3:] for line in status.splitlines()}


def copier(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Return how Copier ended, as a command."""
    command = [sys.executable, "-m", "copier", *map(str, arguments)]
    environment = os.environ | {"COPIER_SETTINGS_PATH": str(cwd / "no-settings.yml")}
    return subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )


def versioned_suite(
    folder: Path, files: Mapping[str, str] | None = None, layouts: Collection[str] = ()
) -> Path:
    """Return the suite as a repository of its own, with a version; ``files`` are in it as well.

    Where layouts are named, it has the templates of these alone. Its engine is this one, in its
    place: hooks look at the version, and copies would be cloned with every copy. It declares no
    moves: its versions are its own.
    """
    folder.mkdir()
    for name in ("copier.yml", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, folder)
    for name in ("template", "hooks", "migrations"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("versions", "releases"):
        shutil.rmtree(folder / "migrations" / name, ignore_errors=True)
    (folder / "src").symlink_to(ROOT / "src")
    for part in (folder / "template").glob("{% if layout == *"):
        if layouts and not any(repr(layout) in part.name for layout in layouts):
            shutil.rmtree(part)
    write(folder, files or {})
    git(folder, "init", "--quiet", "--initial-branch=main")
    release(folder, 1)
    return folder


def write(folder: Path, files: Mapping[str, str]) -> None:
    """Write text files into a folder, by their paths in it."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def make(suite: Path, folder: Path, *data: str, version: str = "") -> Path:
    """Return a repository on a layout, with all that was rendered committed.

    Rendered is the suite's last version, or the tag that is named.
    """
    folder.mkdir()
    options = [option for answer in ("adopt=false", *data) for option in ("-d", answer)]
    options += ["--vcs-ref", version] if version else []
    done = copier("copy", "--quiet", "--trust", "--defaults", *options, suite, folder, cwd=folder)
    assert done.returncode == 0, done.stderr
    git(folder, "init", "--quiet", "--initial-branch=main")
    commit(folder, "Start from the template")
    return folder


def add(suite: Path, folder: Path, *data: str, answers: str = "", version: str = "") -> str:
    """Add a component, and return what Copier said where it refused."""
    options = [option for answer in data for option in ("-d", answer)]
    options += ["-a", answers] if answers else []
    options += ["--vcs-ref", version] if version else []
    done = copier("copy", "--quiet", "--trust", "--defaults", *options, suite, folder, cwd=folder)
    return done.stderr if done.returncode else ""


def update(folder: Path, answers: str = "") -> None:
    """Update a repository, or the component with these answers, to the last version."""
    options = ["-a", answers] if answers else []
    done = copier("update", "--trust", "--defaults", *options, cwd=folder)
    assert done.returncode == 0, done.stderr
