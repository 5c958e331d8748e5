"""Airflow: which modules define DAGs, and what these are called.

A DAG is an object of the class ``DAG``, or what the decorator ``dag`` makes of a function
(https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/dags.html).
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from relayout.inventory.python import PythonFile
from relayout.notebook import is_notebook, read_source
from relayout.source import NotPython, last_name, nodes_of
from relayout.tree import Tree

_SIGNS = (b"DAG", b"dag(", b"@dag", b"DbtDag")
_DAG_CLASSES = ("DAG", "DbtDag")


@dataclass(frozen=True, slots=True)
class AirflowModule:
    """A module with DAGs, and the ids of those that say theirs."""

    path: str
    dag_ids: tuple[str, ...] = ()


def airflow_modules(tree: Tree, python: Mapping[str, PythonFile]) -> dict[str, AirflowModule]:
    """Return, by path, the modules that define DAGs. Never raises for what files contain."""
    found: dict[str, AirflowModule] = {}
    for path, file in sorted(python.items()):
        if is_notebook(path) or not _uses_airflow(file):
            continue
        content = tree.read(path)
        if any(sign in content for sign in _SIGNS):
            try:
                module = read_source(path, content).parse()
            except NotPython:
                continue
            ids = list(_dags(module))
            if ids:
                found[path] = AirflowModule(path, tuple(i for i in dict.fromkeys(ids) if i))
    return found


def _uses_airflow(file: PythonFile) -> bool:
    return not file.imported_tops.isdisjoint({"airflow", "cosmos"})


def _dags(module: ast.Module) -> Iterator[str]:
    """Yield the id of each DAG, empty for one that is computed."""
    for node in nodes_of(module):
        if isinstance(node, ast.Call) and last_name(node.func) in _DAG_CLASSES:
            yield _id(node, "")
        elif isinstance(node, ast.FunctionDef):
            for decorator in node.decorator_list:
                called = decorator.func if isinstance(decorator, ast.Call) else decorator
                if last_name(called) == "dag":
                    is_call = isinstance(decorator, ast.Call)
                    yield _id(decorator, node.name) if is_call else node.name


def _id(call: ast.expr, otherwise: str) -> str:
    assert isinstance(call, ast.Call)
    values = [*call.args[:1], *(k.value for k in call.keywords if k.arg == "dag_id")]
    for value in values:
        if isinstance(value, ast.Constant) and isinstance(value.value, str):
            return value.value
    return otherwise
