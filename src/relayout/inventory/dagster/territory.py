"""Which files of a Dagster project may be sorted: not tests, nor what is in quarantine."""

from __future__ import annotations

from collections.abc import Mapping
from posixpath import basename, dirname

from relayout.inventory.dagster.definition import PLAIN, DagsterModule
from relayout.inventory.paths_of_tests import is_for_tests
from relayout.inventory.search_paths import is_quarantined
from relayout.notebook import is_notebook

_NO_PART = frozenset({"setup.py", "noxfile.py", "conftest.py"})
_NO_GROUND = frozenset({"definitions", *PLAIN})


def is_part(path: str) -> bool:
    """Tell whether a module may be part of a folder of definitions."""
    if is_notebook(path) or is_for_tests(path) or is_quarantined(path):
        return False
    return basename(path) not in _NO_PART


def definition_folders(modules: Mapping[str, DagsterModule]) -> frozenset[str]:
    """Return the folders of definitions.

    They have a module with definitions of Dagster's other than a ``Definitions`` object; tests, and
    what is in quarantine, do not count.
    """
    return frozenset(
        dirname(path)
        for path, module in modules.items()
        if is_part(path) and any(d.kind not in _NO_GROUND for d in module.definitions)
    )
