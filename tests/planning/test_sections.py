"""Which section a module belongs to, by the definitions that it has."""

from __future__ import annotations

import pytest

from relayout.inventory.dagster import KINDS, DagsterModule, Definition
from relayout.planning.sections import SECTION_OF, SECTIONS, section_of


def module(*definitions: tuple[str, int]) -> DagsterModule:
    """Return a module with definitions of these kinds, each of so many lines."""
    found, line = [], 1
    for number, (kind, lines) in enumerate(definitions):
        found.append(Definition(f"d{number}", kind, line, line + lines - 1))
        line += lines
    return DagsterModule("src/shop/defs/module.py", tuple(found))


def test_every_kind_has_a_section() -> None:
    assert set(SECTION_OF) == set(KINDS)
    assert set(SECTION_OF.values()) == set(SECTIONS)


@pytest.mark.parametrize(
    ("definitions", "section"),
    [
        ([("job", 3), ("schedule", 9)], "schedules"),
        ([("job", 9), ("sensor", 3), ("function", 40)], "jobs"),
        ([("asset", 2), ("sensor", 30)], "assets"),
        ([("asset_check", 5), ("resource", 5)], "checks"),
        ([("config", 5), ("function", 50)], "config"),
        ([("partitions", 1), ("class", 50)], "config"),
        ([("resource", 5), ("config", 50)], "resources"),
        ([("function", 5), ("value", 1)], "utils"),
        ([], "utils"),
    ],
)
def test_the_section_of_a_module(definitions: list[tuple[str, int]], section: str) -> None:
    assert section_of(module(*definitions)) == section


@pytest.mark.parametrize(
    ("makes", "section"), [("resource", "resources"), ("partitions", "config"), ("asset", "utils")]
)
def test_a_module_of_functions_belongs_where_what_they_make_does(makes: str, section: str) -> None:
    function = Definition("make", "function", 1, 5, makes=makes)
    assert section_of(DagsterModule("make.py", (function,))) == section
