"""git in, git out: trees are read from commits and written as commits, beside the user's branch."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from relayout.errors import Refusal
from relayout.repository import GitError, Repository, opened
from relayout.tree import EXECUTABLE, SYMLINK
from workbench import LEGACY, Files, build_tree, environment, git, head, snapshot

MakeRepository = Callable[[Files], Path]


@pytest.fixture(autouse=True)
def _own_configuration(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in environment().items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def path(repository: MakeRepository) -> Path:
    return repository(LEGACY)


@pytest.fixture
def opened_repository(path: Path) -> Iterator[Repository]:
    with opened(path) as repository:
        yield repository


def test_a_commit_is_read_as_a_tree(opened_repository: Repository) -> None:
    tree = opened_repository.tree("HEAD")
    assert {name: tree.read(name).decode() for name in tree} == LEGACY


def test_modes_and_links_are_read(path: Path) -> None:
    (path / "run.sh").write_text("true\n")
    (path / "run.sh").chmod(0o755)
    (path / "link").symlink_to("run.sh")
    git(path, "add", "--all")
    git(path, "commit", "--quiet", "--message", "More")
    with opened(path) as repository:
        tree = repository.tree("HEAD")
        assert tree["run.sh"].mode == EXECUTABLE
        assert tree["link"].mode == SYMLINK
        assert tree.read("link") == b"run.sh"


def test_a_commit_is_checked_out_elsewhere(
    path: Path, opened_repository: Repository, tmp_path: Path
) -> None:
    (path / "utils" / "db.py").write_text("changed since\n")
    before = snapshot(path)
    opened_repository.check_out("HEAD", tmp_path / "some where" / "else")
    folder = tmp_path / "some where" / "else"
    files = (file for file in folder.rglob("*") if file.is_file())
    assert {str(file.relative_to(folder)): file.read_text() for file in files} == LEGACY
    assert snapshot(path) == before


def test_a_commit_is_written_beside_the_branch(path: Path, opened_repository: Repository) -> None:
    before = snapshot(path)
    base = opened_repository.tree("HEAD")
    wanted = base.moved({"utils/db.py": "src/two\nlines.py"})
    wanted = wanted.with_content({"new 'é'.txt": b"\xff\0\r\n", "Makefile": b""})
    commit = opened_repository.commit(wanted, base, head(path), "A message\n")
    assert snapshot(path) == before
    written = opened_repository.tree(commit)
    assert {n: written[n] for n in written} == {n: wanted[n] for n in wanted}
    assert written.read("new 'é'.txt") == b"\xff\0\r\n"
    assert git(path, "log", "-1", "--format=%P %B", commit).split(" ")[0] == head(path)


def test_a_branch_is_created_only_where_there_is_none(
    path: Path, opened_repository: Repository
) -> None:
    opened_repository.create_branch("relayout/x", head(path))
    assert opened_repository.branches("relayout/") == ["relayout/x"]
    with pytest.raises(GitError):
        opened_repository.create_branch("relayout/x", head(path))


def test_a_branch_that_moved_on_is_not_deleted(path: Path, opened_repository: Repository) -> None:
    git(path, "branch", "other")
    git(path, "commit", "--quiet", "--allow-empty", "--message", "More")
    with pytest.raises(GitError):
        opened_repository.delete_branch("other", head(path))
    opened_repository.delete_branch("other", git(path, "rev-parse", "other").strip())
    assert opened_repository.branches("other") == []


def test_what_differs_from_the_commit_is_named(path: Path, opened_repository: Repository) -> None:
    assert opened_repository.uncommitted() == []
    build_tree(path, {"utils/db.py": "x", "two words.txt": ""})
    assert opened_repository.uncommitted() == ["utils/db.py"]
    assert opened_repository.untracked() == ["two words.txt"]


def test_looking_at_the_state_writes_nothing(path: Path, opened_repository: Repository) -> None:
    """Git would write the times of files into its index; killed then, it leaves a lock behind."""
    for name in LEGACY:
        os.utime(path / name, (0, 0))
    before = (path / ".git" / "index").read_bytes()
    assert opened_repository.uncommitted() == opened_repository.untracked() == []
    assert (path / ".git" / "index").read_bytes() == before


def test_a_revision_that_does_not_exist(opened_repository: Repository) -> None:
    with pytest.raises(GitError):
        opened_repository.tree("nowhere")


def test_what_stands_where_a_tree_wants_files(path: Path, opened_repository: Repository) -> None:
    build_tree(path, {"docs/a.md": "mine", "src": "mine"})
    base = opened_repository.tree("HEAD")
    files = {"docs/a.md": b"", "docs/b.md": b"", "src/x.py": b"", "utils/new.py": b""}
    assert opened_repository.in_the_way(base, base.with_content(files)) == ["docs/a.md", "src"]


def test_only_the_top_folder_opens(path: Path) -> None:
    with pytest.raises(Refusal, match="inside the repository"):
        Repository(path / "utils")
    with pytest.raises(Refusal, match="there is no folder"):
        Repository(path / "nowhere")


def test_the_users_git_configuration_changes_nothing(path: Path) -> None:
    for name, value in {
        "core.autocrlf": "true",
        "core.quotePath": "true",
        "core.safecrlf": "true",
        "status.relativePaths": "false",
        "status.showUntrackedFiles": "no",
        "color.ui": "always",
        "commit.gpgSign": "true",
        "log.showSignature": "true",
    }.items():
        git(path, "config", name, value)
    with opened(path) as repository:
        base = repository.tree("HEAD")
        wanted = base.with_content({"crlf.txt": b"a\r\nb\n"})
        commit = repository.commit(wanted, base, repository.head(), "x")
        assert repository.tree(commit).read("crlf.txt") == b"a\r\nb\n"
        assert repository.branch() == "main"
