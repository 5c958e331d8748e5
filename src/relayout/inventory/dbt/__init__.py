"""dbt: the projects of a tree, their files, and the names of what is in them."""

from relayout.inventory.dbt.finding import dbt_project_at, find_dbt_projects
from relayout.inventory.dbt.project import PROJECT, DbtProject, Source
from relayout.inventory.dbt.territory import (
    is_made_by_dbt,
    is_written_by_dbt,
    place_in_project,
    territory,
)

__all__ = [
    "PROJECT",
    "DbtProject",
    "Source",
    "dbt_project_at",
    "find_dbt_projects",
    "is_made_by_dbt",
    "is_written_by_dbt",
    "place_in_project",
    "territory",
]
