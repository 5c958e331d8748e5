"""What other conversions ask about a project's settings."""

from __future__ import annotations

import ast
from collections.abc import Iterable

from relayout.conversions.django.settings.modules import read_settings
from relayout.conversions.django.settings.slices import Slicer
from relayout.inventory import Inventory
from relayout.inventory.django import DjangoProject


def set_names(inventory: Inventory, project: DjangoProject) -> frozenset[str]:
    """Return the settings that the module sets which ``manage.py`` names."""
    return frozenset() if not project.settings else _slicer(inventory, project).names


def names_carried(
    inventory: Inventory, project: DjangoProject, names: Iterable[str]
) -> frozenset[str]:
    """Return those of the names that the package's settings can have from the project's."""
    if not project.settings:
        return frozenset()
    slicer = _slicer(inventory, project)
    return frozenset(n for n in names if n in slicer.names and not slicer.needed_for(n).problem)


def plain_value(inventory: Inventory, project: DjangoProject, name: str) -> object | None:
    """Return the value of a setting that is written out once, as a literal; None for any other."""
    if not project.settings:
        return None
    slicer = _slicer(inventory, project)
    numbers = slicer.needed_for(name).numbers
    steps = [slicer.steps[number] for number in numbers]
    if len(steps) != 1 or steps[0].guards or slicer.module.overrides:
        return None
    node = steps[0].node
    if not isinstance(node, ast.Assign | ast.AnnAssign) or node.value is None:
        return None
    try:
        value: object = ast.literal_eval(node.value)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return None
    return value


def _slicer(inventory: Inventory, project: DjangoProject) -> Slicer:
    return Slicer(read_settings(project.settings[0], inventory))
