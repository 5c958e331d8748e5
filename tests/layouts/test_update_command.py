"""Updates by Copier itself: from the first release to this suite, checked, refused, interrupted."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from growing import commit, copier, git, make, release, versioned_suite

from relayout.prepared_update import GIVE_UP

OLD, NEW = "library", "storage"
MOVES = f"""\
moves:
  - from: src/{{{{ package }}}}/{OLD}
    to: src/{{{{ package }}}}/{NEW}
answers:
  - of: ci
    values: {{github: gitlab}}
"""
TEXT = '"""What is shared."""\n\n\ndef one() -> int:\n    """Return one."""\n    return 1\n'


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a suite of which version 2 moves a folder of the src layout."""
    folder = tmp_path_factory.mktemp("update") / "suite"
    part = "template/{% if layout == 'src-layout' %}.{% endif %}/"
    part += "{% if scope == 'repository' %}.{% endif %}/src/{{ package }}"
    files = {f"{part}/{OLD}/__init__.py": "", f"{part}/{OLD}/shared.py": TEXT}
    versioned_suite(folder, files, ["src-layout", "monorepo"])
    (folder / part / OLD).rename(folder / part / NEW)
    (folder / "migrations" / "versions").mkdir()
    (folder / "migrations" / "versions" / "2.0.0.yml").write_text(MOVES)
    release(folder, 2)
    return folder


@pytest.fixture(scope="module")
def rendered(suite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a repository of version 1 that has a module beside the shared ones."""
    folder = make(suite, tmp_path_factory.mktemp("made") / "repository", version="v1.0.0")
    mine = folder / "src" / "pipelines" / OLD / "mine.py"
    mine.write_text(f"from pipelines.{OLD}.shared import one\n\nTWO = one() + 1\n")
    commit(folder, "Mine")
    return folder


@pytest.fixture
def repository(rendered: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "repository"
    git(tmp_path, "clone", "--quiet", str(rendered), str(folder))
    return folder


def relayout(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "relayout", *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


def edit_both_sides(repository: Path, suite: Path) -> None:
    """Change the line in the repository that the suite's version 3 changes, too."""
    shared = repository / "src" / "pipelines" / OLD / "shared.py"
    shared.write_text(TEXT.replace("return 1", "return 10"))
    commit(repository, "Ten")
    if "v3.0.0" not in git(suite, "tag"):
        (path,) = suite.glob(f"template/*/*/src/*/{NEW}/shared.py")
        path.write_text(TEXT.replace("return 1", "return 100"))
        release(suite, 3)


def test_a_check_says_what_an_update_would_do_and_changes_nothing(repository: Path) -> None:
    before = git(repository, "rev-parse", "HEAD")
    done = relayout("update", "--check", "--json", "--vcs-ref", "v2.0.0", cwd=repository)
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    moves = {
        f"src/pipelines/{OLD}/{n}": f"src/pipelines/{NEW}/{n}" for n in ("mine.py", "shared.py")
    }
    assert moves.items() <= document["moves"].items()
    assert (document["from"], document["to"], document["clean"]) == ("1.0.0", "2.0.0", True)
    assert document["conflicts"] == []
    assert git(repository, "status", "--porcelain") == ""
    assert git(repository, "rev-parse", "HEAD") == before


def test_a_check_fails_where_somebody_has_to_decide(repository: Path, suite: Path) -> None:
    edit_both_sides(repository, suite)
    done = relayout("update", "--check", "--json", "--vcs-ref", "v3.0.0", cwd=repository)
    assert done.returncode == 1
    assert json.loads(done.stdout)["conflicts"] == [f"src/pipelines/{NEW}/shared.py"]


def test_a_check_of_what_no_template_made_is_refused(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    (tmp_path / "a.py").write_text("")
    commit(tmp_path, "A")
    done = relayout("update", "--check", cwd=tmp_path)
    assert done.returncode == 2
    assert "has no .copier-answers.yml" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_update_itself_is_copiers(tmp_path: Path) -> None:
    done = relayout("update", cwd=tmp_path)
    assert done.returncode == 2
    assert "copier update --trust" in done.stderr


def test_uncommitted_changes_are_refused(repository: Path) -> None:
    (repository / "README.md").write_text("Mine.\n")
    assert relayout("update", "--check", cwd=repository).returncode == 2
    done = copier("update", "--trust", "--defaults", cwd=repository)
    assert done.returncode
    assert git(repository, "status", "--porcelain") == " M README.md\n"


def test_answers_are_carried_over(repository: Path) -> None:
    done = copier("update", "--trust", "--defaults", "--vcs-ref", "v2.0.0", cwd=repository)
    assert done.returncode == 0, done.stderr
    assert "ci: gitlab" in (repository / ".copier-answers.yml").read_text()
    assert (repository / ".gitlab-ci.yml").is_file()
    assert not (repository / ".github" / "workflows").exists()
    mine = (repository / "src" / "pipelines" / NEW / "mine.py").read_text()
    assert mine == f"from pipelines.{NEW}.shared import one\n\nTWO = one() + 1\n"
    assert not (repository / "src" / "pipelines" / OLD).exists()


def test_an_update_without_its_tasks_is_refused(repository: Path) -> None:
    done = copier("update", "--trust", "--defaults", "--skip-tasks", cwd=repository)
    assert done.returncode
    assert "Run the same command without --skip-tasks." in done.stderr
    assert git(repository, "status", "--porcelain") == ""


@pytest.mark.parametrize("seconds", [3.0, 7.0])
def test_a_killed_update_is_taken_back_by_the_command_that_it_names(
    repository: Path, seconds: float
) -> None:
    before = snapshot(repository)
    command = [sys.executable, "-m", "copier", "update", "--trust", "--defaults"]
    process = subprocess.Popen(
        [*command, "--vcs-ref", "v2.0.0"],
        cwd=repository,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    time.sleep(seconds)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    (repository / ".git" / "index.lock").unlink(missing_ok=True)
    subprocess.run(["/bin/sh", "-c", GIVE_UP], cwd=repository, capture_output=True, check=True)
    assert snapshot(repository) == before


def snapshot(folder: Path) -> dict[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file() and ".git" not in path.parts)
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


def test_a_pipeline_is_renamed_by_its_answer(repository: Path) -> None:
    mine = repository / "src" / "pipelines" / "order_list" / "mine.py"
    mine.write_text("from pipelines.order_list import etl\n\nHERE = etl\n")
    commit(repository, "Mine")
    options = ["--vcs-ref", "v1.0.0", "-d", "pipeline=sales"]
    done = copier("update", "--trust", "--defaults", *options, cwd=repository)
    assert done.returncode == 0, done.stderr
    moved = repository / "src" / "pipelines" / "sales" / "mine.py"
    assert moved.read_text() == "from pipelines.sales import etl\n\nHERE = etl\n"
    assert not mine.exists()
    assert "UU" not in git(repository, "status", "--porcelain")


def test_a_component_waits_for_its_repository(repository: Path, suite: Path) -> None:
    answers = "src/pipelines/returns/.copier-answers.yml"
    data = ["-d", "scope=pipeline", "-d", "pipeline=returns", "--vcs-ref", "v1.0.0"]
    done = copier(
        "copy", "--quiet", "--trust", "--defaults", *data, suite, repository, cwd=repository
    )
    assert done.returncode == 0, done.stderr
    commit(repository, "A second pipeline")
    early = copier(
        "update", "--trust", "--defaults", "-a", answers, "--vcs-ref", "v2.0.0", cwd=repository
    )
    assert early.returncode
    assert "First: copier update --trust." in early.stderr
    assert git(repository, "status", "--porcelain") == ""
    for options in ([], ["-a", answers]):
        done = copier(
            "update", "--trust", "--defaults", "--vcs-ref", "v2.0.0", *options, cwd=repository
        )
        assert done.returncode == 0, done.stderr
        commit(repository, "Version 2")
    assert "_commit: v2.0.0" in (repository / answers).read_text()


def test_the_layout_changes_by_its_answer(repository: Path) -> None:
    options = ["--vcs-ref", "v1.0.0", "-d", "layout=monorepo"]
    done = copier("update", "--trust", "--defaults", *options, cwd=repository)
    assert done.returncode == 0, done.stderr
    package = repository / "packages" / "pipelines" / "src" / "pipelines"
    assert (package / OLD / "mine.py").read_text().startswith(f"from pipelines.{OLD}.shared")
    assert "UU" not in git(repository, "status", "--porcelain")
    commit(repository, "A monorepo")
    verified = relayout("verify", cwd=repository)
    assert verified.returncode == 0, verified.stdout


def test_a_project_in_a_folder_of_its_repository_is_updated_there(
    rendered: Path, tmp_path: Path
) -> None:
    whole = tmp_path / "whole"
    git(tmp_path, "clone", "--quiet", str(rendered), str(whole / "data"))
    shutil.rmtree(whole / "data" / ".git")
    (whole / "other.txt").write_text("Other.\n")
    git(whole, "init", "--quiet")
    commit(whole, "All")
    done = copier("update", "--trust", "--defaults", "--vcs-ref", "v2.0.0", cwd=whole / "data")
    assert done.returncode == 0, done.stderr
    mine = whole / "data" / "src" / "pipelines" / NEW / "mine.py"
    assert mine.read_text().startswith(f"from pipelines.{NEW}.shared import one")
    assert (whole / "other.txt").read_text() == "Other.\n"


def test_a_repository_is_verified_against_the_layout_that_it_has_now(
    repository: Path, suite: Path
) -> None:
    """The clone remembers the adoption into the layout before."""
    git(repository, "rm", "--quiet", "-r", ".")
    (repository / "run.py").write_text(
        "def main():\n    pass\n\n\nif __name__ == '__main__':\n    main()\n"
    )
    commit(repository, "A repository of its own")
    done = relayout("adopt", "--layout", "src-layout", "--suite", str(suite), cwd=repository)
    assert done.returncode == 0, done.stdout + done.stderr
    options = ["--vcs-ref", "HEAD", "-d", "layout=monorepo"]
    done = copier("update", "--trust", "--defaults", *options, cwd=repository)
    assert done.returncode == 0, done.stderr
    commit(repository, "A monorepo")
    verified = relayout("verify", cwd=repository)
    assert verified.returncode == 0, verified.stdout
