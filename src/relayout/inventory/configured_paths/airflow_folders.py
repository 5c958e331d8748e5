"""What Airflow has on its search path without being told: its folders of DAGs and plugins.

It is so wherever the two are mounted or copied to
(https://airflow.apache.org/docs/apache-airflow/stable/administration-and-deployment/modules_management.html).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from posixpath import basename, dirname

from relayout.inventory.configured_paths.entry import AIRFLOW, ConfiguredPath
from relayout.tree import Tree, ancestors


def read_airflow_folders(tree: Tree, ignored: Collection[str]) -> Iterator[ConfiguredPath]:
    """Yield, for each module below a folder ``dags`` with a DAG in it, where it finds others.

    Modules among the plugins beside it find each other as well. Of several such folders above a
    module, the outermost counts.
    """
    folders: dict[str, bool] = {}
    for path in sorted(tree.modules):
        folder = _dags_folder(path)
        if folder and path not in ignored:
            folders[folder] = folders.get(folder, False) or _defines_dag(path, tree)
    for folder in (folder for folder, has_dags in folders.items() if has_dags):
        plugins = f"{dirname(folder)}/plugins".lstrip("/")
        beside = (plugins,) if plugins in tree.folders else ()
        for path in sorted(tree.modules):
            if path.startswith((f"{folder}/", *(f"{other}/" for other in beside))):
                yield ConfiguredPath(path, 0, (folder, *beside), path, AIRFLOW)


def _dags_folder(path: str) -> str:
    """Return the outermost folder called ``dags`` above a file; empty for none."""
    named = [folder for folder in ancestors(path) if basename(folder) == "dags"]
    return named[-1] if named else ""


def _defines_dag(path: str, tree: Tree) -> bool:
    content = tree.read(path)
    return b"airflow" in content and (b"DAG" in content or b"dag" in content)
