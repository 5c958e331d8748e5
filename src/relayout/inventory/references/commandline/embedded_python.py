"""Python code inside of other files: the modules that its imports name."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator
from dataclasses import replace
from textwrap import dedent

from relayout.inventory.references.commandline.surroundings import Surroundings
from relayout.inventory.references.reference import Form, Reference, named_module
from relayout.inventory.search_paths import is_standard_library

_LARGEST = 100_000
_FROM = re.compile(r"from[ \t]+(?P<name>[A-Za-z_][\w.]*)[ \t]+import\b")
_AS = re.compile(r"import[ \t]+(?P<name>[A-Za-z_][\w.]*)[ \t]+as\b")


def imported_modules(code: str, around: Surroundings) -> Iterator[Reference]:
    """Yield the modules whose names can be changed alone: ``from x import y``, ``import x as y``.

    Nothing is yielded for what is no Python.
    """
    base = around.base
    if base is None or "import" not in code or not _is_python(code):
        return
    position = 0
    for line in code.splitlines(keepends=True):
        begin = position + len(line) - len(line.lstrip())
        position += len(line)
        match = _FROM.match(code, begin) or _AS.match(code, begin)
        if match and not is_standard_library(match["name"]):
            found = named_module(base.folder, match["name"], around.scene.tree)
            if found is not None:
                start, end = match.span("name")
                place = Reference(start, end, match["name"], found, around.kind, base)
                yield replace(place, form=Form.MODULE, runs=True)


def _is_python(code: str) -> bool:
    if len(code) > _LARGEST:
        return False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(dedent(code))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True
