"""What is the platform's own: folders of orchestration, monitoring, security, governance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from posixpath import basename, dirname

from relayout.inventory.paths_of_tests import is_test
from relayout.planning.pipeline_parts.claims import Claim, Claims, dags_folder
from relayout.tree import Tree, ancestors, is_within

ORCHESTRATION = "platform-orchestration"
_FILES = frozenset(
    {"workspace.yaml", "workspace.yml", "dagster.yaml", "dagster.yml", "airflow.cfg"}
)
_NAMES: Mapping[str, frozenset[str]] = {
    ORCHESTRATION: frozenset(
        {"dagster", "airflow", "orchestration", "orchestrator", "dagster_home"}
        | {"airflow_home", "dagster_project", "workspace"}
    ),
    "platform-monitoring": frozenset(
        {"monitoring", "observability", "prometheus", "grafana", "alerting", "alerts"}
    ),
    "platform-security": frozenset({"security", "iam", "policies", "access_control"}),
    "platform-governance": frozenset(
        {"governance", "lineage", "catalog", "catalogue", "data_catalog", "data_contracts"}
    ),
}
_WORDS = {
    ORCHESTRATION: "it is in a folder of the orchestrator",
    "platform-monitoring": "it is in a folder of what watches the platform",
    "platform-security": "it is in a folder of who may do what",
    "platform-governance": "it is in a folder of what describes the data",
}


def platform_folders(tree: Tree, ignored: Iterable[str]) -> dict[str, str]:
    """Return the folders that are the platform's, each with its section; none is in another.

    ``ignored`` are folders that others have.
    """
    others = set(ignored)
    found: dict[str, str] = {}
    for folder in sorted(tree.folders):
        if not folder or folder.startswith("."):
            continue
        if not others.isdisjoint((folder, *ancestors(folder))) or any(
            above in found for above in ancestors(folder)
        ):
            continue
        section = _section(folder, tree)
        if section:
            found[folder] = section
    return found


def _section(folder: str, tree: Tree) -> str:
    name = basename(folder).lower()
    if any(f"{folder}/{file}" in tree for file in _FILES):
        return ORCHESTRATION
    if "/" in folder and folder.partition("/")[0] not in ("services", "infra", "platform"):
        return ""
    return next((section for section, names in _NAMES.items() if name in names), "")


def claim_platform(claims: Claims) -> dict[str, str]:
    """Claim what is left in folders of the platform; return these, each with its section.

    Modules that something imports cannot stand there, where no package is: they are shared. What
    Airflow finds by its place stands together.
    """
    tree = claims.inventory.tree
    dbt = {p.folder for p in (*claims.pipelines.all, *claims.pipelines.packages)} - {""}
    folders = platform_folders(tree, (*claims.whole, *dbt))
    for path in sorted(tree):
        above = next((folder for folder in ancestors(path) if folder in folders), None)
        if above is None or not claims.is_open(path) or claims.is_in_stack(path):
            continue
        section = folders[above]
        if _is_shared(path, above, claims):
            claims.claim(path, Claim("", "shared", "what is in platform/ cannot be imported"))
        elif _may_go(path, above, claims):
            claims.claim(path, Claim("", section, _WORDS[section]))
    for path in sorted(claims.dags):
        if claims.is_open(path) and dags_folder(path):
            because = "Airflow finds it in its folder"
            claims.claim_folder(dags_folder(path), Claim("", ORCHESTRATION, because))
    for path in ("workspace.yaml", "workspace.yml"):
        if path in tree and claims.is_open(path) and claims.pipelines.all:
            claims.claim(path, Claim("", ORCHESTRATION, "it says which code is loaded"))
    return folders


def _is_shared(path: str, folder: str, claims: Claims) -> bool:
    """Tell whether a module of a folder must be importable by its name.

    Where Airflow is, it has the folders around its DAGs on the search path.
    """
    if path not in claims.module_set or path in claims.airflow:
        return False
    importers = {p for p in claims.importers.get(path, ()) if not is_test(p)}
    if any(dag.startswith(f"{folder}/") for dag in claims.airflow):
        importers = {p for p in importers if not p.startswith(f"{folder}/")}
    return bool(importers)


def _may_go(path: str, folder: str, claims: Claims) -> bool:
    """Tell whether a file of the folder goes with it; a package's marker only beside a module."""
    has_dags = any(dag.startswith(f"{folder}/") for dag in claims.airflow)
    if basename(path) == "__init__.py" and not has_dags:
        return any(
            claim.section == ORCHESTRATION and is_within(other, dirname(path))
            for other, claim in claims.found.items()
            if other.startswith(f"{folder}/")
        )
    return True
