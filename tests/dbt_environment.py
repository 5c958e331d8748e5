"""An interpreter that has dbt, for all tests: relayout's own never runs a repository's code."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

_NAMED = "RELAYOUT_DBT_PYTHON"
"""Names an interpreter with some other release of dbt to run these tests with."""

_PACKAGES = ("dbt-core>=1.8,<1.12", "dbt-duckdb>=1.8,<2")


@pytest.fixture(scope="session")
def dbt_python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an interpreter with dbt and its adapter for DuckDB; skipped without uv."""
    if _NAMED in os.environ:
        return Path(os.environ[_NAMED])
    beside = Path(sys.executable).parent / "uv"
    uv = str(beside) if beside.is_file() else shutil.which("uv")
    if not uv:
        pytest.skip("uv is not installed")
    folder = tmp_path_factory.mktemp("dbt") / "venv"
    python = folder / "bin" / "python"
    for command in (
        [uv, "venv", "--quiet", "--python", sys.executable, str(folder)],
        [uv, "pip", "install", "--quiet", "--python", str(python), *_PACKAGES],
    ):
        subprocess.run(command, check=True)
    return python
