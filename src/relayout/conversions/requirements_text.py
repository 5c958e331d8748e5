"""The ``requirements.txt`` that the layout brings: what ``pyproject.toml`` needs, for pip.

The layout's ``tools/sync_requirements.py`` keeps it in step afterwards, and writes the same.
"""

from __future__ import annotations

import re
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from relayout.inventory.declared import table_at


def requirements_text(template: str, project: str) -> str:
    """Return the template's file, its first line kept, with the dependencies of a project.

    What is part of the repository is named by its path.
    """
    try:
        document: dict[str, Any] = tomlkit.parse(project).unwrap()
    except TOMLKitError:
        return template
    local = {
        **table_at(document, "tool", "uv", "sources"),
        **table_at(document, "tool", "poetry", "dependencies"),
    }
    paths = {n: e["path"] for n, e in local.items() if isinstance(e, dict) and "path" in e}
    header = template.partition("\n")[0]
    listed = table_at(document, "project").get("dependencies", [])
    texts = [text for text in listed if isinstance(text, str)] if isinstance(listed, list) else []
    return "".join(f"{line}\n" for line in (header, *(_line(text, paths) for text in texts)))


def _line(dependency: str, paths: dict[str, str]) -> str:
    path = dependency.partition("{root:uri}/")[2].partition(" ;")[0]
    path = path or paths.get(re.split(r"[^\w.-]", dependency, maxsplit=1)[0], "")
    return f"./{path}" if path else dependency
