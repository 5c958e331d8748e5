"""What a repository itself says about the answers that the template asks for."""

from __future__ import annotations

import re
from posixpath import basename, dirname
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from relayout.inventory.conda import environment_python
from relayout.inventory.pipfile import pipfile_python
from relayout.tree import Tree

_COMMAND = re.compile(r"(^|/)management/commands/[^_/][^/]*\.py$")
"""Where Django looks for management commands
(https://docs.djangoproject.com/en/5.2/howto/custom-management-commands/)."""

_PROJECT = re.compile(r"packages/[^/]+/pyproject\.toml")

_COMPOSE = re.compile(r"(docker-)?compose(\.[\w.-]+)?\.ya?ml")
"""Files in which ``docker compose`` finds services
(https://docs.docker.com/compose/intro/compose-application-model/#the-compose-file)."""

_OF_DAGSTER = ("workspace.yaml", "dagster.yaml", "dagster_cloud.yaml", "dg.toml")
"""Files that tell Dagster what to load, and how
(https://docs.dagster.io/deployment/code-locations/workspace-yaml)."""

_OF_COMPONENTS = tuple(
    re.compile(rb"^[ \t]*(?:from|import)[ \t]+(?:%s)\b" % names, re.MULTILINE)
    for names in (b"airflow", b"pyspark", b"confluent_kafka|kafka|aiokafka|faust|quixstreams")
)
"""Imports of what the components of the layout batch-streaming work with."""

_PYTHONS = ("3.10", "3.11", "3.12", "3.13", "3.14")


def detect_answers(tree: Tree, folder_name: str, layout: str) -> dict[str, Any]:
    """Return answers for a layout's questionnaire that follow from what is in the tree."""
    project = _project(tree)
    return {
        "project_name": _plain(str(project.get("name", ""))) or _title(folder_name),
        "description": _plain(str(project.get("description", ""))),
        "package_manager": _package_manager(tree, layout),
        "python_version": _python_version(tree, str(project.get("requires-python", ""))),
        "ci": _ci(tree),
        "pipeline": "",
    }


def detect_layout(tree: Tree) -> str:
    """Return the layout that fits a repository which is on none."""
    projects = any(_PROJECT.fullmatch(path) for path in tree)
    commands = any(_COMMAND.search(path) for path in tree.modules)
    if projects or commands:
        return "monorepo"
    dbt = _dbt_projects(tree)
    dagster = _is_dagster(tree)
    if len(dbt) > 1:
        return "pipeline-centric"
    if not dagster and _streams_and_batches(tree):
        return "batch-streaming"
    if dbt and any(_COMPOSE.fullmatch(path) for path in tree):
        return "pipeline-centric"
    return "dagster" if dagster else "src-layout"


def _dbt_projects(tree: Tree) -> set[str]:
    return {
        dirname(path)
        for path in tree
        if basename(path) == "dbt_project.yml" and "dbt_packages" not in path.split("/")
    }


def _streams_and_batches(tree: Tree) -> bool:
    """Tell whether code works with two of Airflow, Spark and a client of Kafka."""
    wanted = list(_OF_COMPONENTS)
    for path in sorted(tree.modules):
        if not {"tests", "test", "__legacy"}.isdisjoint(path.split("/")):
            continue
        content = tree.read(path)
        wanted = [imports for imports in wanted if not imports.search(content)]
        if len(wanted) < len(_OF_COMPONENTS) - 1:
            return True
    return False


def _is_dagster(tree: Tree) -> bool:
    """Tell whether Dagster loads the repository, by a workspace or by settings of its tools.

    A repository that only depends on Dagster may be a library for it.
    """
    if any(path.rpartition("/")[2] in _OF_DAGSTER for path in tree):
        return True
    text = tree.read("pyproject.toml") if "pyproject.toml" in tree else b""
    return re.search(rb"^\s*\[\[?tool\.(dagster|dg)\b", text, re.MULTILINE) is not None


def _project(tree: Tree) -> dict[str, Any]:
    if "pyproject.toml" not in tree:
        return {}
    try:
        text = tree.read("pyproject.toml").decode("utf-8", errors="replace")
        document = tomlkit.parse(text).unwrap()
    except TOMLKitError:
        return {}
    project = document.get("project") or document.get("tool", {}).get("poetry", {})
    return project if isinstance(project, dict) else {}


def _plain(text: str) -> str:
    """Return a text without what the questionnaire refuses in a name."""
    return " ".join(re.sub(r"[^\w .,:'&()/+-]", " ", text).split())[:80]


def _title(folder: str) -> str:
    words = re.split(r"[-_.\s]+", _plain(folder))
    return " ".join(word.capitalize() for word in words if word) or "Data pipelines"


def _package_manager(tree: Tree, layout: str) -> str:
    projects = [path for path in tree if _PROJECT.fullmatch(path)]
    text = b"".join(tree.read(path) for path in ("pyproject.toml", *projects) if path in tree)
    if "uv.lock" in tree or b"[tool.uv" in text:
        return "uv"
    if "poetry.lock" in tree or b"[tool.poetry" in text:
        return "poetry"
    is_pips = "requirements.txt" in tree and layout != "monorepo"  # pip locks no workspace
    return "pip" if is_pips else "uv"


def _ci(tree: Tree) -> str:
    if ".gitlab-ci.yml" in tree:
        return "gitlab"
    return "github" if ".github" in tree.folders else "none"


def _python_version(tree: Tree, required: str) -> str:
    named = re.search(r"3\.\d+", required)
    if named is None and ".python-version" in tree:
        named = re.search(r"3\.\d+", tree.read(".python-version").decode(errors="replace"))
    named = named or re.search(r"3\.\d+", pipfile_python(tree) or environment_python(tree))
    return named.group() if named and named.group() in _PYTHONS else _PYTHONS[0]
