"""Packages from PyPI that the benchmarks work on: fetched once, and copied for every run.

Fetched files stay in ``.bench/`` beside the benchmarks' folder, which git ignores.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

CACHE = Path(__file__).resolve().parent.parent / ".bench"


@dataclass(frozen=True, slots=True)
class Corpus:
    """A release on PyPI; ``folders`` are those of its files that are taken, all if empty."""

    project: str
    version: str
    form: tuple[str, ...]
    """Options that tell pip which of the release's archives to fetch."""
    folders: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The release as pip names it."""
        return f"{self.project}=={self.version}"


DJANGO = Corpus("Django", "5.2.19", ("--no-binary", ":all:"), ("django", "tests"))
HOME_ASSISTANT = Corpus(
    "homeassistant", "2024.3.3", ("--only-binary", ":all:", "--python-version", "3.11")
)


def files_of(corpus: Corpus) -> Path:
    """Return the folder of a corpus's unpacked files, fetched if need be.

    Exits with a message if the release cannot be had.
    """
    folder = CACHE / f"{corpus.project}-{corpus.version}"
    if not folder.is_dir():
        CACHE.mkdir(exist_ok=True)
        with TemporaryDirectory(dir=CACHE) as scratch:
            unpacked = Path(scratch) / "unpacked"
            _unpack(_download(corpus, Path(scratch)), unpacked)
            for entry in list(unpacked.iterdir()):
                if corpus.folders and entry.name not in corpus.folders:
                    shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
            unpacked.rename(folder)
    return folder


def _download(corpus: Corpus, folder: Path) -> Path:
    print(f"fetching {corpus.name}", file=sys.stderr)
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder)]
    done = subprocess.run([*pip, *corpus.form, corpus.name], check=False)
    archives = [path for path in folder.iterdir() if path.name.endswith((".whl", ".tar.gz"))]
    if done.returncode or len(archives) != 1:
        sys.exit(f"error: {corpus.name} could not be fetched")
    return archives[0]


def _unpack(archive: Path, folder: Path) -> None:
    """Unpack a wheel, or what is in the one top folder of an sdist."""
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            wheel.extractall(folder)  # noqa: S202 (a wheel's never leaves the folder)
        return
    with tarfile.open(archive) as sdist:
        for member in sdist:
            _, _, member.name = member.name.partition("/")
            if member.name and (member.isfile() or member.isdir()):
                sdist.extract(member, folder, filter="data")


def repository_of(corpus: Corpus, pattern: str = "*.py") -> Path:
    """Return a git repository of a corpus's files whose names fit, in one commit."""
    files = files_of(corpus)
    held = "all" if pattern == "*" else "python"
    repository = CACHE / f"{files.name}-{held}-repository"
    if not repository.is_dir():
        with TemporaryDirectory(dir=CACHE) as scratch:
            top = Path(scratch) / "top"
            copy_files(files, top, pattern)
            make_repository(top)
            top.rename(repository)
    return repository


def copy_files(source: Path, target: Path, pattern: str = "*.py") -> None:
    """Copy the files below a folder whose names fit a pattern."""
    for path in sorted(source.rglob(pattern)):
        if path.is_file():
            place = target / path.relative_to(source)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, place)


def make_repository(folder: Path) -> None:
    """Make a folder's files the first commit of a git repository, whatever git is set up to do."""
    git = ["git", "-C", str(folder)]
    subprocess.run([*git, "init", "--quiet", "--initial-branch", "main"], check=True)
    for key, value in (
        ("user.name", "benchmark"),
        ("user.email", "benchmark@example.org"),
        ("core.autocrlf", "false"),
        ("core.excludesFile", ""),
        ("commit.gpgSign", "false"),
        ("gc.auto", "0"),
    ):
        subprocess.run([*git, "config", key, value], check=True)
    subprocess.run([*git, "add", "--all", "--force"], check=True)
    subprocess.run([*git, "commit", "--quiet", "--message", "As it was"], check=True)


@contextmanager
def fresh_clone(repository: Path, revision: str = "HEAD") -> Iterator[Path]:
    """Give a clone, on a branch of its own, for the length of a block."""
    with TemporaryDirectory(prefix="relayout-bench-") as folder:
        clone = Path(folder) / "clone"
        subprocess.run(["git", "clone", "--quiet", str(repository), str(clone)], check=True)
        git = ["git", "-C", str(clone)]
        switch = ["switch", "--quiet", "--force-create", "trial", revision]
        subprocess.run([*git, *switch], check=True)
        for key, value in (("user.name", "benchmark"), ("user.email", "benchmark@example.org")):
            subprocess.run([*git, "config", key, value], check=True)
        yield clone


@contextmanager
def fresh_copy(source: Path) -> Iterator[Path]:
    """Give a copy of a folder's Python files for the length of a block."""
    with TemporaryDirectory(prefix="relayout-bench-") as folder:
        copy_files(source, Path(folder))
        yield Path(folder)
