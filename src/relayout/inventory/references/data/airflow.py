"""Airflow's ``airflow.cfg``: the folders of DAGs, plugins and logs.

``AIRFLOW_HOME`` is the folder that holds the file, unless the environment says otherwise
(https://airflow.apache.org/docs/apache-airflow/stable/howto/set-config.html). An absolute path is
one of the machine or the container that Airflow runs in, and stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from posixpath import basename, dirname

from relayout.inventory.references.data.keyed_yaml import around_file, as_path
from relayout.inventory.references.reference import Base, Reference, beside
from relayout.tree import Tree

KIND = "airflow"
_LINE = re.compile(
    r"^[ \t]*(?:dags_folder|plugins_folder)[ \t]*=[ \t]*(?P<value>[^\r\n]*)",
    re.MULTILINE,
)
_DOUBT = "and what AIRFLOW_HOME is cannot be told"
_HOME = re.compile(r"(?:\$\{AIRFLOW_HOME\}|\{AIRFLOW_HOME\}|\$AIRFLOW_HOME)/+")


def is_airflow(path: str) -> bool:
    """Tell whether a file has Airflow's settings, by its name."""
    return basename(path) == "airflow.cfg"


def read_airflow(text: str, path: str, tree: Tree) -> Iterator[Reference]:
    """Yield the folders of the repository that settings name."""
    for line in _LINE.finditer(text):
        home = _HOME.match(line["value"])
        length = home.end() if home else 0
        start = line.start("value") + length
        for base in (beside(path), Base(dirname(dirname(path))), Base()):
            found = list(as_path(line["value"][length:], around_file(path, KIND, tree, base)))
            for reference in found:
                doubt = "" if base.of_file else _DOUBT
                begin, end = reference.start + start, reference.end + start
                yield replace(reference, start=begin, end=end, doubt=doubt)
            if found:
                break
