"""An interpreter that has Dagster, for all tests: relayout's own never loads a repository."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

_NAMED = "RELAYOUT_DAGSTER_PYTHON"
"""Names an interpreter with some other release of Dagster to run these tests with."""

_PACKAGES = ("dagster>=1.11,<2", "pytest>=8")
_OPTIONS = ("--quiet", "--compile-bytecode")  # it is imported some ten times


@pytest.fixture(scope="session")
def dagster_python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an interpreter with Dagster and pytest; tests are skipped without uv."""
    if _NAMED in os.environ:
        return Path(os.environ[_NAMED])
    beside = Path(sys.executable).parent / "uv"
    uv = str(beside) if beside.is_file() else shutil.which("uv")
    if not uv:
        pytest.skip("uv is not installed")
    folder = tmp_path_factory.mktemp("dagster") / "venv"
    python = folder / "bin" / "python"
    for command in (
        [uv, "venv", "--quiet", "--python", sys.executable, str(folder)],
        [uv, "pip", "install", *_OPTIONS, "--python", str(python), *_PACKAGES],
    ):
        subprocess.run(command, check=True)
    return python
