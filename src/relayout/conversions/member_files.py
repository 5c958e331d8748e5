"""What a member of a workspace names outside of its folder, where no build backend looks.

A source distribution holds what is below its ``pyproject.toml`` and nothing else
(https://packaging.python.org/en/latest/specifications/source-distribution-format/), and patterns of
licence files may not climb (https://peps.python.org/pep-0639/).
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from relayout.conversions.dependencies import PATH
from relayout.conversions.toml_text import Inline
from relayout.inventory.declared import distribution_name, parse_requirement, table_at
from relayout.planning.plan import Finding

_ROOT = "../.."
"""The root of a repository, from the folder of a member."""


def keep_inside(document: dict[str, Any], readme: str) -> list[Finding]:
    """Change in place what leads out of a project; return what a person has to bring there.

    ``readme`` is the project's own readme, or empty.
    """
    project = table_at(document, "project")
    dynamic = table_at(document, "tool", "setuptools", "dynamic")
    for table in (project, dynamic, table_at(document, "tool", "poetry")):
        if _climbs(table.get("readme")):
            if table is dynamic and readme:
                files = table["readme"]["file"]
                kept = [f for f in files if not _climbs(f)] if isinstance(files, list) else []
                table["readme"] = {"file": [readme, *kept]}
            elif readme:
                table["readme"] = readme
            else:
                del table["readme"]
    findings = []
    if _climbs(project.get("license")):
        del project["license"]
        findings.append(_about_licence())
    if _climbs(project.get("license-files")):
        kept = [item for item in project["license-files"] if not _climbs(item)]
        project["license-files"] = kept
        findings.append(_about_licence())
    required = table_at(document, "build-system").get("requires", [])
    if any(str(text).replace("_", "-").startswith("setuptools-scm") for text in required):
        document.setdefault("tool", {}).setdefault("setuptools_scm", {}).setdefault("root", _ROOT)
    return list(dict.fromkeys(findings))


def name_members(document: dict[str, Any], members: Collection[str]) -> None:
    """Say of required members of the workspace that they are, as uv wants it of each.

    ``members`` are the names of the other projects
    (https://docs.astral.sh/uv/concepts/projects/workspaces/#workspace-sources).
    """
    known = {distribution_name(name) for name in members}
    for text in table_at(document, "project").get("dependencies", []):
        if distribution_name(text) in known:
            uv = document.setdefault("tool", {}).setdefault("uv", {})
            name = parse_requirement(text).name
            uv.setdefault("sources", {}).setdefault(name, Inline(workspace=True))


def _climbs(value: Any) -> bool:
    """Tell whether a path, or one of some paths, leads out of the folder that it counts from."""
    if isinstance(value, dict):
        value = value.get("file")
    if isinstance(value, list):
        return any(map(_climbs, value))
    return isinstance(value, str) and value.startswith("../")


def _about_licence() -> Finding:
    message = "the licence that it names stands outside of the project, and was left out"
    return Finding("project-not-wired", PATH, 0, message, "Copy the file beside it, and name it.")
