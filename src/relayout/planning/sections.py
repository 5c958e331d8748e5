"""Sections of a Dagster layout: the folders that definitions are sorted into, by what they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from relayout.inventory.dagster import ASSETS, PLAIN, DagsterModule

SECTION_OF: Mapping[str, str] = {
    **dict.fromkeys(ASSETS, "assets"),
    **dict.fromkeys(("op", "graph", "job", "asset_job"), "jobs"),
    "schedule": "schedules",
    "sensor": "sensors",
    "asset_check": "checks",
    **dict.fromkeys(("resource", "io_manager"), "resources"),
    **dict.fromkeys(("partitions", "config"), "config"),
    "definitions": "definitions",
    **dict.fromkeys(PLAIN, "utils"),
}
"""The section of each kind of definition."""

MAIN = ("definitions", "assets", "jobs", "schedules", "sensors", "checks", "resources")
"""Sections of what is a definition for its own sake: configuration and the rest support them."""

SECTIONS = (*MAIN, "config", "utils")

KIND_FOLDERS = frozenset(
    {"assets", "jobs", "ops", "graphs", "schedules", "sensors", "checks", "asset_checks"}
    | {"resources", "io_managers", "config", "configs", "partitions"}
    | {"utils", "util", "helpers", "lib"}
)
"""Folders whose name says no more than what kind of definitions stand in them."""


def sections_in(module: DagsterModule) -> Counter[str]:
    """Return how many lines of a module belong to each section."""
    lines: Counter[str] = Counter()
    for definition in module.definitions:
        section = SECTION_OF[definition.kind]
        lines[section] += definition.last_line - definition.first_line + 1
    return lines


def section_of(module: DagsterModule) -> str:
    """Return the section that a module belongs to as a whole.

    Definitions for their own sake count before what supports them, and assets before all others:
    whoever looks for one goes to the assets. Then lines decide; where they are equal, the order of
    :data:`SECTIONS`. A module of functions that make resources, or
    configuration, belongs to these.
    """
    lines = sections_in(module)
    present = [section for section in MAIN if section in lines]
    if "assets" in present:
        return "assets"
    if present:
        return max(present, key=lambda section: lines[section])
    made = {SECTION_OF[d.makes] for d in module.definitions if d.makes}
    return next((s for s in ("resources", "config") if s in lines or s in made), "utils")
