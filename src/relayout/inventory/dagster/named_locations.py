"""The code locations that configuration names, and what each is loaded from.

They are named in ``workspace.yaml``
(https://docs.dagster.io/deployment/code-locations/workspace-yaml), ``dagster_cloud.yaml``,
``[tool.dagster]``, and the project of ``dg``
(https://docs.dagster.io/api/clis/dg-cli/dg-cli-configuration).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from posixpath import basename, dirname, join, normpath

from yaml.nodes import MappingNode, Node

from relayout.inventory import Inventory
from relayout.inventory.configured_paths.yaml_files import entries, text_of, value_of
from relayout.inventory.dagster.loading_folders import defs_folder
from relayout.inventory.dagster.loading_settings import (
    DagsterSetting,
    DgProject,
    dagster_settings,
    dg_project,
    find_module,
)
from relayout.inventory.references import decoded
from relayout.inventory.references.data.dagster import is_workspace, location_entries
from relayout.inventory.references.reference import Form, Reference
from relayout.inventory.search_paths import is_quarantined


@dataclass(frozen=True, slots=True)
class NamedLocation:
    """One code location: where it is named, and what is loaded for it.

    ``named_in`` is the file that names it, and ``tool`` whose settings in it do: ``dagster`` or
    ``dg``, empty in YAML.
    ``kind`` is ``module``, ``file`` or ``autoload`` (a module whose folder is loaded); ``target``
    is a dotted name, or the path of a file. ``name`` is what Dagster calls it. ``module`` is the
    file that is loaded, of a folder its first; empty if the repository has none. Paths count from
    the top.
    """

    named_in: str
    tool: str
    kind: str
    target: str
    name: str
    module: str
    attribute: str = ""
    working_directory: str = ""


def named_locations(inventory: Inventory) -> Iterator[NamedLocation]:
    """Yield the code locations that configuration names, by file and place.

    What cannot be read names nothing. A workspace names none that the repository does not have.
    """
    for path in sorted(inventory.tree):
        if path in inventory.foreign or is_quarantined(path):
            continue
        if is_workspace(path):
            yield from _of_workspace(path, inventory)
        elif basename(path) in ("pyproject.toml", "dg.toml"):
            yield from _of_settings(path, inventory)


def _of_settings(path: str, inventory: Inventory) -> Iterator[NamedLocation]:
    project = dg_project(path, inventory.tree)
    if project is not None:
        yield _of_project(project, inventory)
    if basename(path) == "pyproject.toml":
        for setting in dagster_settings(path, inventory.tree):
            yield _of_setting(setting, path, inventory)


def _of_project(project: DgProject, inventory: Inventory) -> NamedLocation:
    kind = "autoload" if project.loads_folder else "module"
    target = project.defs_module if project.loads_folder else project.target_module
    module = _module(target, project.folder, inventory)
    if project.loads_folder and not module:
        module = _first_of_folder(target, project.folder, inventory)
    name = project.name or target
    return NamedLocation(
        project.path, "dg", kind, target, name, module, working_directory=project.folder
    )


def _of_setting(setting: DagsterSetting, path: str, inventory: Inventory) -> NamedLocation:
    folder, target = dirname(path), setting.target
    if setting.is_file:
        target = _inside(folder, target)
        module = target if target in inventory.python else ""
    else:
        module = _module(target, folder, inventory)
    kind = "file" if setting.is_file else "module"
    name = setting.name or setting.target
    return NamedLocation(path, "dagster", kind, target, name, module, setting.attribute, folder)


def _of_workspace(path: str, inventory: Inventory) -> Iterator[NamedLocation]:
    loaded = [one for one in inventory.references.get(path, ()) if one.runs]
    if not loaded:
        return
    text, _ = decoded(inventory.tree.read(path))
    for entry in location_entries(text):
        for reference in loaded:
            if entry.start_mark.index <= reference.start < entry.end_mark.index:
                yield _of_entry(entry, reference, path, inventory)


def _of_entry(entry: Node, reference: Reference, path: str, inventory: Inventory) -> NamedLocation:
    is_module = reference.form is Form.MODULE
    folder = _said(entry, "working_directory") or _said(entry, "directory")
    return NamedLocation(
        path,
        "",
        "module" if is_module else "file",
        reference.text if is_module else reference.path,
        _said(entry, "location_name") or reference.text,
        reference.path if reference.path in inventory.python else "",
        _said(entry, "attribute"),
        _inside(dirname(path), folder),
    )


def _said(entry: Node, name: str) -> str:
    """Return what an entry says under a name, itself or in one of the tables in it."""
    inner = [value for _, value in entries(entry).values() if isinstance(value, MappingNode)]
    texts = (text_of(value_of(node, name)) for node in (entry, *inner))
    return next((text for text in texts if text), "")


def _module(dotted: str, folder: str, inventory: Inventory) -> str:
    """Return the file that a dotted name leads to in a project, or an empty string."""
    located = find_module(dotted, folder, inventory)
    return (located.file if located is not None else None) or ""


def _first_of_folder(dotted: str, folder: str, inventory: Inventory) -> str:
    located = find_module(dotted, folder, inventory)
    folders = located.package_folders if located is not None else ()
    modules = [path for one in folders for path in defs_folder(one, inventory.tree).modules]
    return modules[0] if modules else ""


def _inside(folder: str, path: str) -> str:
    normal = normpath(join(folder, path))
    return "" if normal == "." else normal
