"""Which file belongs to which pipeline, and which to the platform.

Every dbt project makes a pipeline. What else is of one is known by names (a path, an asset, a DAG),
by what it reads (the project's folder, its tables), and by who uses it. Nothing is guessed: what is
of several, or of none, has no part, unless it is the platform's or shared.
"""

from __future__ import annotations

from collections.abc import Mapping

from relayout.inventory import Inventory
from relayout.inventory.airflow import airflow_modules
from relayout.inventory.paths_of_tests import is_test
from relayout.planning.homes import Homes
from relayout.planning.pipeline_parts.claims import Claims
from relayout.planning.pipeline_parts.evidence import Evidence
from relayout.planning.pipeline_parts.files import claim_files, claim_tests
from relayout.planning.pipeline_parts.following import claim_beside, claim_helpers
from relayout.planning.pipeline_parts.orchestration import claim_orchestration
from relayout.planning.pipeline_parts.part import SECTIONS, Part
from relayout.planning.pipeline_parts.pipelines import Pipelines, find_pipelines, is_placed
from relayout.planning.pipeline_parts.places import Places
from relayout.planning.pipeline_parts.platform import claim_platform
from relayout.planning.pipeline_parts.services import astro_projects, whole_folders
from relayout.planning.units import inside
from relayout.recipes import Recipe

__all__ = ["SECTIONS", "Part", "pipeline_parts"]


def pipeline_parts(inventory: Inventory, recipe: Recipe, homes: Homes) -> Mapping[str, Part]:
    """Return the parts of pipelines and of the platform, by path; the other files have none.

    ``recipe`` and ``homes`` say where the layout has its packages. Never raises for what files
    contain.
    """
    pipelines = find_pipelines(inventory, astro_projects(inventory.tree) - {""})
    dags = airflow_modules(inventory.tree, inventory.python)
    orchestrating = [p for p, m in inventory.dagster.items() if m.defines and not is_test(p)]
    whole = whole_folders(inventory, pipelines, (*orchestrating, *dags))
    claims = Claims(inventory, pipelines, whole, dags, (*orchestrating, *dags))
    if not pipelines.all:
        return _of_services(claims)
    evidence = Evidence(inventory, pipelines)
    claim_orchestration(claims, evidence, dags)
    claim_beside(claims)
    claim_files(claims, evidence)
    claim_helpers(claims)
    claim_beside(claims)
    claim_tests(claims, evidence)
    platform = claim_platform(claims)
    found = _of_dbt(inventory, pipelines) | _of_services(claims)
    for path, inner in Places(claims, platform).of_all().items():
        claim = claims.found[path]
        found[path] = Part(claim.pipeline, claim.section, inner, claim.because)
    return dict(sorted(found.items()))


def _of_dbt(inventory: Inventory, pipelines: Pipelines) -> dict[str, Part]:
    """Return the parts that are dbt projects, whole, and the packages that these share."""
    found: dict[str, Part] = {}
    for package in pipelines.packages:
        for path in package.project.files:
            inner = f"{package.name}/{inside(path, package.folder)}"
            found[path] = Part("shared", "dbt", inner, "dbt projects include it as a package")
    for pipeline in pipelines.all:
        because = f"{pipeline.project.path} makes the pipeline {pipeline.name}"
        for path in pipeline.project.files:
            found[path] = Part(pipeline.name, "dbt", inside(path, pipeline.folder), because)
    return {path: part for path, part in found.items() if not is_placed(path)}


def _of_services(claims: Claims) -> dict[str, Part]:
    """Return the parts that stay where they are; what else is claimed of a stack has left it."""
    found: dict[str, Part] = {}
    for path in claims.inventory.tree:
        folder = claims.folder_of_whole(path)
        if path in claims.dbt or path in claims.inventory.foreign:
            continue
        if folder is not None:
            found[path] = Part("", "service", path, claims.whole[folder])
        elif claims.is_in_stack(path) and claims.is_open(path):
            because = "it stands with a compose file of its own"
            found[path] = Part("", "service", path, because)
    return found
