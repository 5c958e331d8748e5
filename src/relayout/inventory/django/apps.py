"""The apps of a project: those that its settings install, then those that content shows.

``INSTALLED_APPS`` names packages, or classes derived from ``AppConfig``
(https://docs.djangoproject.com/en/5.2/ref/applications/). An app that no settings install is a
package with an ``AppConfig``, with models, with migrations or with management commands.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from posixpath import basename, dirname, relpath

from relayout.inventory.django.classes import Classes, DefinedClass
from relayout.inventory.django.commands import COMMANDS, base_of_commands
from relayout.inventory.django.modules import ProjectModules
from relayout.inventory.django.project import DjangoApp
from relayout.tree import ancestors, is_within

APP_CONFIG = "django.apps.AppConfig"
_APP_CONFIGS = frozenset({APP_CONFIG, "django.apps.config.AppConfig"})

MIGRATION = "django.db.migrations.Migration"
_MODEL_FILES = frozenset({"models.py"})


def installed_apps(
    modules: ProjectModules, classes: Classes, names: Iterable[str]
) -> tuple[DjangoApp, ...]:
    """Return the apps of the tree among the entries of ``INSTALLED_APPS``, in their order."""
    found = (_installed(modules, classes, name) for name in names)
    return tuple(dict.fromkeys(app for app in found if app is not None))


def _installed(modules: ProjectModules, classes: Classes, entry: str) -> DjangoApp | None:
    located = modules.find(entry)
    if located is not None and located.package_folders:
        folder = located.package_folders[0]
        return _app_in(modules, classes, folder, entry) if folder else None
    module, _, name = entry.rpartition(".")
    path = modules.module(module) if module else None
    if path is None or name not in modules.python[path].defines:
        return None
    config = classes.defined(path).get(name)
    said = _class_texts(config)
    dotted = said.get("name") or module.rpartition(".")[0]
    folder = _folder_of(modules, dotted) or dirname(path)
    return DjangoApp(folder, dotted, said.get("label") or dotted.rpartition(".")[2])


def apps_by_content(
    modules: ProjectModules, classes: Classes, paths: Iterable[str], folder: str
) -> tuple[DjangoApp, ...]:
    """Return the apps among these files, found below a folder, that content shows."""
    folders = dict.fromkeys(f for path in sorted(paths) if (f := _shown(classes, path)) is not None)
    return tuple(
        _app_in(modules, classes, found, _dotted(found, folder))
        for found in folders
        if found and found != folder and is_within(found, folder)
    )


def _shown(classes: Classes, path: str) -> str | None:
    """Return the folder of the app that a module shows to be one."""
    above = ancestors(path)
    commands = next((f for f in above if f.endswith(COMMANDS)), None)
    if commands is not None:
        shows = base_of_commands(classes, path, "Command")
        return commands[: -len(COMMANDS)].rstrip("/") if shows else None
    if basename(dirname(path)) == "migrations":
        origins = classes.origins(path, "Migration")
        return dirname(dirname(path)) if MIGRATION in origins else None
    if basename(path) in _MODEL_FILES or basename(dirname(path)) == "models":
        if any(is_model(classes, path, name) for name in classes.defined(path)):
            return dirname(path) if basename(path) in _MODEL_FILES else dirname(dirname(path))
        return None
    configs = (name for name in classes.defined(path) if is_app_config(classes, path, name))
    return dirname(path) if next(configs, None) else None


def _app_in(modules: ProjectModules, classes: Classes, folder: str, dotted: str) -> DjangoApp:
    """Return the app in a folder, with the label that its ``AppConfig`` gives it."""
    label = dotted.rpartition(".")[2]
    for path in (f"{folder}/apps.py", f"{folder}/__init__.py"):
        if path in modules.python:
            configs = _configs(classes, path)
            if len(configs) == 1:
                said = _class_texts(configs[0])
                return DjangoApp(folder, dotted, said.get("label") or label)
    return DjangoApp(folder, dotted, label)


def _configs(classes: Classes, path: str) -> list[DefinedClass]:
    defined = classes.defined(path).items()
    return [known for name, known in defined if is_app_config(classes, path, name)]


def is_app_config(classes: Classes, path: str, name: str) -> bool:
    """Tell whether a class derives from Django's ``AppConfig``."""
    return not _APP_CONFIGS.isdisjoint(classes.origins(path, name))


_MODEL_BASES = (
    "django.db.models.Model",
    "django.db.models.base.Model",
    "django.contrib.gis.db.models.Model",
)


def is_model(classes: Classes, path: str, name: str) -> bool:
    """Tell whether a class is a model: by its bases, or by fields in a class of unknown bases."""
    origins = classes.origins(path, name)
    if any(o in _MODEL_BASES or _is_model_of_contrib(o) for o in origins):
        return True
    defined = classes.defined(path).get(name)
    return defined is not None and any(_is_field(classes, path, n) for n in defined.node.body)


def _is_model_of_contrib(origin: str) -> bool:
    return origin.startswith("django.contrib.") and (
        ".models." in origin or ".base_user.Abstract" in origin
    )


def _is_field(classes: Classes, path: str, node: ast.stmt) -> bool:
    """Tell whether a statement of a class is ``name = models.SomeField(...)``."""
    value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
    if not isinstance(value, ast.Call):
        return False
    origin = classes.meaning_of(path, value.func) or ""
    last = origin.rpartition(".")[2]
    of_models = origin.startswith(("django.db.models.", "django.contrib."))
    return of_models and ".forms" not in origin and last.endswith(("Field", "Key"))


def _class_texts(defined: DefinedClass | None) -> dict[str, str]:
    """Return the strings that the body of a class assigns to names."""
    if defined is None:
        return {}
    return {
        target.id: node.value.value
        for node in defined.node.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    }


def _folder_of(modules: ProjectModules, dotted: str) -> str | None:
    located = modules.find(dotted)
    return next(iter(located.package_folders), None) if located is not None else None


def _dotted(path: str, folder: str) -> str:
    return relpath(path, folder or ".").replace("/", ".")


def nearest_app(path: str, apps: Iterable[DjangoApp]) -> DjangoApp | None:
    """Return the innermost app that a path is in, or None."""
    around = [app for app in apps if path.startswith(f"{app.folder}/")]
    return max(around, key=lambda app: len(app.folder), default=None)


def app_folders(apps: Iterable[DjangoApp]) -> Iterator[str]:
    """Yield the folders of apps, and those above them."""
    for app in apps:
        yield app.folder
        yield from ancestors(app.folder)
