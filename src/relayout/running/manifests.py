"""dbt's manifests: they are built, hardly ever tracked, and read as soon as assets are imported.

A checkout gets those that stand in the work tree, where the project is or where it was
(https://docs.dagster.io/integrations/libraries/dbt/reference; the folder ``target`` is dbt's
default, https://docs.getdbt.com/reference/artifacts/manifest-json).
"""

from __future__ import annotations

from posixpath import basename, dirname, join

from relayout.repository import Repository
from relayout.tree import Tree

_PROJECT = "dbt_project.yml"
_MANIFEST = "target/manifest.json"


def built_manifests(repository: Repository, tree: Tree, other: Tree) -> dict[str, bytes]:
    """Return the manifests that the projects of a tree lack, by the path that they have there.

    ``other`` is the tree on the other side of the migration: a project with the same
    ``dbt_project.yml`` is the same project, at the place that it has there.
    """
    found: dict[str, bytes] = {}
    for project in _projects(tree):
        wanted = join(dirname(project), _MANIFEST)
        if wanted in tree:
            continue
        twins = [path for path in _projects(other) if other[path].blob == tree[project].blob]
        for place in (project, *twins):
            content = repository.content_in_work_tree(join(dirname(place), _MANIFEST))
            if content is not None:
                found[wanted] = content
                break
    return found


def _projects(tree: Tree) -> list[str]:
    return [path for path in sorted(tree) if basename(path) == _PROJECT]
