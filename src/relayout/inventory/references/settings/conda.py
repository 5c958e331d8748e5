"""``environment.yml``: what pip is told in an environment of conda.

https://docs.conda.io/projects/conda/en/stable/user-guide/tasks/manage-environments.html; it writes
the list to a file beside it, so that all paths in it count from the folder of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import basename

from relayout.inventory.references.reference import Reference, beside
from relayout.inventory.references.settings.requirements import requirement_paths
from relayout.inventory.references.spans.yaml_spans import scalars_of
from relayout.tree import Tree

KIND = "environment.yml"
_NAME = re.compile(r"(?:conda[-_])?env(?:ironment)?(?:[-_.][\w.-]+)?\.ya?ml")
_PIP = ("dependencies", "-", "pip", "-")


def is_conda(path: str) -> bool:
    """Tell whether a file describes an environment, by its name."""
    return _NAME.fullmatch(basename(path)) is not None


def read_conda(text: str, path: str, tree: Tree) -> Iterator[Reference]:
    """Yield what the items of pip's list name."""
    for scalar in scalars_of(text):
        if scalar.keys == _PIP and not scalar.places:
            line = text[scalar.start : scalar.end]
            yield from requirement_paths(scalar.start, line, path, KIND, tree, beside(path))
