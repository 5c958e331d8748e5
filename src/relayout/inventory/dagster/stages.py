"""The stage of each module of assets. To be replaced by the rules of its owner."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from relayout.inventory.dagster.definition import ASSETS, DagsterModule

STAGES = ("raw", "processed", "consolidated", "dimensional", "facts")


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage, and why it is that one."""

    name: str
    reason: str


def stages_of(modules: Mapping[str, DagsterModule]) -> dict[str, Stage]:
    """Return the stage of each module with assets."""
    return {
        path: Stage("raw", "it has assets")
        for path, module in modules.items()
        if any(d.kind in ASSETS for d in module.definitions)
    }
