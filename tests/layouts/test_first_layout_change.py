"""A repository of the first release, brought to the suite as it stands: Copier, and real tags."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from growing import ROOT, add, commit, git, make, update, write

FIRST, LATER = "v1.0.0", "v99.0.0"
PIPELINE = ("scope=pipeline", "pipeline=returns")
ANSWERS = "src/pipelines/returns/.copier-answers.yml"
DATES = """\
from pipelines.{folder} import loader
from pipelines.{folder}.db import ours

VALUE = loader.DEFAULT_ENV, ours()
"""
OURS = """

def ours() -> str:
    return "ours"
"""


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a repository with all releases, and what is in the work tree as a later one."""
    folder = tmp_path_factory.mktemp("releases") / "suite"
    shutil.copytree(ROOT / "releases", folder / "releases")
    git(folder, "init", "--quiet", "--initial-branch=main")
    script = folder / "releases" / "make_tags.py"
    subprocess.run([sys.executable, "-B", script], check=True, capture_output=True)
    shutil.rmtree(folder / "releases")
    for name in ("copier.yml", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, folder)
    for name in ("template", "hooks", "migrations"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "src").symlink_to(ROOT / "src")
    commit(folder, "The suite as it stands")
    git(folder, "tag", LATER)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    """Return the files of a repository."""
    tracked = git(folder, "ls-files", "-z").split("\0")
    return {path: (folder / path).read_bytes() for path in tracked if path}


def repository(suite: Path, folder: Path, version: str) -> Path:
    """Return a repository with a further pipeline, as a version renders it."""
    project = make(suite, folder, version=version)
    assert add(suite, project, *PIPELINE, version=version) == ""
    commit(project, "Add a pipeline")
    return project


def append(path: Path, text: str) -> None:
    """Write at the end of a file."""
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def test_a_repository_becomes_what_the_suite_renders_now_with_its_own_edits(
    suite: Path, tmp_path: Path
) -> None:
    project = repository(suite, tmp_path / "project", FIRST)
    package = project / "src" / "pipelines"
    append(package / "utils" / "db.py", OURS)
    append(package / "returns" / "etl.py", OURS)
    append(project / "tests" / "test_returns_etl.py", "\n# Ours.\n")
    write(package, {"utils/dates.py": DATES.format(folder="utils")})
    commit(project, "Our own edits")

    update(project)
    commit(project, "Update the repository")
    update(project, ANSWERS)
    commit(project, "Update the pipeline")

    expected = contents(repository(suite, tmp_path / "fresh", LATER))
    expected["src/pipelines/loading/db.py"] += OURS.encode()
    expected["src/pipelines/returns/etl.py"] += OURS.encode()
    expected["tests/returns/test_etl.py"] += b"\n# Ours.\n"
    expected["src/pipelines/loading/dates.py"] = DATES.format(folder="loading").encode()
    found = contents(project)
    assert sorted(found) == sorted(expected)
    assert {path for path in found if found[path] != expected[path]} == set()


def test_helpers_of_an_adopted_repository_stay_where_they_are(suite: Path, tmp_path: Path) -> None:
    """They are called utils too, and were never the template's."""
    project = make(suite, tmp_path / "project", "pipeline=", version=FIRST)
    own = {
        "src/pipelines/__init__.py": "",
        "src/pipelines/utils/__init__.py": "",
        "src/pipelines/utils/db.py": "URL = 1\n",
        "src/pipelines/report.py": "from pipelines.utils.db import URL\n",
    }
    write(project, own)
    commit(project, "Our own code")

    update(project)

    assert {path: (project / path).read_text(encoding="utf-8") for path in own} == own
