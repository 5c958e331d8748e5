"""Fixtures of all tests: a repository, a small suite, and the command line."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import settings

from interpreters import airflow_python, dagster_python, dbt_python  # noqa: F401 (fixtures)
from workbench import Files, Result, build_tree, make_repository, relayout

collect_ignore = ["cases", "dagster_projects", "django_projects"]
"""Repositories that tests read, with tests of their own."""

settings.register_profile("ci", derandomize=True, deadline=None, max_examples=25)
settings.register_profile("local", deadline=None, max_examples=25)
settings.register_profile("thorough", deadline=None, max_examples=400)
settings.load_profile("ci" if os.environ.get("CI") else "local")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give each worker a share of the builds, which take minutes, and let it begin with them.

    A worker begins with its part of the list, and takes tests from the end of another one's when it
    is done (``--dist worksteal``). So none is left with a build when all else is done. What needs
    much disk for a while begins, when the others have not yet taken theirs.
    """
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    builds = [item for item in items if item.get_closest_marker("layout_build") is not None]
    builds.sort(key=_disk, reverse=True)
    others = [item for item in items if item.get_closest_marker("layout_build") is None]
    bounds = [number * len(others) // workers for number in range(workers + 1)]
    items[:] = [
        item
        for number, (start, end) in enumerate(pairwise(bounds))
        for item in (*builds[number::workers], *others[start:end])
    ]


def _disk(item: pytest.Item) -> float:
    """Return the gigabytes of disk that a build needs while it installs, if it says so."""
    marker = item.get_closest_marker("layout_build")
    return 0.0 if marker is None else float(marker.kwargs.get("gigabytes", 0))


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a build that would fill the disk: all tests after it would fail, and not say why."""
    free = shutil.disk_usage(tempfile.gettempdir()).free / 1e9
    if free < _disk(item):
        pytest.skip(f"it needs {_disk(item)} GB of disk, and {free:.1f} GB are free")


_SMALL_SUITE: Files = {
    "copier.yml": """\
_subdirectory: template
_templates_suffix: .jinja
_answers_file: .copier-answers.yml
layout: {type: str, default: src-layout}
package: {type: str, default: pipelines}
merge_tool_config: {type: bool, default: false}
""",
    "template/{{ _copier_conf.answers_file }}.jinja": "{{ _copier_answers | to_nice_yaml }}",
    "template/pyproject.toml.jinja": """\
[build-system]
requires = ["hatchling>=1.27"]
build-backend = "hatchling.build"

[project]
name = "{{ package }}"
version = "0.1.0"
""",
    "template/.env.example": "DATABASE_URL=\n",
    "template/specs/README.md": "What each pipeline promises.\n",
}


@pytest.fixture(scope="session")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a suite of five files, which renders in no time."""
    return build_tree(tmp_path_factory.mktemp("suite"), _SMALL_SUITE)


@pytest.fixture
def repository(tmp_path: Path) -> Callable[[Files], Path]:
    """Return a function that makes a repository of these files, with one commit."""
    return lambda files: make_repository(tmp_path / "repository", files)


@pytest.fixture
def adopt(suite: Path) -> Callable[..., Result]:
    """Return a function that runs ``relayout adopt`` with the small suite."""

    def run(path: Path, *arguments: str | bytes) -> Result:
        return relayout("adopt", "--suite", str(suite), *arguments, cwd=path)

    return run
