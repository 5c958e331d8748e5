"""Things that are known by their dotted name."""

from __future__ import annotations

from importlib import import_module
from typing import Any


def import_string(dotted_path: str) -> Any:
    """Return what a dotted name leads to: the last part is a name in a module.

    Raises ImportError if there is no such module, or no such name in it.
    """
    module_path, dot, name = dotted_path.rpartition(".")
    if not dot:
        raise ImportError(f"{dotted_path} doesn't look like a module path")
    module = import_module(module_path)
    try:
        return getattr(module, name)
    except AttributeError as error:
        problem = f'Module "{module_path}" does not define a "{name}" attribute/class'
        raise ImportError(problem) from error
