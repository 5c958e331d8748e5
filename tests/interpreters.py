"""Interpreters that have Dagster, dbt or Airflow: relayout itself runs no code of a repository."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

_DAGSTER = "RELAYOUT_DAGSTER_PYTHON"
_DBT = "RELAYOUT_DBT_PYTHON"
_AIRFLOW = "RELAYOUT_AIRFLOW_PYTHON"
"""They name an interpreter with some other release to run the tests with."""


@pytest.fixture(scope="session")
def dagster_python(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Yield an interpreter with Dagster and pytest; tests are skipped without uv."""
    options = ("--compile-bytecode",)  # it is imported some ten times
    folder = tmp_path_factory.mktemp("dagster")
    with _made(_DAGSTER, folder, ("dagster>=1.11,<2", "pytest>=8"), options) as python:
        yield python


@pytest.fixture(scope="session")
def dbt_python(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Yield an interpreter with dbt and its adapter for DuckDB; tests are skipped without uv."""
    packages = ("dbt-core>=1.8,<1.12", "dbt-duckdb>=1.8,<2")
    with _made(_DBT, tmp_path_factory.mktemp("dbt"), packages) as python:
        yield python


@pytest.fixture(scope="session")
def airflow_python(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Yield an interpreter with Airflow; tests are skipped without uv."""
    packages = ("apache-airflow>=3.3,<4",)
    with _made(_AIRFLOW, tmp_path_factory.mktemp("airflow"), packages) as python:
        yield python


@contextmanager
def _made(
    variable: str, folder: Path, packages: Sequence[str], options: Sequence[str] = ()
) -> Iterator[Path]:
    """Yield the interpreter that a variable names, or that of an environment made for a while."""
    if variable in os.environ:
        yield Path(os.environ[variable])
        return
    beside = Path(sys.executable).parent / "uv"
    uv = str(beside) if beside.is_file() else shutil.which("uv")
    if not uv:
        pytest.skip("uv is not installed")
    python = folder / "venv" / "bin" / "python"
    for command in (
        [uv, "venv", "--quiet", "--python", sys.executable, str(folder / "venv")],
        [uv, "pip", "install", "--quiet", *options, "--python", str(python), *packages],
    ):
        subprocess.run(command, check=True)
    yield python
    shutil.rmtree(folder)
