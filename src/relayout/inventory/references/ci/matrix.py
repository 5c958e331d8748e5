"""The matrix of a job: values that its steps run, enter or read, one after the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from yaml.nodes import MappingNode, Node, SequenceNode

from relayout.inventory.configured_paths.yaml_files import entries
from relayout.inventory.references.ci.pipeline import Page
from relayout.inventory.references.commandline.surroundings import Surroundings
from relayout.inventory.references.reference import Form, Reference, named_module
from relayout.inventory.references.spans.yaml_spans import Scalar, placed, scalar_of, scalars_in

_USED = r"\$\{\{\s*matrix\.NAME\s*\}\}"
_RUNS = r"(?:-m\s+\"?)"
_ENTERS = r"(?:\bcd\s+[\"']?)"
_DOUBT = "but the same value is used as more than a path, or may be"


def matrix_paths(
    matrix: Node | None, job: Node, around: Surroundings, page: Page
) -> Iterator[Reference]:
    """Yield the paths that the values of a matrix are.

    A bare word is one only if the steps use it as one; if they use it for something else too, it
    is in doubt.
    """
    used = [scalar for scalar in scalars_in(job, page.text) if not scalar.is_key]
    for name, node in _dimensions(matrix):
        scalar = scalar_of(node, page.text)
        if scalar is None or "\n" in scalar.value:
            continue
        pattern = _USED.replace("NAME", re.escape(name))
        if any(re.search(_RUNS + pattern, s.value) for s in used):
            yield from _module(scalar, around, page)
            continue
        is_file = "/" in scalar.value or "." in scalar.value.strip(".")
        doubt = "" if is_file else _doubt(pattern, used)
        if doubt is not None:
            for found in page.paths(node, around):
                yield replace(found, doubt=doubt)


def _dimensions(matrix: Node | None) -> Iterator[tuple[str, Node]]:
    """Yield the names and values of a matrix, and of what is included or excluded."""
    for name, (_, values) in entries(matrix).items():
        for item in values.value if isinstance(values, SequenceNode) else ():
            if not isinstance(item, MappingNode):
                yield name, item
                continue
            for key, (_, value) in entries(item).items():
                yield (key if name in ("include", "exclude") else f"{name}.{key}"), value


def _doubt(pattern: str, used: list[Scalar]) -> str | None:
    """Return the doubt about a bare word, an empty text for none; None if it is no path."""
    as_path, otherwise, words = 0, 0, 0
    for scalar in used:
        uses = len(re.findall(pattern, scalar.value))
        key = scalar.keys[-1] if scalar.keys else ""
        if not uses or key == "name":
            continue
        is_folder = "director" in key or key in ("path", "context", "dir")
        count = len(re.findall(f"{_ENTERS}{pattern}|{pattern}/", scalar.value))
        whole = uses if is_folder and re.match(pattern, scalar.value) else count
        as_path += whole
        otherwise += uses - whole
        words += key == "run" and bool(re.search(rf"(?:^|\s){pattern}(?=\s|$)", scalar.value))
    if not as_path and not words:
        return None
    return _DOUBT if otherwise else ""


def _module(scalar: Scalar, around: Surroundings, page: Page) -> Iterator[Reference]:
    """Yield the module that Python is told to run."""
    if around.base is None:
        return
    found = named_module(around.base.folder, scalar.value, page.tree)
    if found is not None:
        reference = Reference(
            0, len(scalar.value), scalar.value, found, page.kind, around.base, form=Form.MODULE
        )
        yield from placed([reference], scalar, page.text)
