"""Sphinx's ``conf.py``: the folder that it runs in, and the extensions that it names.

Sphinx executes the file with the current folder set to the file's own, and imports each entry of
``extensions`` by its name; one of the project's own is found over ``sys.path``
(https://www.sphinx-doc.org/en/master/usage/configuration.html).
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from posixpath import basename

_SETTINGS = frozenset({"extensions", "html_theme", "master_doc", "root_doc"})


def is_sphinx_configuration(path: str, module: ast.Module) -> bool:
    """Tell whether a file is a ``conf.py`` that sets what Sphinx reads."""
    return basename(path) == "conf.py" and any(
        not _SETTINGS.isdisjoint(_names_set(node)) for node in module.body
    )


def sphinx_extensions(module: ast.Module) -> frozenset[str]:
    """Return the strings in whatever is assigned or added to ``extensions``, anywhere in a file."""
    return frozenset(
        part.value
        for node in ast.walk(module)
        if isinstance(node, ast.stmt) and "extensions" in _names_set(node)
        for part in ast.walk(node)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    )


def _names_set(node: ast.stmt) -> Iterator[str]:
    """Yield the names that a statement assigns, or calls a method of."""
    targets: list[ast.expr] = []
    if isinstance(node, ast.Assign):
        targets = node.targets
    elif isinstance(node, ast.AnnAssign | ast.AugAssign):
        targets = [node.target]
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        targets = [node.value.func.value] if isinstance(node.value.func, ast.Attribute) else []
    for target in targets:
        if isinstance(target, ast.Name):
            yield target.id
