"""What the settings of ``dg`` and ``dagster`` call the modules of a project.

``[tool.dg.project]`` of ``pyproject.toml``, or ``[project]`` of ``dg.toml``
(https://docs.dagster.io/api/clis/dg-cli/dg-cli-configuration): ``defs_module`` is ``defs`` in the
root module, and ``code_location_target_module`` its ``definitions``, where they do not say it.
``[tool.dagster]`` names modules or files
(https://docs.dagster.io/guides/build/projects/workspaces/workspace-yaml).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from posixpath import dirname, join

from relayout.inventory import Inventory
from relayout.inventory.references import decoded
from relayout.inventory.references.spans.toml_spans import TomlText, toml_texts
from relayout.inventory.search_paths import Located
from relayout.source import line_at
from relayout.tree import ancestors


@dataclass(frozen=True, slots=True)
class DgProject:
    """A project of ``dg``: the file that says so, and the names of its modules."""

    path: str
    line: int
    root_module: str
    defs_module: str
    target_module: str

    @property
    def folder(self) -> str:
        """The folder of the project."""
        return dirname(self.path)


def dg_project(path: str, inventory: Inventory) -> DgProject | None:
    """Return the project that a file of settings describes, or None."""
    tree = inventory.tree
    names = () if path.endswith("dg.toml") else ("tool", "dg")
    if path not in tree or not tree.is_regular(path):
        return None
    text, _ = decoded(tree.read(path))
    if "root_module" not in text and "defs_module" not in text:
        return None
    said = {t.names: t for t in toml_texts(text) if not t.is_key}

    def value(key: str) -> str:
        found = said.get((*names, "project", key))
        return found.value if found is not None else ""

    root = value("root_module") or value("defs_module").partition(".")[0]
    if not root:
        return None
    lines = [line_at(text, t.start) for n, t in said.items() if n[:-1] == (*names, "project")]
    return DgProject(
        path,
        min(lines),
        root,
        value("defs_module") or f"{root}.defs",
        value("code_location_target_module") or f"{root}.definitions",
    )


def project_above(path: str, inventory: Inventory) -> DgProject | None:
    """Return the project of ``dg`` that a file is in, or None."""
    for folder in ancestors(path):
        for name in ("dg.toml", "pyproject.toml"):
            found = dg_project(join(folder, name), inventory)
            if found is not None:
                return found
    return None


def defs_package(path: str, inventory: Inventory) -> Located | None:
    """Return the package of definitions of the project that a file is in, or None."""
    project = project_above(path, inventory)
    return find_module(project.defs_module, project.folder, inventory) if project else None


def find_module(dotted: str, folder: str, inventory: Inventory) -> Located | None:
    """Return what a name leads to in a project: from its ``src``, from its folder, or from roots.

    ``src`` comes first: that is what is installed where both have it.
    """
    resolver = inventory.resolver
    roots = (join(folder, "src"), folder, *resolver.roots)
    return resolver.finder.find(tuple(dict.fromkeys(roots)), dotted)


def dagster_settings(path: str, inventory: Inventory) -> Iterator[tuple[int, str, bool]]:
    """Yield (line, what is named, whether it is a file) of the ``[tool.dagster]`` of a file."""
    text, _ = decoded(inventory.tree.read(path))
    if "dagster" not in text:
        return
    for found in toml_texts(text):
        if found.is_key or found.names[:2] != ("tool", "dagster"):
            continue
        if _is_named(found):
            is_file = found.names[-1] == "python_file"
            yield line_at(text, found.start), found.value.partition(":")[0], is_file


def _is_named(found: TomlText) -> bool:
    names = found.names[2:]
    if names in (("module_name",), ("python_file",)):
        return True
    return len(names) == 3 and names[0] == "modules" and names[2] == "name"
