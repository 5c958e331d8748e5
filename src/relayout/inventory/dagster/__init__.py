"""Dagster's definitions in a tree: what each module defines, and the graph of the assets."""

from relayout.inventory.dagster.definition import (
    ASSETS,
    KINDS,
    LOADABLE,
    PLAIN,
    DagsterModule,
    Definition,
)
from relayout.inventory.dagster.graph import AssetGraph, asset_graph
from relayout.inventory.dagster.modules import dagster_modules
from relayout.inventory.dagster.stages import STAGES, Stage, stages_of
from relayout.inventory.dagster.territory import definition_folders

__all__ = [
    "ASSETS",
    "KINDS",
    "LOADABLE",
    "PLAIN",
    "STAGES",
    "AssetGraph",
    "DagsterModule",
    "Definition",
    "Stage",
    "asset_graph",
    "dagster_modules",
    "definition_folders",
    "stages_of",
]
