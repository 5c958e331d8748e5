"""The dbt project of a pipeline, for Dagster."""

import os
import sys
from functools import cached_property
from importlib.metadata import version
from pathlib import Path

from dagster_dbt import DbtCliResource, DbtProject
from packaging.version import Version

from pipelines.shared.utilities.dbt_manifest import prepare_apart
from pipelines.shared.utilities.locations import dbt_folder
from pipelines.shared.utilities.warehouse import target

# The dbt of the environment that this Python belongs to.
DBT = Path(sys.executable).with_name("dbt")
TARGET_PATH = "DBT_TARGET_PATH"


class InstalledDbt(DbtCliResource):
    """The dbt that is installed beside this Python, at work on the project of a pipeline."""

    @cached_property
    def _cli_version(self) -> Version:
        # Else every run starts `dbt --version` twice, which takes seconds and asks the network.
        return Version(version("dbt-core"))


def prepared_project(pipeline: str) -> DbtProject:
    """Return the dbt project of a pipeline, with a manifest that is up to date.

    Raises:
        DbtError: dbt does not accept the project.
        WarehouseError: DBT_TARGET names no warehouse that is known.
    """
    prepare_apart(pipeline)
    return DbtProject(dbt_folder(pipeline), target=target())


def dbt_resource(project: DbtProject) -> DbtCliResource:
    """Return the resource that runs dbt on a project."""
    return InstalledDbt(
        project_dir=os.fspath(project.project_dir),
        target=project.target,
        dbt_executable=os.fspath(DBT),
    )


def results_folder(project: DbtProject) -> Path:
    """Return where dbt writes what came out: always the same folder, where monitoring looks."""
    return project.project_dir / os.environ.get(TARGET_PATH, "target")
