"""Which files Dagster finds in a folder that it loads as a whole: a package, or a ``defs`` folder.

A package's modules are those that ``pkgutil.walk_packages`` finds
(https://docs.python.org/3/library/pkgutil.html#pkgutil.walk_packages): folders without
``__init__.py`` are passed over. A ``defs`` folder is walked as a file system
(https://docs.dagster.io/guides/build/projects/moving-to-components/migrating-definitions): a folder
with a ``defs.yaml`` is a component and says itself what it has; every other module is loaded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from relayout.tree import Tree, ancestors

_COMPONENT_FILES = ("defs.yaml", "defs.yml", "component.yaml")
_COMPONENT_FUNCTION = re.compile(rb"@(?:\w+\.)*component(?:_instance)?\b")
"""The decorator by which a function of a module makes a component."""


@dataclass(frozen=True, slots=True)
class LoadedFolder:
    """What is loaded of a folder: modules, and components, which are folders or modules."""

    modules: tuple[str, ...] = ()
    components: tuple[str, ...] = ()


def package_modules(folder: str, tree: Tree) -> tuple[str, ...]:
    """Return the modules of a package and of the packages in it, its ``__init__.py`` first."""
    marker = f"{folder}/__init__.py"
    if marker not in tree:
        return ()
    found = [
        path
        for path in sorted(tree.modules)
        if path.startswith(f"{folder}/") and path != marker and _is_in_packages(path, folder, tree)
    ]
    return (marker, *found)


def _is_in_packages(path: str, folder: str, tree: Tree) -> bool:
    inner = [above for above in ancestors(path) if above.startswith(f"{folder}/")]
    return all(f"{above}/__init__.py" in tree for above in inner)


def defs_folder(folder: str, tree: Tree, stops_at_definitions: bool = False) -> LoadedFolder:
    """Return what Dagster loads of a folder of definitions.

    ``stops_at_definitions`` is the older rule, by which ``definitions.py`` of a folder speaks for
    all that is in it.
    """
    inside = sorted(path for path in tree if path.startswith(f"{folder}/"))
    speakers = {path: _speaker(path, folder, tree, stops_at_definitions) for path in inside}
    components = {speaker for speaker in speakers.values() if speaker and speaker not in tree}
    modules = [
        path
        for path, speaker in speakers.items()
        if path.endswith(".py") and speaker in ("", path) and "/." not in path[len(folder) :]
    ]
    instances = [path for path in modules if _makes_components(path, tree)]
    return LoadedFolder(
        tuple(path for path in modules if path not in instances),
        tuple(sorted([*components, *instances])),
    )


def is_of_component(path: str, tree: Tree) -> bool:
    """Tell whether a module belongs to a component, or makes one: Dagster finds it by its place."""
    folders = (folder for folder in ancestors(path) if folder)
    if any(f"{folder}/{name}" in tree for folder in folders for name in _COMPONENT_FILES):
        return True
    return _makes_components(path, tree)


def _speaker(path: str, folder: str, tree: Tree, stops: bool) -> str:
    """Return what speaks for a path: a component's folder, a ``definitions.py``, or nothing."""
    above = [f for f in ancestors(path) if f == folder or f.startswith(f"{folder}/")]
    for place in sorted(above, key=len):
        if any(f"{place}/{name}" in tree for name in _COMPONENT_FILES):
            return place
        said = f"{place}/definitions.py"
        if stops and said in tree and f"{place}/component.py" not in tree:
            return said
    return ""


def _makes_components(path: str, tree: Tree) -> bool:
    return _COMPONENT_FUNCTION.search(tree.read(path)) is not None
