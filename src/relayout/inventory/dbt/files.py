"""Which files of a folder dbt reads or writes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from posixpath import dirname

from relayout.inventory.dbt.project import place_of
from relayout.inventory.dbt.resources import YAML, has_docs, is_python_model
from relayout.inventory.dbt.settings import DEFAULT_PATHS, Settings
from relayout.tree import Tree, is_within

_BESIDE = re.compile(
    r"dbt_project\.yml|profiles[\w.-]*\.ya?ml[\w.]*|packages\.yml|package-lock\.yml"
    r"|dependencies\.yml|selectors\.yml|dbt_cloud\.yml|\.user\.yml"
)
"""Files that stand beside ``dbt_project.yml``."""
_JINJA = re.compile(rb"\{\{|\{%")
_OF_DBT = (".sql", ".csv", ".md", *YAML)


@dataclass(frozen=True, slots=True)
class Folders:
    """The folders of a project, from the root: those of each kind, and those that dbt writes."""

    by_kind: Mapping[str, tuple[str, ...]]
    written: tuple[str, ...]

    def hold(self, path: str) -> bool:
        """Tell whether a path is in one of them, or is one of them."""
        named = [folder for folders in self.by_kind.values() for folder in folders]
        return any(folder and is_within(path, folder) for folder in (*named, *self.written))


def folders_of(folder: str, settings: Settings) -> Folders:
    """Return the folders of the project in a folder; what leads out of the repository is none."""
    kinds = settings.paths or DEFAULT_PATHS
    by_kind = {kind: tuple(_placed(folder, paths)) for kind, paths in kinds.items()}
    return Folders(by_kind, tuple(_placed(folder, settings.written)))


def _placed(folder: str, paths: Iterable[str]) -> list[str]:
    places = (place_of(folder, path) for path in paths)
    return list(dict.fromkeys(place for place in places if place is not None))


def files_in_root(paths: Iterable[str], settings: Settings, tree: Tree) -> list[str]:
    """Return which of these files belong to the project in the root.

    They are those beside ``dbt_project.yml`` that dbt knows, and its folders. A folder that it does
    not name, and one that has Python besides, may be somebody else's too: of such a folder, only
    what dbt reads counts.
    """
    paths = list(paths)
    folders = folders_of("", settings)
    found = {path for path in paths if "/" not in path and _BESIDE.fullmatch(path)}
    for kind, places in folders.by_kind.items():
        for place in places:
            inside = [path for path in paths if is_within(path, place) and not _is_written(path)]
            found.update(_of_dbt(kind, place, inside, kind in settings.said, tree))
    for place in folders.written:
        inside = [path for path in paths if place and is_within(path, place)]
        if any(_is_written(path) for path in inside):
            found.update(inside)
    return sorted(found)


def _is_written(path: str) -> bool:
    """Tell whether a path can only be what dbt writes: packages, artifacts, logs."""
    parts = path.split("/")
    names = ("manifest.json", "graph.gpickle", "partial_parse.msgpack", "run_results.json")
    return (
        parts[0] in ("dbt_packages", "dbt_modules")
        or parts[-1] in (*names, "dbt.log")
        or parts[:2] in (["target", "compiled"], ["target", "run"])
    )


def _of_dbt(kind: str, place: str, inside: list[str], is_said: bool, tree: Tree) -> Iterable[str]:
    """Return what dbt reads in a folder of a kind; all of it where the folder is dbt's alone."""
    python = [path for path in inside if path.endswith((".py", ".ipynb"))]
    foreign = [path for path in python if kind != "model" or not is_python_model(path, tree)]
    if place and is_said and not foreign and kind != "docs":
        return inside
    read = [path for path in inside if _is_read(kind, path, tree)]
    if place and not foreign and kind != "docs":
        return inside if read else ()
    beside = {dirname(path) for path in read}
    return [p for p in inside if p in read or (p.endswith(YAML) and dirname(p) in beside)]


def _is_read(kind: str, path: str, tree: Tree) -> bool:
    """Tell whether a file is clearly dbt's: by Jinja in its SQL, or by its kind."""
    if not tree.is_regular(path) or not path.endswith((*_OF_DBT, ".py")):
        return False
    if path.endswith(".md"):
        return has_docs(path, tree)
    if path.endswith(".py"):
        return kind == "model" and is_python_model(path, tree)
    if path.endswith(".csv"):
        return kind == "seed"
    if path.endswith(YAML):
        return False
    return kind in ("model", "analysis") or _JINJA.search(tree.read(path)) is not None
