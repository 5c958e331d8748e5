"""One notebook: the facts about its code, and what it does that a module cannot do."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from posixpath import dirname

from relayout.inventory.evaluation import Evaluator
from relayout.inventory.expressions import Environment
from relayout.inventory.path_values import Unknown, repository_path
from relayout.inventory.python import PythonFile, read_python
from relayout.notebook import Notebook, is_notebook
from relayout.source import NotPython
from relayout.tree import Tree

_CHECKPOINTS = ".ipynb_checkpoints/"
"""Where Jupyter keeps copies of notebooks."""

_NAMES_FILE = re.compile(r"(?<![\w./-])(?:[\w.-]+/)*[\w-]+\.\w+(?![\w./-])|(?:[\w.-]+/)+[\w.-]+")
_EXTENSION = re.compile(r"%(?:re)?load_ext\s+([\w.]+)")
_CURRENT_FOLDER = ast.parse("os.getcwd()", mode="eval").body


def notebooks_of(tree: Tree) -> frozenset[str]:
    """Return the paths of a tree's notebooks, without the copies that Jupyter makes of them."""
    return frozenset(
        path
        for path in tree
        if is_notebook(path) and tree.is_regular(path) and _CHECKPOINTS not in f"/{path}"
    )


def read_notebook(path: str, tree: Tree) -> PythonFile:
    """Return the facts about a notebook. Never raises for what it contains.

    A notebook is no program that something imports or starts by its ``main``.
    """
    facts = read_python(path, tree)
    if facts.error is not None:
        return facts
    notebook = Notebook.decode(tree.read(path))
    return replace(
        facts,
        is_script=False,
        acts=False,
        main=None,
        goes_to=_goes_to(notebook, path, tree),
        named_in_magics=tuple(_named_in_magics(notebook)),
        unread=tuple((m.line, m.error) for m in notebook.magics if m.error is not None),
        lines=tuple(map(notebook.file_line, range(1, len(notebook.line_starts)))),
    )


def _named_in_magics(notebook: Notebook) -> list[tuple[int, str]]:
    """Return (line, text) of what looks like a path in a magic, and the extensions it loads."""
    return [
        (magic.lines[magic.text.count("\n", 0, match.start())], match.group(match.lastindex or 0))
        for magic in notebook.magics
        for pattern in (_NAMES_FILE, _EXTENSION)
        for match in pattern.finditer(magic.text)
    ]


def _goes_to(notebook: Notebook, path: str, tree: Tree) -> tuple[str | None, ...]:
    """Return the folders that the cells make the current one, in order."""
    if "chdir" not in notebook.text:
        return ()
    try:
        module = notebook.parse()
    except NotPython:
        return ()
    found: list[str | None] = []

    def observe(statement: ast.stmt, env: Environment) -> None:
        try:
            folder = repository_path(evaluator.value(_CURRENT_FOLDER, env))
        except Unknown:
            folder = None
        found.append(folder)

    evaluator = Evaluator(module, path, tree)
    evaluator.observers.append(observe)
    evaluator.run_leniently(module.body, Environment())
    return tuple(folder for folder in dict.fromkeys(found) if folder != dirname(path))
