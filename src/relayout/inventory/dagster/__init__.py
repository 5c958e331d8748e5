"""Dagster's definitions in a tree: what each module defines, and the graph of the assets."""

from relayout.inventory.dagster.definition import ASSETS, KINDS, DagsterModule, Definition

__all__ = ["ASSETS", "KINDS", "DagsterModule", "Definition"]
