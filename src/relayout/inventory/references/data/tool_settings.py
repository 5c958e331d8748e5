"""Settings of smaller data tools in YAML: for each, the keys that name files or run commands.

Paths count from the folder of the file:
Great Expectations (https://docs.greatexpectations.io/docs/0.18/reference/learn/terms/data_context),
MLflow projects (https://mlflow.org/docs/latest/ml/projects/), Meltano
(https://docs.meltano.com/reference/settings), Render
(https://render.com/docs/blueprint-spec), App Engine
(https://cloud.google.com/appengine/docs/standard/reference/app-yaml), Read the Docs
(https://docs.readthedocs.com/platform/stable/config-file/v2.html).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fnmatch import fnmatch
from posixpath import basename

from relayout.inventory.references.commandline.surroundings import Surroundings
from relayout.inventory.references.data.keyed_yaml import (
    Table,
    around_file,
    as_command,
    as_path,
    read_keyed,
)
from relayout.inventory.references.reference import Reference, named_from
from relayout.tree import Tree

_TRANSFORM = "transform"
_BY_CONVENTION = "which Meltano takes for the project unless project_dir of the plugin says another"
_LOCAL = re.compile(r"(?<!\S)(?P<path>[\w.-]*/[^\s@:]*)(?!\S)")


def _requirement(text: str, around: Surroundings) -> Iterator[Reference]:
    """Yield the folders that packages are installed from."""
    for match in _LOCAL.finditer(text):
        for found in as_path(match["path"], around):
            shift = match.start("path")
            yield replace(found, start=found.start + shift, end=found.end + shift)


def _dbt_plugin(text: str, around: Surroundings) -> Iterator[Reference]:
    """Yield the folder that Meltano's plugin for dbt takes for the project if nothing is said.

    https://hub.meltano.com/utilities/dbt-postgres/
    """
    base, tree = around.base, around.scene.tree
    if base is None or not text.startswith("dbt-") or b"project_dir" in tree.read(around.file):
        return
    folder = named_from(base.folder, _TRANSFORM)
    if folder is not None and f"{folder}/dbt_project.yml" in tree:
        place = Reference(0, len(text), text, folder, around.kind, base, doubt=_BY_CONVENTION)
        yield replace(place, filled=_TRANSFORM)


_TOOLS: tuple[tuple[str, str, Table], ...] = (
    (
        "great-expectations",
        "great_expectations.y*ml",
        (
            ("**/base_directory", as_path),
            ("plugins_directory", as_path),
            ("config_variables_file_path", as_path),
        ),
    ),
    (
        "mlflow",
        "MLproject",
        (
            ("entry_points/*/command", as_command),
            ("conda_env", as_path),
            ("python_env", as_path),
        ),
    ),
    (
        "meltano",
        "meltano.y*ml",
        (
            ("include_paths", as_path),
            ("plugins/utilities/name", _dbt_plugin),
            ("plugins/transformers/name", _dbt_plugin),
            ("plugins/*/pip_url", _requirement),
            ("plugins/*/executable", as_path),
            ("plugins/*/catalog", as_path),
            ("plugins/*/config/catalog", as_path),
            ("plugins/*/config/project_dir", as_path),
            ("plugins/*/config/profiles_dir", as_path),
            ("plugins/*/config/path", as_path),
            ("plugins/*/config/files/path", as_path),
        ),
    ),
    (
        "render",
        "render.y*ml",
        (
            ("services/rootDir", as_path),
            ("services/dockerfilePath", as_path),
            ("services/dockerContext", as_path),
            ("services/buildCommand", as_command),
            ("services/startCommand", as_command),
            ("services/preDeployCommand", as_command),
            ("services/buildFilter/*", as_path),
        ),
    ),
    (
        "app-engine",
        "app.y*ml",
        (
            ("entrypoint", as_command),
            ("handlers/static_dir", as_path),
            ("handlers/static_files", as_path),
            ("includes", as_path),
        ),
    ),
    (
        "read-the-docs",
        ".readthedocs.y*ml",
        (
            ("python/install/requirements", as_path),
            ("python/install/path", as_path),
            ("sphinx/configuration", as_path),
            ("mkdocs/configuration", as_path),
            ("conda/environment", as_path),
            ("build/jobs/*", as_command),
            ("build/commands", as_command),
        ),
    ),
)


def is_tool_settings(path: str) -> bool:
    """Tell whether a file is one that is known, by its name."""
    return any(fnmatch(basename(path), name) for _, name, _ in _TOOLS)


def read_tool_settings(text: str, path: str, tree: Tree) -> Iterator[Reference]:
    """Yield what the known keys of a file name."""
    for kind, name, table in _TOOLS:
        if fnmatch(basename(path), name):
            yield from read_keyed(text, table, around_file(path, kind, tree))
