"""Which file belongs to which pipeline, and which to the platform."""

from __future__ import annotations

from collections.abc import Mapping

from relayout.inventory import Inventory
from relayout.planning.homes import Homes
from relayout.planning.pipeline_parts.part import SECTIONS, Part
from relayout.planning.pipeline_parts.pipelines import dbt_files, find_pipelines, is_placed
from relayout.planning.units import inside
from relayout.recipes import Recipe

__all__ = ["SECTIONS", "Part", "pipeline_parts"]


def pipeline_parts(inventory: Inventory, recipe: Recipe, homes: Homes) -> Mapping[str, Part]:
    """Return the parts of pipelines and of the platform, by path; the other files have none."""
    pipelines = find_pipelines(inventory)
    found: dict[str, Part] = {}
    packages = {package.folder for package in pipelines.packages}
    for path, pipeline in dbt_files(pipelines).items():
        if is_placed(path):
            continue
        inner = inside(path, pipeline.folder)
        if pipeline.folder in packages:
            found[path] = Part("shared", "dbt", f"{pipeline.name}/{inner}", "dbt projects share it")
        else:
            because = f"{pipeline.project.path} is a dbt project"
            found[path] = Part(pipeline.name, "dbt", inner, because)
    return dict(sorted(found.items()))
