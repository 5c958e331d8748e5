"""Files that name files: one module for each kind reads what a file of that kind names.

A reader takes the text of a file, its path and the tree, and returns references. It never raises
for what a file contains, and takes a word for a reference only if, read as the program that reads
the file would, it names something. What is done with a reference is the same for all kinds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from relayout.inventory.references.ci.dependency_updates import (
    is_dependabot,
    is_renovate,
    read_dependabot,
    read_renovate,
)
from relayout.inventory.references.ci.github_actions import is_github_actions, read_github_actions
from relayout.inventory.references.ci.gitlab_ci import is_gitlab_ci, read_gitlab_ci
from relayout.inventory.references.ci.jenkins import is_jenkins, read_jenkins
from relayout.inventory.references.ci.pattern_lines import is_pattern_file, read_pattern_lines
from relayout.inventory.references.ci.pipelines import is_pipeline, read_pipeline
from relayout.inventory.references.ci.pre_commit import is_pre_commit, read_pre_commit
from relayout.inventory.references.ci.quality_services import (
    is_codecov,
    is_labeler,
    is_sonar,
    read_codecov,
    read_labeler,
    read_sonar,
)
from relayout.inventory.references.containers.compose import is_compose, read_compose
from relayout.inventory.references.containers.devcontainer import is_devcontainer, read_devcontainer
from relayout.inventory.references.containers.dockerfile import is_dockerfile, read_dockerfile
from relayout.inventory.references.containers.kubernetes import is_kubernetes, read_kubernetes
from relayout.inventory.references.data.airflow import is_airflow, read_airflow
from relayout.inventory.references.data.dagster import is_dagster, read_dagster
from relayout.inventory.references.data.database_migrations import (
    is_database_migrations,
    read_database_migrations,
)
from relayout.inventory.references.data.databricks import is_databricks, read_databricks
from relayout.inventory.references.data.dbt import is_dbt, read_dbt
from relayout.inventory.references.data.dbt_settings import is_settings, read_dbt_settings
from relayout.inventory.references.data.dvc import is_dvc, read_dvc
from relayout.inventory.references.data.kestra import is_kestra, read_kestra
from relayout.inventory.references.data.prefect import is_prefect, read_prefect
from relayout.inventory.references.data.rule_files import is_rules, read_rules
from relayout.inventory.references.data.serverless import is_serverless, read_serverless
from relayout.inventory.references.data.terraform import is_terraform, read_terraform
from relayout.inventory.references.data.tool_settings import is_tool_settings, read_tool_settings
from relayout.inventory.references.documents.markdown import is_markdown, read_markdown
from relayout.inventory.references.documents.mkdocs import is_mkdocs, read_mkdocs
from relayout.inventory.references.documents.notebook import is_followed_notebook, read_notebook
from relayout.inventory.references.documents.restructured_text import (
    is_restructured_text,
    read_restructured_text,
)
from relayout.inventory.references.reference import Reference
from relayout.inventory.references.scripts.editor import is_editor_file, read_editor_file
from relayout.inventory.references.scripts.just import is_justfile, read_justfile
from relayout.inventory.references.scripts.make import is_make, read_make
from relayout.inventory.references.scripts.package_json import is_package_json, read_package_json
from relayout.inventory.references.scripts.run_configurations import (
    is_run_configuration,
    read_run_configuration,
)
from relayout.inventory.references.scripts.services import (
    is_procfile,
    is_unit,
    read_procfile,
    read_unit,
)
from relayout.inventory.references.scripts.shell import is_shell, read_shell
from relayout.inventory.references.scripts.taskfile import is_taskfile, read_taskfile
from relayout.inventory.references.scripts.windows_scripts import (
    is_batch,
    is_powershell,
    read_batch,
    read_powershell,
)
from relayout.inventory.references.settings.conda import is_conda, read_conda
from relayout.inventory.references.settings.ini_settings import is_ini_settings, read_ini_settings
from relayout.inventory.references.settings.manifest import is_manifest, read_manifest
from relayout.inventory.references.settings.pyright import is_pyright, read_pyright
from relayout.inventory.references.settings.requirements import (
    is_requirements,
    read_requirements_file,
)
from relayout.inventory.references.settings.toml_settings import (
    is_toml_settings,
    read_toml_settings,
)
from relayout.per_file import PerFile, one_by_one
from relayout.tree import Tree

_Reader = Callable[[str, str, Tree], Iterable[Reference]]

READERS: tuple[tuple[Callable[[str], bool], _Reader], ...] = (
    (is_shell, read_shell),
    (is_github_actions, read_github_actions),
    (is_gitlab_ci, read_gitlab_ci),
    (is_pipeline, read_pipeline),
    (is_jenkins, read_jenkins),
    (is_pattern_file, read_pattern_lines),
    (is_pre_commit, read_pre_commit),
    (is_dependabot, read_dependabot),
    (is_renovate, read_renovate),
    (is_codecov, read_codecov),
    (is_labeler, read_labeler),
    (is_sonar, read_sonar),
    (is_conda, read_conda),
    (is_ini_settings, read_ini_settings),
    (is_manifest, read_manifest),
    (is_pyright, read_pyright),
    (is_requirements, read_requirements_file),
    (is_toml_settings, read_toml_settings),
    (is_kestra, read_kestra),
    (is_dagster, read_dagster),
    (is_dbt, read_dbt),
    (is_terraform, read_terraform),
    (is_airflow, read_airflow),
    (is_database_migrations, read_database_migrations),
    (is_databricks, read_databricks),
    (is_dvc, read_dvc),
    (is_kubernetes, read_kubernetes),
    (is_prefect, read_prefect),
    (is_rules, read_rules),
    (is_serverless, read_serverless),
    (is_tool_settings, read_tool_settings),
    (is_markdown, read_markdown),
    (is_restructured_text, read_restructured_text),
    (is_mkdocs, read_mkdocs),
    (is_followed_notebook, read_notebook),
    (is_make, read_make),
    (is_justfile, read_justfile),
    (is_taskfile, read_taskfile),
    (is_powershell, read_powershell),
    (is_batch, read_batch),
    (is_procfile, read_procfile),
    (is_unit, read_unit),
    (is_package_json, read_package_json),
    (is_editor_file, read_editor_file),
    (is_run_configuration, read_run_configuration),
    (is_dockerfile, read_dockerfile),
    (is_compose, read_compose),
    (is_devcontainer, read_devcontainer),
    (is_settings, read_dbt_settings),
)
"""Whether a reader is for the file at a path, and the reader. A file may have several."""
_LARGEST = 2_000_000
"""A larger file, in bytes, is data."""
_LARGEST_NOTEBOOK = 50_000_000
"""Notebooks hold pictures."""


def decoded(content: bytes) -> tuple[str, str]:
    """Return the text of a file and the encoding that gives its bytes again."""
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    try:
        text = content.decode(encoding)
        if text.encode(encoding) == content:
            return text, encoding
    except UnicodeError:
        pass
    return content.decode("latin-1"), "latin-1"


def read_references(path: str, tree: Tree) -> list[Reference]:
    """Return what a file of the tree names, in order of place; none overlaps another."""
    readers = [read for is_for, read in READERS if is_for(path)]
    if not readers or not tree.is_regular(path):
        return []
    content = tree.read(path)
    if len(content) > (_LARGEST_NOTEBOOK if is_followed_notebook(path) else _LARGEST):
        return []
    text, _ = decoded(content)
    found = [reference for read in readers for reference in read(text, path, tree)]
    return list(_without_overlaps(found))


def _without_overlaps(found: list[Reference]) -> Iterator[Reference]:
    end = -1
    for reference in sorted(found, key=lambda r: (r.start, -r.end)):
        if reference.start >= end:
            yield reference
            end = reference.end


def find_references(
    tree: Tree, ignored: frozenset[str], per_file: PerFile = one_by_one
) -> dict[str, tuple[Reference, ...]]:
    """Return, by path, what the files of a tree name; those of ``ignored`` are not read."""
    readable = [path for path in sorted(tree) if path not in ignored and _is_readable(path)]
    found = per_file("Reading references", partial(read_references, tree=tree), readable)
    named = zip(readable, found, strict=True)
    return {path: tuple(references) for path, references in named if references}


def _is_readable(path: str) -> bool:
    """Tell whether there is a reader for a file; for one of Python, the most frequent, is none."""
    return not path.endswith(".py") and any(is_for(path) for is_for, _ in READERS)
