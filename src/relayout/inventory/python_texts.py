"""What the strings of a Python file say, where the file may be a notebook.

Of a formatted string, what is computed is ``{}``. Docstrings say nothing.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass

from relayout.notebook import Notebook, read_source
from relayout.source import NotPython, last_name, nodes_of
from relayout.tree import Tree

_TABLE_CALLS = frozenset(
    {"bulk_load", "copy_expert", "get_table", "insertInto", "insert_rows"}
    | {"load_table_from_dataframe", "read_gbq", "read_sql_table", "read_table", "saveAsTable"}
    | {"table", "to_gbq", "to_sql", "write_pandas"}
)
"""Functions of common libraries that are handed the name of a table."""

_TABLE_ARGUMENTS = ("name", "table", "table_name")


@dataclass(frozen=True, slots=True)
class Texts:
    """``said`` are the strings; ``tables`` those that functions take as the name of a table.

    ``magics`` is what is not Python in a notebook.
    """

    said: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    magics: tuple[str, ...] = ()


def read_texts(path: str, tree: Tree) -> Texts:
    """Return what a file's strings say; nothing for one that cannot be read."""
    try:
        source = read_source(path, tree.read(path))
        module = source.parse()
    except NotPython:
        return Texts()
    magics = tuple(m.text for m in source.magics) if isinstance(source, Notebook) else ()
    aside: set[int] = set()
    said: list[str] = []
    tables: list[str] = []
    for node in nodes_of(module):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            aside.add(id(node.value))
        elif isinstance(node, ast.JoinedStr):
            aside.update(map(id, node.values))
            said.append("".join(_piece(value) for value in node.values))
        elif isinstance(node, ast.Call):
            tables += _table_named(node)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            if id(node) not in aside:
                said.append(node.value)
    return Texts(tuple(dict.fromkeys(said)), tuple(dict.fromkeys(tables)), magics)


def _piece(value: ast.expr) -> str:
    return value.value if isinstance(value, ast.Constant) and isinstance(value.value, str) else "{}"


def _table_named(call: ast.Call) -> list[str]:
    if last_name(call.func) not in _TABLE_CALLS:
        return []
    named = (k.value for k in call.keywords if k.arg in _TABLE_ARGUMENTS)
    values = [*call.args[:2], *named]
    return [v.value for v in values if isinstance(v, ast.Constant) and isinstance(v.value, str)]
