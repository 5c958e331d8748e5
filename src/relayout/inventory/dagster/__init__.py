"""Dagster's definitions in a tree: what each module defines, and the graph of the assets."""

from relayout.inventory.dagster.definition import ASSETS, KINDS, DagsterModule, Definition
from relayout.inventory.dagster.modules import dagster_modules, definition_folders

__all__ = [
    "ASSETS",
    "KINDS",
    "DagsterModule",
    "Definition",
    "dagster_modules",
    "definition_folders",
]
