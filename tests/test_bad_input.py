"""Whatever a repository is like: a clear message, the right exit status, and nothing is lost."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from workbench import (
    LEGACY,
    MOVED,
    Files,
    Result,
    build_tree,
    commit_all,
    environment,
    files_in,
    git,
    head,
    make_repository,
    relayout,
    snapshot,
)

MakeRepository = Callable[[Files], Path]
Adopt = Callable[..., Result]


def assert_refused(result: Result, *said: str) -> None:
    """The command ended with status 2 and a message of one to three lines that says all this."""
    assert result.status == 2, result
    assert result.stdout == ""
    assert result.stderr.startswith("error: "), result.stderr
    assert len(result.stderr.strip().splitlines()) <= 3, result.stderr
    for words in said:
        assert words in result.stderr


def assert_adopted(result: Result, path: Path, passed: bool = True) -> None:
    """The command did it: the new branch is checked out, and the work tree is clean."""
    assert result.status == (0 if passed else 1), result
    assert "Traceback" not in result.stderr
    assert git(path, "branch", "--show-current").strip() == "relayout/src-layout"
    assert git(path, "status", "--porcelain") == ""


# -- what is no repository that an adoption can start from


def test_a_folder_that_is_no_git_repository(tmp_path: Path) -> None:
    build_tree(tmp_path, LEGACY)
    before = files_in(tmp_path)
    env = environment(GIT_CEILING_DIRECTORIES=str(tmp_path.parent))
    result = relayout("adopt", str(tmp_path), cwd=tmp_path, env=env)
    assert_refused(result, str(tmp_path), "is not a git repository", "git init")
    assert files_in(tmp_path) == before


def test_a_folder_that_does_not_exist(tmp_path: Path) -> None:
    result = relayout("adopt", "nowhere", cwd=tmp_path)
    assert_refused(result, "there is no folder nowhere")


def test_a_file_instead_of_a_folder(tmp_path: Path) -> None:
    build_tree(tmp_path, {"notes.txt": ""})
    assert_refused(relayout("adopt", "notes.txt", cwd=tmp_path), "notes.txt", "folder")


def test_a_subfolder_of_a_repository(repository: MakeRepository) -> None:
    path = repository(LEGACY)
    before = snapshot(path)
    result = relayout("adopt", "scripts", cwd=path)
    assert_refused(result, "scripts is a folder inside the repository", f"in {path}")
    assert snapshot(path) == before


def test_a_bare_repository(repository: MakeRepository, tmp_path: Path) -> None:
    git(repository(LEGACY), "clone", "--quiet", "--bare", ".", "../bare")
    before = snapshot(tmp_path / "bare")
    result = relayout("adopt", "bare", cwd=tmp_path)
    assert_refused(result, "bare is a bare repository", "clone")
    assert snapshot(tmp_path / "bare") == before


def test_the_git_folder_of_a_repository(repository: MakeRepository) -> None:
    path = repository(LEGACY)
    before = snapshot(path)
    assert_refused(relayout("adopt", ".git", cwd=path), ".git")
    assert snapshot(path) == before


@pytest.mark.parametrize("command", ["plan", "adopt", "verify"])
def test_a_repository_without_commits(command: str, tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    build_tree(tmp_path, LEGACY)
    before = snapshot(tmp_path)
    result = relayout(command, cwd=tmp_path)
    assert_refused(result, "has no commits yet", "git add -A && git commit")
    assert snapshot(tmp_path) == before


@pytest.mark.parametrize("command", ["plan", "adopt"])
def test_a_commit_without_files(command: str, tmp_path: Path) -> None:
    path = make_repository(tmp_path, {})
    before = snapshot(path)
    assert_refused(relayout(command, cwd=path), "has no files in HEAD")
    assert snapshot(path) == before


# -- what is under way in the repository


def _change(path: Path) -> None:
    (path / "utils/db.py").write_text("changed = True\n")


def _change_and_stage(path: Path) -> None:
    _change(path)
    git(path, "add", "utils/db.py")


def _delete(path: Path) -> None:
    (path / "utils/db.py").unlink()


def _stage_a_deletion(path: Path) -> None:
    git(path, "rm", "--quiet", "--cached", "utils/db.py")


def _stage_a_new_file(path: Path) -> None:
    build_tree(path, {"new.py": ""})
    git(path, "add", "new.py")


def _make_executable(path: Path) -> None:
    (path / "utils/db.py").chmod(0o755)


@pytest.mark.parametrize(
    "change",
    [
        _change,
        _change_and_stage,
        _delete,
        _stage_a_deletion,
        _stage_a_new_file,
        _make_executable,
    ],
)
def test_uncommitted_changes(change: Callable[[Path], None], repository: MakeRepository) -> None:
    path = repository(LEGACY)
    change(path)
    before = snapshot(path)
    result = relayout("adopt", cwd=path)
    name = "new.py" if change is _stage_a_new_file else "utils/db.py"
    assert_refused(result, f"1 tracked file has uncommitted changes ({name})", "Commit or stash")
    assert snapshot(path) == before


def test_uncommitted_changes_in_a_file_with_a_newline_in_its_name(
    repository: MakeRepository,
) -> None:
    path = repository({**LEGACY, "two\nlines.py": "", "plain.py": ""})
    build_tree(path, {"two\nlines.py": "x = 1\n", "plain.py": "x = 1\n"})
    result = relayout("adopt", cwd=path)
    assert_refused(result, "2 tracked files have uncommitted changes", "Commit or stash")


def test_a_detached_head(repository: MakeRepository) -> None:
    path = repository(LEGACY)
    git(path, "switch", "--quiet", "--detach")
    before = snapshot(path)
    result = relayout("adopt", cwd=path)
    assert_refused(result, "HEAD is detached", "git switch -c")
    assert snapshot(path) == before


def _in_conflict(path: Path) -> None:
    """Give two branches each a commit that the other conflicts with; ``main`` is checked out."""
    git(path, "switch", "--quiet", "-c", "other")
    build_tree(path, {"utils/db.py": "theirs = 1\n"})
    commit_all(path, "theirs")
    git(path, "switch", "--quiet", "main")
    build_tree(path, {"utils/db.py": "ours = 1\n"})
    commit_all(path, "ours")


@pytest.mark.parametrize(
    ("command", "what", "way_out"),
    [
        (["merge", "other"], "a merge", "git merge --abort"),
        (["rebase", "other"], "a rebase", "git rebase --abort"),
        (["rebase", "--apply", "other"], "a rebase", "git rebase --abort"),
        (["cherry-pick", "other"], "a cherry-pick", "git cherry-pick --abort"),
        (["revert", "--no-edit", "HEAD~1"], "a revert", "git revert --abort"),
        (["bisect", "start"], "a bisect", "git bisect reset"),
    ],
)
def test_an_operation_of_git_under_way(
    command: list[str], what: str, way_out: str, repository: MakeRepository
) -> None:
    path = repository(LEGACY)
    _in_conflict(path)
    if command[0] == "revert":
        build_tree(path, {"utils/db.py": "a = 1\n"})
        commit_all(path, "further")
    git(path, *command, check=False)
    before = snapshot(path)
    result = relayout("adopt", cwd=path)
    assert_refused(result, f"{what} ", "is under way in", way_out)
    assert snapshot(path) == before


def test_a_merge_without_conflicts_that_is_not_committed(repository: MakeRepository) -> None:
    path = repository(LEGACY)
    git(path, "switch", "--quiet", "-c", "other")
    build_tree(path, {"new.py": ""})
    commit_all(path, "theirs")
    git(path, "switch", "--quiet", "main")
    git(path, "merge", "--quiet", "--no-ff", "--no-commit", "other")
    assert_refused(relayout("adopt", cwd=path), "a merge is under way", "git merge --abort")


def test_a_branch_of_an_earlier_adoption(repository: MakeRepository, adopt: Adopt) -> None:
    path = repository(LEGACY)
    git(path, "switch", "--quiet", "-c", "relayout/other")
    commit_all(path, "Adopted")
    before = snapshot(path)
    message = ("relayout/other exists already", "git branch -D relayout/other")
    assert_refused(adopt(path), *message)
    assert snapshot(path) == before
    git(path, "switch", "--quiet", "main")
    assert_refused(adopt(path), *message)


def test_a_branch_of_an_earlier_adoption_that_is_merged(
    repository: MakeRepository, adopt: Adopt
) -> None:
    path = repository(LEGACY)
    git(path, "branch", "relayout/other")
    git(path, "branch", "relayout/src-layout")
    message = ("relayout/src-layout exists already", "git branch -d relayout/src-layout")
    assert_refused(adopt(path, "--layout", "src-layout"), *message)
    git(path, "branch", "-d", "relayout/src-layout")
    assert adopt(path, "--layout", "src-layout").status == 0


def test_a_branch_whose_name_is_in_the_way(repository: MakeRepository, adopt: Adopt) -> None:
    path = repository(LEGACY)
    git(path, "branch", "relayout")
    before = snapshot(path)
    assert_refused(adopt(path), "relayout")
    assert snapshot(path) == before


def test_git_does_not_know_the_author(repository: MakeRepository, suite: Path) -> None:
    path = repository(LEGACY)
    git(path, "config", "user.useConfigOnly", "true")
    anonymous = {k: v for k, v in environment().items() if not k.startswith(("GIT_A", "GIT_COMM"))}
    before = snapshot(path)
    result = relayout("adopt", "--suite", str(suite), cwd=path, env=anonymous)
    assert_refused(result, "whom to name as the author", "git config user.name")
    assert snapshot(path) == before


def test_git_is_not_installed(repository: MakeRepository, tmp_path: Path) -> None:
    path = repository(LEGACY)
    result = relayout("adopt", cwd=path, env=environment(PATH=str(tmp_path / "empty")))
    assert_refused(result, "git is not installed", "Install git")


# -- where it stands already


def test_a_repository_that_is_on_the_layout_has_nothing_to_do(
    repository: MakeRepository, adopt: Adopt
) -> None:
    path = repository(LEGACY)
    assert_adopted(adopt(path), path)
    git(path, "switch", "--quiet", "main")
    git(path, "merge", "--quiet", "relayout/src-layout")
    before = snapshot(path)
    planned = relayout("plan", "--json", cwd=path)
    assert json.loads(planned.stdout)["empty"]
    again = adopt(path)
    assert again.status == 0
    assert "Nothing to do" in again.stdout
    assert snapshot(path) == before


def test_a_repository_that_is_on_another_layout(repository: MakeRepository, adopt: Adopt) -> None:
    path = repository({**LEGACY, ".copier-answers.yml": "layout: dagster\npackage: pipelines\n"})
    before = snapshot(path)
    refused = adopt(path, "--layout", "src-layout")
    assert_refused(refused, "on the layout dagster already", "adopt is for")
    assert snapshot(path) == before


@pytest.mark.parametrize("answers", ["- a list\n", "{unclosed", "layout: [1, 2]\n", b"\xff\xfe"])
def test_an_answers_file_that_holds_no_answers(
    answers: str | bytes, repository: MakeRepository, adopt: Adopt
) -> None:
    path = repository({**LEGACY, ".copier-answers.yml": answers})
    result = adopt(path)
    assert "Traceback" not in result.stderr
    assert result.status in (0, 2)


def test_a_shallow_clone_is_adopted_and_said_to_be_shallow(
    repository: MakeRepository, adopt: Adopt, tmp_path: Path
) -> None:
    origin = repository(LEGACY)
    build_tree(origin, {"more.txt": ""})
    commit_all(origin, "more")
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{origin}", "clone")
    result = adopt(tmp_path / "clone")
    assert_adopted(result, tmp_path / "clone")
    assert "shallow-clone" in result.stdout
    assert "git fetch --unshallow" in result.stdout


def test_a_linked_work_tree_is_adopted_alone(
    repository: MakeRepository, adopt: Adopt, tmp_path: Path
) -> None:
    path = repository(LEGACY)
    git(path, "worktree", "add", "--quiet", "-b", "side", "../linked")
    before = files_in(path)
    assert_adopted(adopt(tmp_path / "linked"), tmp_path / "linked")
    assert files_in(path) == before
    assert relayout("undo", cwd=tmp_path / "linked").status == 0
    assert git(tmp_path / "linked", "branch", "--show-current").strip() == "side"


# -- what a repository may hold


def test_a_submodule_stays_and_is_reported(
    repository: MakeRepository, adopt: Adopt, tmp_path: Path
) -> None:
    make_repository(tmp_path / "library", {"lib.py": "x = 1\n"})
    path = repository(LEGACY)
    git(
        path,
        *("-c", "protocol.file.allow=always", "submodule", "--quiet", "add"),
        str(tmp_path / "library"),
        "scripts/library",
    )
    commit_all(path, "With a submodule")
    result = adopt(path)
    assert_adopted(result, path)
    assert "submodule" in result.stdout
    assert (path / "scripts/library/lib.py").read_text() == "x = 1\n"
    assert relayout("undo", cwd=path).status == 0
    assert git(path, "status", "--porcelain") == ""


LINKS: dict[str, str | bytes] = {
    "scripts/inside": "../utils/db.py",
    "scripts/folder": "../utils",
    "beside": "scripts/load.py",
    "outside": "../../etc/hosts",
    "scripts/absolute": "/etc/hosts",
    "dangling": "nothing/here",
    "scripts/dangling": "../nothing/here",
    "loop_a": "loop_b",
    "loop_b": "loop_a",
    "scripts/itself": "itself",
    "scripts/up": "..",
    "not\nutf8": b"\xff\xfe",
}


def test_symbolic_links_lead_where_they_led(repository: MakeRepository, adopt: Adopt) -> None:
    path = repository(LEGACY)
    for name, target in LINKS.items():
        (path / name).symlink_to(os.fsdecode(target))
    commit_all(path, "With links")
    before = {name: (path / name).read_bytes() for name in ("scripts/inside", "beside")}
    result = adopt(path)
    assert_adopted(result, path)
    links = {
        name: os.fsencode((path / name).readlink())
        for name, (mode, _) in files_in(path).items()
        if mode & 0o170000 == 0o120000
    }
    assert len(links) == len(LINKS)
    assert links["outside"] == b"../../etc/hosts"
    assert links["dangling"] == b"nothing/here"
    assert links["loop_a"] == b"loop_b"
    assert links["loop_b"] == b"loop_a"
    assert b"/etc/hosts" in links.values()
    assert b"\xff\xfe" in links.values()
    assert (path / "beside").resolve() == path / MOVED
    inside = next(name for name in links if name.endswith("/inside"))
    assert (path / inside).read_bytes() == before["scripts/inside"]
    folder = next(name for name in links if name.endswith("/folder"))
    assert (path / folder / "db.py").is_file()
    assert relayout("undo", cwd=path).status == 0
    assert git(path, "status", "--porcelain") == ""


ODD_NAMES = [
    "scripts/with space.py",
    "scripts/with 'quotes' and \"more\".py",
    "scripts/two\nlines.py",
    "scripts/tab\there.py",
    "scripts/größe.py",
    "scripts/-dash.py",
    "scripts/back\\slash.py",
    "scripts/[brackets]*.py",
    "scripts/:(glob)x.py",
    "scripts/日本語/データ.py",
    "data files/été.csv",
]


def test_odd_file_names(repository: MakeRepository, adopt: Adopt) -> None:
    contents = {name: f"value = {number}\n" for number, name in enumerate(ODD_NAMES)}
    path = repository({**LEGACY, **contents})
    result = adopt(path, "--place", "scripts/with space.py=src/pipelines/spaced.py")
    assert_adopted(result, path)
    bytes_now = [content for _, content in files_in(path).values()]
    for content in contents.values():
        assert content.encode() in bytes_now
    base = git(path, "rev-parse", "main").strip()
    assert relayout("undo", cwd=path).status == 0
    assert head(path) == base
    assert set(files_in(path)) >= set(ODD_NAMES)


def test_file_names_that_are_not_utf8(repository: MakeRepository, adopt: Adopt) -> None:
    path = repository(LEGACY)
    names = [os.fsdecode(b"scripts/caf\xe9.py"), os.fsdecode(b"d\xe9p\xf4t/x.csv")]
    build_tree(path, {names[0]: "latin = 1\n", names[1]: "a,b\n"})
    commit_all(path, "With odd names")
    result = adopt(path, "--json")
    assert_adopted(result, path)
    assert json.loads(result.stdout)["plan"]["moves"]
    assert relayout("verify", "--json", cwd=path).status == 0
    assert relayout("undo", cwd=path).status == 0
    assert set(names) <= set(files_in(path))


IMPORT = "from utils.db import connect\n"
ENCODINGS: dict[str, tuple[bytes, bool]] = {
    "latin-1 with a cookie": (
        f"# -*- coding: latin-1 -*-\n# caf\xe9\n{IMPORT}".encode("latin-1"),
        True,
    ),
    "latin-1 without a cookie": (f"# caf\xe9\n{IMPORT}".encode("latin-1"), False),
    "UTF-16": (IMPORT.encode("utf-16"), False),
    "BOM": (b"\xef\xbb\xbf" + f"# é\n{IMPORT}".encode(), True),
    "BOM against the cookie": (b"\xef\xbb\xbf# coding: latin-1\n" + IMPORT.encode(), False),
    "unknown cookie": (f"# coding: klingon\n{IMPORT}".encode(), False),
    "CRLF": (f"# a\r\n{IMPORT}x = '''\n'''\r\n".replace("\n", "\r\n").encode(), True),
    "lone CR": (f"# a\r{IMPORT}x = 1\r".replace("\n", "\r").encode(), True),
    "mixed line ends": (b"# a\r\n" + IMPORT.encode() + b"x = 1\ry = 2\r\n", True),
    "no final line end": (IMPORT.strip().encode(), True),
    "form feed": (b"\x0c\n" + IMPORT.encode() + b"\x0cx = 1\n", True),
    "NUL bytes": (b"x = 1\0\n" + IMPORT.encode(), False),
    "Python 2": (f"{IMPORT}print 'hello'\n".encode(), False),
    "tabs and spaces": (b"if True:\n\tx = 1\n        y = 2\n" + IMPORT.encode(), False),
    "empty": (b"", True),
    "one line that is very long": (b"x = [" + b"1, " * 20_000 + b"]\n" + IMPORT.encode(), True),
    "very deep nesting": (b"x = " + b"-" * 5_000 + b"1\n" + IMPORT.encode(), False),
}


@pytest.mark.parametrize("case", ENCODINGS)
def test_python_files_of_every_encoding(case: str) -> None:
    """What can be read is rewritten in its own bytes; the rest is moved as it is, and said."""
    from migrations import migrate_files

    content, readable = ENCODINGS[case]
    migration = migrate_files(
        {**LEGACY, "Makefile": "a:\n\tpython a/odd.py\n", "a/odd.py": content}
    )
    after = migration.after.read("src/pipelines/a/odd.py")
    expected = content.replace(b"from utils.db", b"from pipelines.utils.db")
    codes = [f.code for f in migration.plan.findings if f.path == "src/pipelines/a/odd.py"]
    if readable:
        assert after == expected
        assert "not-python" not in codes
    else:
        assert after == content
        assert "not-python" in codes


def test_a_pyproject_that_is_not_toml_is_left_and_reported(
    repository: MakeRepository, adopt: Adopt
) -> None:
    path = repository({**LEGACY, "pyproject.toml": "[project\nname = "})
    result = adopt(path)
    assert result.status in (0, 1), result
    assert "project-not-wired" in result.stdout
    assert (path / "pyproject.toml").read_text() == "[project\nname = "


# -- what lies untracked


def test_an_untracked_file_in_the_way(repository: MakeRepository, adopt: Adopt) -> None:
    path = repository(LEGACY)
    build_tree(path, {"specs/README.md": "mine, not committed\n"})
    before = snapshot(path)
    assert_refused(adopt(path), "untracked files are in the way: specs/README.md", "Move them")
    assert snapshot(path) == before


def test_an_untracked_file_in_the_way_with_the_very_content_of_the_addition(
    repository: MakeRepository, adopt: Adopt
) -> None:
    path = repository(LEGACY)
    build_tree(path, {"specs/README.md": "What each pipeline promises.\n"})
    before = files_in(path)
    result = adopt(path)
    if result.status:
        assert_refused(result, "specs/README.md")
        assert files_in(path) == before
    else:
        assert relayout("undo", cwd=path).status == 0
    assert (path / "specs/README.md").read_text() == "What each pipeline promises.\n"


def test_an_ignored_file_in_the_way(repository: MakeRepository, adopt: Adopt) -> None:
    path = repository({**LEGACY, ".gitignore": "specs/\n.env*\n"})
    build_tree(path, {"specs/README.md": "mine, ignored\n", ".env.example": "SECRET=1\n"})
    before = snapshot(path)
    assert_refused(adopt(path), "untracked files are in the way: ", "Move them")
    assert snapshot(path) == before


def test_an_untracked_folder_where_a_file_is_to_be_added(
    repository: MakeRepository, adopt: Adopt
) -> None:
    path = repository(LEGACY)
    build_tree(path, {".env.example/notes.txt": "mine\n"})
    before = snapshot(path)
    result = adopt(path)
    assert_refused(result, ".env.example")
    assert snapshot(path) == before


def test_an_untracked_file_where_a_folder_is_to_be_added(
    repository: MakeRepository, adopt: Adopt
) -> None:
    path = repository(LEGACY)
    build_tree(path, {"src": "mine\n"})
    before = snapshot(path)
    assert_refused(adopt(path), "src")
    assert snapshot(path) == before


def test_untracked_and_ignored_files_stay_as_they_were(
    repository: MakeRepository, adopt: Adopt
) -> None:
    path = repository({**LEGACY, ".gitignore": ".env\n*.log\n"})
    untracked = {".env": "PASSWORD=1\n", "scripts/run.log": "log\n", "scripts/new.py": "mine\n"}
    build_tree(path, untracked)
    result = adopt(path)
    assert result.status == 0, result
    assert "Untracked files stay where they were: scripts/" in result.stdout
    assert {name: (path / name).read_text() for name in untracked} == untracked
    assert relayout("undo", cwd=path).status == 0
    assert {name: (path / name).read_text() for name in untracked} == untracked


# -- where two files would be one


def test_names_that_differ_only_in_case_do_not_collide(
    repository: MakeRepository, adopt: Adopt
) -> None:
    both = {"Makefile": "a:\n\tpython a/Load.py\n\tpython a/load.py\n"}
    path = repository({**both, "a/Load.py": "print('upper')\n", "a/load.py": "print('lower')\n"})
    result = adopt(path)
    if result.status == 2:
        assert_refused(result, "a/", "--place")
    else:
        assert_adopted(result, path)
        names = [name.casefold() for name in files_in(path)]
        assert len(names) == len(set(names))


def test_a_file_that_is_in_the_way_of_a_move_is_no_loss(
    repository: MakeRepository, adopt: Adopt
) -> None:
    path = repository({**LEGACY, "docs/NOTES.md": "in docs\n", "NOTES.md": "in the root\n"})
    before = snapshot(path)
    result = adopt(path)
    contents = [content for _, content in files_in(path).values()]
    assert b"in docs\n" in contents
    assert b"in the root\n" in contents
    if result.status == 2:
        assert_refused(result, "NOTES.md cannot go to docs/NOTES.md", "--place")
        assert snapshot(path) == before


# -- what is misused


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("pandas", "the import name of a dependency"),
        ("yaml", "the import name of a dependency"),
        ("json", "standard library"),
        ("class", "cannot be imported"),
        ("my-package", "cannot be imported"),
        ("2fast", "cannot be imported"),
        ("Données", "cannot be imported"),
        ("a.b", "cannot be imported"),
        ("../out", "cannot be imported"),
        ("x\n", "cannot be imported"),
    ],
)
def test_a_package_name_that_cannot_be(name: str, why: str, repository: MakeRepository) -> None:
    path = repository({**LEGACY, "requirements.txt": "pandas>=2\nPyYAML\n"})
    before = snapshot(path)
    result = relayout("adopt", "--package", name, cwd=path)
    assert_refused(result, why, "--package NAME")
    assert snapshot(path) == before


def test_a_layout_that_does_not_exist(repository: MakeRepository) -> None:
    path = repository(LEGACY)
    before = snapshot(path)
    result = relayout("adopt", "--layout", "cathedral", cwd=path)
    assert_refused(result, "there is no layout 'cathedral'", "src-layout")
    assert snapshot(path) == before


@pytest.mark.parametrize(
    "arguments",
    [
        ["--place", "scripts/load.py"],
        ["--place", "=src/"],
        ["--place", "scripts/*.py="],
        ["--data", "project_name"],
        ["--data", "=x"],
        ["--place", "utils/db.py=../db.py"],
        ["--place", "utils/db.py=/tmp/db.py"],
        ["--place", "utils/db.py=.git/hooks/db.py"],
        ["--place", "utils/db.py=a/../../db.py"],
        ["--place", "utils/db.py=Makefile/db.py"],
    ],
    ids=" ".join,
)
def test_an_option_that_is_malformed(
    arguments: list[str], repository: MakeRepository, suite: Path
) -> None:
    path = repository(LEGACY)
    before = snapshot(path)
    result = relayout("plan", "--suite", str(suite), *arguments, cwd=path)
    assert_refused(result)
    assert len(result.stderr.splitlines()) > 1, "it says what to do"
    assert snapshot(path) == before


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{unclosed", "is not valid YAML"),
        ("- a\n- list\n", "is not a plan"),
        ("layout: src-layout\n", "is not a plan"),
        ("moves: [x]\n", "move 1 has no 'from' and 'to'"),
        ("moves: [{from: utils/db.py}]\n", "move 1 has no 'from' and 'to'"),
        ("moves: [{from: utils/db.py, to: 3}]\n", "move 1 has no 'from' and 'to'"),
        ("moves: [{from: utils/db.py, to: ../db.py}]\n", "leads out of the repository"),
        ("moves: [{from: utils/db.py, to: /tmp/db.py}]\n", "leads out of the repository"),
        ("moves: [{from: utils/db.py, to: .git/db.py}]\n", "leads out of the repository"),
        ("moves: [{from: utils/db.py, to: a/.GIT/db.py}]\n", "leads out of the repository"),
        ("moves: [{from: utils/db.py, to: a//b.py}]\n", "a//b.py"),
        ("moves: [{from: utils/db.py, to: a/./b.py}]\n", "a/./b.py"),
        ("moves: [{from: utils/db.py, to: a/}]\n", "a/"),
        ("moves: [{from: nowhere.py, to: a.py}]\n", "nowhere.py, which is not in HEAD"),
        ("moves: [{from: utils/db.py, to: scripts/load.py}]\n", "would both be"),
        ("moves: [{from: utils/db.py, to: scripts/LOAD.py}]\n", "would both be"),
        ("moves: [{from: utils/db.py, to: scripts/load.py/x}]\n", "scripts/load.py"),
        (
            "moves: [{from: utils/db.py, to: a.py}, {from: scripts/load.py, to: a.py}]\n",
            "would both be a.py",
        ),
        (
            "moves: [{from: utils/db.py, to: a.py}, {from: utils/db.py, to: b.py}]\n",
            "is moved twice",
        ),
        ("layout: cathedral\nmoves: []\n", "there is no layout 'cathedral'"),
        ("package: 'a b'\nmoves: []\n", "cannot be imported"),
        (b"\xff\xfe\x00", "cannot be read"),
    ],
)
def test_a_written_plan_that_is_wrong(
    content: str | bytes, said: str, repository: MakeRepository, adopt: Adopt, tmp_path: Path
) -> None:
    path = repository(LEGACY)
    build_tree(tmp_path, {"plan.yml": content})
    before = snapshot(path)
    result = adopt(path, "--plan", str(tmp_path / "plan.yml"))
    assert_refused(result, said)
    assert snapshot(path) == before


def test_a_written_plan_that_is_missing(repository: MakeRepository) -> None:
    path = repository(LEGACY)
    assert_refused(relayout("adopt", "--plan", "none.yml", cwd=path), "none.yml cannot be read")
    assert_refused(relayout("adopt", "--plan", "scripts", cwd=path), "scripts cannot be read")


@pytest.mark.parametrize("output", ["none/plan.yml", "scripts"])
def test_a_plan_that_cannot_be_written(
    output: str, repository: MakeRepository, suite: Path
) -> None:
    path = repository(LEGACY)
    result = relayout("plan", "--suite", str(suite), "--output", output, cwd=path)
    assert_refused(result, f"cannot be written to {output}", "--output FILE")


@pytest.mark.parametrize("content", ["{unclosed", "- a list\n", b"\xff\xfe\x00"])
def test_a_file_of_answers_that_holds_none(
    content: str | bytes, repository: MakeRepository, tmp_path: Path
) -> None:
    path = repository(LEGACY)
    build_tree(tmp_path, {"answers.yml": content})
    result = relayout("plan", "--data-file", str(tmp_path / "answers.yml"), cwd=path)
    assert_refused(result, "answers.yml")


def test_a_suite_that_is_none(repository: MakeRepository, tmp_path: Path) -> None:
    path = repository(LEGACY)
    before = snapshot(path)
    for place in (str(tmp_path / "nowhere"), str(path)):
        result = relayout("adopt", "--suite", place, cwd=path)
        assert result.status in (0, 1, 2), result
        assert "Traceback" not in result.stderr
        if result.status == 2:
            assert_refused(result)
            assert snapshot(path) == before


@pytest.mark.parametrize("arguments", [["--nonsense"], ["a", "b", "c"], ["--layout"]])
def test_a_command_line_that_is_wrong(arguments: list[str], repository: MakeRepository) -> None:
    path = repository(LEGACY)
    result = relayout("adopt", *arguments, cwd=path)
    assert result.status == 2, result
    assert "Traceback" not in result.stderr


def test_a_refusal_is_a_json_document_for_programs(tmp_path: Path) -> None:
    result = relayout("adopt", "--json", "nowhere", cwd=tmp_path)
    assert result.status == 2
    document = json.loads(result.stdout)
    assert "there is no folder nowhere" in document["error"]
    assert document["hints"]
    assert result.stderr == ""


def test_nothing_to_undo(repository: MakeRepository) -> None:
    path = repository(LEGACY)
    before = snapshot(path)
    assert_refused(relayout("undo", cwd=path), "there is no adoption to undo")
    assert snapshot(path) == before


def test_undo_does_not_lose_commits_made_since(repository: MakeRepository, adopt: Adopt) -> None:
    path = repository(LEGACY)
    assert_adopted(adopt(path), path)
    build_tree(path, {"more.txt": "work\n"})
    commit_all(path, "Work")
    before = snapshot(path)
    assert_refused(relayout("undo", cwd=path), "commits that relayout did not make", "git switch")
    assert snapshot(path) == before


def test_undo_does_not_lose_uncommitted_changes(repository: MakeRepository, adopt: Adopt) -> None:
    path = repository(LEGACY)
    assert_adopted(adopt(path), path)
    build_tree(path, {MOVED: "changed = 1\n"})
    before = snapshot(path)
    assert_refused(relayout("undo", cwd=path), "uncommitted changes", "Commit or stash")
    assert snapshot(path) == before


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--schema-package=schema"], "does not say which apps"),
        (["--schema-package=no-name=orders"], "does not say which apps"),
        (["--schema-package=schema=orders"], "leaves Django projects as they are"),
        (
            ["--layout=monorepo", "--schema-package=schema=orders"],
            "The apps of this repository: none was found",
        ),
    ],
)
def test_a_schema_package_that_cannot_be(
    options: list[str], said: str, repository: MakeRepository, adopt: Adopt
) -> None:
    path = repository(LEGACY)
    before = snapshot(path)
    assert_refused(adopt(path, *options), "--schema-package", said)
    assert snapshot(path) == before


@pytest.mark.parametrize(
    "option", ["--place=nothing/*=src/", "--quarantine=nothing.py", "--keep=x"]
)
def test_a_pattern_that_names_no_file(
    option: str, repository: MakeRepository, adopt: Adopt
) -> None:
    path = repository(LEGACY)
    before = snapshot(path)
    assert_refused(adopt(path, option), "no tracked file has such a path", "* also matches /")
    assert snapshot(path) == before
