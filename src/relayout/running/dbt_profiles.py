"""Profiles that stand in for those of a dbt project: the same names, and no database behind them.

Of a tracked ``profiles.yml`` only what SQL can see is taken: the targets' names, the types of their
databases, and schemas. Credentials are not read. What a connection has to say is invented
(https://docs.getdbt.com/docs/core/connect-data-platform/profiles.yml).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from posixpath import basename, dirname

from yaml.nodes import MappingNode, Node

from relayout.inventory.configured_paths.yaml_files import entries, text_of, value_of
from relayout.inventory.dbt import DbtProject
from relayout.inventory.dbt.settings import yaml_nodes
from relayout.tree import Tree, ancestors

_HOST = "localhost.invalid"
_ACCOUNT = {"user": "nobody", "password": "none"}
CONNECTIONS: Mapping[str, Mapping[str, object]] = {
    "duckdb": {"path": ":memory:", "schema": "main"},
    "postgres": {"host": _HOST, "port": 5432, "dbname": "db", "schema": "public", **_ACCOUNT},
    "redshift": {"host": _HOST, "port": 5439, "dbname": "db", "schema": "public", **_ACCOUNT},
    "trino": {
        **{"host": _HOST, "port": 8080, "method": "none", "user": "nobody"},
        **{"database": "db", "schema": "main"},
    },
    "snowflake": {
        **{"account": "none", "database": "db", "schema": "main", "warehouse": "none"},
        **_ACCOUNT,
    },
    "bigquery": {"method": "oauth", "project": "db", "dataset": "main"},
    "databricks": {"host": _HOST, "http_path": "/none", "token": "none", "schema": "main"},
    "spark": {"method": "thrift", "host": _HOST, "schema": "main"},
    "clickhouse": {"host": _HOST, "schema": "main", **_ACCOUNT},
    "sqlserver": {
        **{"driver": "none", "server": _HOST, "port": 1433, "database": "db", "schema": "dbo"},
        **_ACCOUNT,
    },
    "athena": {
        **{"s3_staging_dir": "s3://none/", "region_name": "us-east-1"},
        **{"database": "db", "schema": "main"},
    },
    "sqlite": {
        **{"database": "main", "schema": "main", "schema_directory": "."},
        "schemas_and_paths": {"main": ":memory:"},
    },
}
"""What a connection has to say, by the type of its database."""

_SEEN_IN_SQL = ("type", "schema", "dataset", "database", "catalog", "dbname")
_PLAIN = re.compile(r"[\w-]+")
_FILE = re.compile(r"profiles[\w.-]*\.ya?ml[\w.]*")


@dataclass(frozen=True, slots=True)
class Profile:
    """A profile that stands in: outputs by name, and which of them is taken."""

    name: str
    target: str = "dev"
    outputs: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: {"dev": {}})


def stand_in(project: DbtProject, tree: Tree) -> Profile:
    """Return the profile that stands in for a project's; without one, any database will do."""
    name = project.profile if _PLAIN.fullmatch(project.profile) else project.name
    for path in sorted(filter(_is_profile, tree), key=lambda path: _distance(path, project)):
        for document in yaml_nodes(path, tree):
            found = value_of(document, name)
            if isinstance(value_of(found, "outputs"), MappingNode):
                return _read(name, found)
    return Profile(name)


def _is_profile(path: str) -> bool:
    return _FILE.fullmatch(basename(path)) is not None


def _distance(path: str, project: DbtProject) -> tuple[int, str]:
    """Return how far a profile stands from a project: in it, above it, elsewhere."""
    folder = dirname(path)
    places = [project.folder, *ancestors(project.folder)]
    return places.index(folder) if folder in places else len(places), path


def _read(name: str, node: Node | None) -> Profile:
    outputs: dict[str, dict[str, str]] = {}
    for output, (_, value) in entries(value_of(node, "outputs")).items():
        said = {key: text_of(value_of(value, key)) or "" for key in _SEEN_IN_SQL}
        kind = said["type"] if said["type"] in CONNECTIONS else ""
        known = CONNECTIONS.get(kind, {})
        outputs[output] = {"type": kind} if kind else {}
        outputs[output] |= {
            key: text for key, text in said.items() if key in known and _PLAIN.fullmatch(text)
        }
    target = text_of(value_of(node, "target")) or ""
    chosen = target if target in outputs else next(iter(outputs), "dev")
    return Profile(name, chosen, outputs or {"dev": {}})
