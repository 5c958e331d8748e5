"""Interpreters that have Dagster, dbt or Airflow: relayout itself runs no code of a repository."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

_DAGSTER = "RELAYOUT_DAGSTER_PYTHON"
_DBT = "RELAYOUT_DBT_PYTHON"
_AIRFLOW = "RELAYOUT_AIRFLOW_PYTHON"
"""They name an interpreter with some other release to run the tests with."""


@pytest.fixture(scope="session")
def dagster_python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an interpreter with Dagster and pytest; tests are skipped without uv."""
    if _DAGSTER in os.environ:
        return Path(os.environ[_DAGSTER])
    folder = tmp_path_factory.mktemp("dagster")
    options = ("--compile-bytecode",)  # it is imported some ten times
    return _made(folder, ("dagster>=1.11,<2", "pytest>=8"), options)


@pytest.fixture(scope="session")
def dbt_python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an interpreter with dbt and its adapter for DuckDB; skipped without uv."""
    if _DBT in os.environ:
        return Path(os.environ[_DBT])
    folder = tmp_path_factory.mktemp("dbt")
    return _made(folder, ("dbt-core>=1.8,<1.12", "dbt-duckdb>=1.8,<2"))


@pytest.fixture(scope="session")
def airflow_python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an interpreter with Airflow; tests are skipped without uv."""
    if _AIRFLOW in os.environ:
        return Path(os.environ[_AIRFLOW])
    folder = tmp_path_factory.mktemp("airflow")
    return _made(folder, ("apache-airflow>=3.3,<4",))


def _made(folder: Path, packages: Sequence[str], options: Sequence[str] = ()) -> Path:
    """Return the interpreter of a new environment with packages."""
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
    return python
