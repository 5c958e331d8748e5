"""Modules without code of their own: markers of packages, and modules that collect names."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from posixpath import basename, dirname, join

from relayout.inventory.django.kinds import MODELS, OTHER, Kind
from relayout.inventory.django.modules import ProjectModules
from relayout.tree import ancestors

_MARKER = "__init__.py"
_SAYS = frozenset({"default_app_config", "__all__", "__version__"})
"""Names that a module gives to texts about itself."""

_OF_COMMANDS = ("/management", "/management/commands")


def is_marker(path: str, modules: ProjectModules) -> bool:
    """Tell whether a module is an ``__init__.py`` that does nothing, or names an app's class."""
    file = modules.python[path]
    if basename(path) != _MARKER or file.error is not None:
        return False
    return not file.imports and file.defines <= _SAYS


def collecting(
    modules: ProjectModules,
    paths: Collection[str],
    kinds: Mapping[str, Kind],
    apps: Collection[str] = (),
) -> dict[str, Kind]:
    """Return the modules that only import names, all of them from modules of these kinds.

    The module ``models`` of an app, by which Django finds its models
    (https://docs.djangoproject.com/en/5.2/ref/applications/#how-applications-are-loaded), is one
    as soon as it has a model from somewhere.
    """
    of_apps = {join(app, name) for app in apps for name in ("models.py", "models/__init__.py")}
    found: dict[str, Kind] = {}
    left = [path for path in paths if path not in kinds and _only_imports(path, modules)]
    while True:
        known = {**kinds, **found}
        new = {path: _collected(modules.imported(path), known, path in of_apps) for path in left}
        added = {path: kind for path, kind in new.items() if kind is not None}
        if not added:
            return found
        found |= added
        left = [path for path in left if path not in added]


def _collected(
    imported: Collection[str], known: Mapping[str, Kind], is_of_app: bool
) -> Kind | None:
    kinds = [known[file] for file in imported if file in known]
    if is_of_app and any(kind.name == MODELS for kind in kinds):
        return Kind(MODELS, "it collects models")
    if not kinds or len(kinds) < len(imported):
        return None
    if all(kind.name == MODELS for kind in kinds):
        return Kind(MODELS, "it collects models")
    return Kind(OTHER, "it collects parts of the skeleton")


def _only_imports(path: str, modules: ProjectModules) -> bool:
    file = modules.python[path]
    imports = modules.imports(path)
    if not imports or file.acts or file.is_script or file.error is not None:
        return False
    if any(name.name is None for name in imports):
        return False
    return file.defines <= _SAYS.union(name.bound for name in imports)


def markers_among(
    markers: Collection[str],
    skeleton: Collection[str],
    code: Collection[str],
    apps: Collection[str],
) -> dict[str, str]:
    """Return the package markers that stand with the skeleton, and with no other code.

    A marker beside both is the skeleton's: the package needs none of that name where code goes.
    """
    with_skeleton = {folder for path in skeleton for folder in ancestors(path)}
    with_code = {folder for path in code for folder in ancestors(path)}
    beside_skeleton = {dirname(path) for path in skeleton}
    beside_code = {dirname(path) for path in code}
    app_folders = frozenset(apps)
    found: dict[str, str] = {}
    for path in markers:
        folder = dirname(path)
        in_app = folder in app_folders or not app_folders.isdisjoint(ancestors(folder))
        if folder in beside_skeleton or folder in apps:
            found[path] = "it marks a package of Django"
        elif folder in with_skeleton and folder not in beside_code:
            found[path] = "it marks a folder of packages of Django"
        elif in_app and (folder not in with_code or folder.endswith(_OF_COMMANDS)):
            found[path] = "it marks a folder of an app"
    return found
