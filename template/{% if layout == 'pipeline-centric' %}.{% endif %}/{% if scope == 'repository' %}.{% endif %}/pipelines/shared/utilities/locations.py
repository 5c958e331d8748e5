"""Where things are: the folders of a pipeline, and the data of the platform."""

import os
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[3]
PIPELINES = REPOSITORY / "pipelines"
PLATFORM_DATA = "PLATFORM_DATA"


def pipeline_folder(pipeline: str) -> Path:
    """Return the folder that holds a pipeline."""
    return PIPELINES / pipeline


def dbt_folder(pipeline: str) -> Path:
    """Return the folder of a pipeline's dbt project."""
    return pipeline_folder(pipeline) / "dbt"


def platform_data() -> Path:
    """Return the folder of the platform's data: what PLATFORM_DATA names, else `data/`.

    Raises:
        ValueError: PLATFORM_DATA is no absolute path; dbt and Python would not read it alike.
    """
    named = os.environ.get(PLATFORM_DATA)
    if named and not Path(named).is_absolute():
        raise ValueError(f"{PLATFORM_DATA} must be an absolute path, not {named!r}")
    return Path(named) if named else REPOSITORY / "data"


def database_file(pipeline: str) -> Path:
    """Return the DuckDB file of a pipeline; the profiles of dbt say the same."""
    return platform_data() / "pipelines" / pipeline / f"{pipeline}.duckdb"
