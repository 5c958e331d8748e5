"""The apps of a project: those that its settings install, then those that content shows.

``INSTALLED_APPS`` names packages, or classes derived from ``AppConfig``
(https://docs.djangoproject.com/en/5.2/ref/applications/). An app that no settings install is a
package with an ``AppConfig``, with models, with migrations or with management commands.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from posixpath import basename, dirname, relpath

from relayout.inventory.django.classes import Classes, DefinedClass
from relayout.inventory.django.commands import COMMANDS, base_of_commands, is_test_of_commands
from relayout.inventory.django.facts import origins_of
from relayout.inventory.django.modules import ProjectModules
from relayout.inventory.django.names import is_of_django
from relayout.inventory.django.project import DjangoApp
from relayout.inventory.python import PythonFile
from relayout.tree import ancestors, is_within

APP_CONFIG = "django.apps.AppConfig"
_APP_CONFIGS = frozenset({APP_CONFIG, "django.apps.config.AppConfig"})


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
    said = _texts(config)
    dotted = said.get("name") or module.rpartition(".")[0]
    folder = _folder_of(modules, dotted) or dirname(path)
    return DjangoApp(folder, dotted, said.get("label") or dotted.rpartition(".")[2])


def apps_by_content(
    modules: ProjectModules, classes: Classes, paths: Iterable[str], folder: str
) -> tuple[DjangoApp, ...]:
    """Return the apps among these files, found below a folder, that content shows.

    Models inside of another app are part of it, and make no app.
    """
    shown: dict[str, bool] = {}
    for path in sorted(paths):
        found, sure = _shown(modules, classes, path)
        if found and found != folder and is_within(found, folder):
            shown[found] = shown.get(found, False) or sure
    outer = [found for found in shown if shown[found] or shown.keys().isdisjoint(ancestors(found))]
    return tuple(_app_in(modules, classes, found, _dotted(found, folder)) for found in outer)


def _shown(modules: ProjectModules, classes: Classes, path: str) -> tuple[str, bool]:
    """Return the folder of the app that a module shows, or an empty one, and whether it is sure."""
    commands = next((f for f in ancestors(path) if f.endswith(COMMANDS)), None)
    if commands is not None:
        is_one = base_of_commands(classes, path, "Command")
        is_one = is_one and not is_test_of_commands(modules.python[path])
        return (commands[: -len(COMMANDS)].rstrip("/") if is_one else ""), True
    if basename(dirname(path)) == "migrations":
        return (dirname(dirname(path)) if is_migration(modules.python[path]) else ""), True
    if any(is_app_config(classes, path, name) for name in classes.defined(path)):
        return dirname(path), True
    in_package = basename(dirname(path)) == "models"
    if in_package or basename(path) == "models.py":
        if any(is_model(classes, path, name) for name in classes.defined(path)):
            return dirname(dirname(path)) if in_package else dirname(path), False
    return "", False


def _app_in(modules: ProjectModules, classes: Classes, folder: str, dotted: str) -> DjangoApp:
    """Return the app in a folder, with the label that its ``AppConfig`` gives it."""
    label = dotted.rpartition(".")[2]
    for path in (f"{folder}/apps.py", f"{folder}/__init__.py"):
        if path in modules.python:
            configs = _configs(classes, path)
            if len(configs) == 1:
                said = _texts(configs[0])
                return DjangoApp(folder, dotted, said.get("label") or label)
    return DjangoApp(folder, dotted, label)


def _configs(classes: Classes, path: str) -> list[DefinedClass]:
    defined = classes.defined(path).items()
    return [known for name, known in defined if is_app_config(classes, path, name)]


def is_app_config(classes: Classes, path: str, name: str) -> bool:
    """Tell whether a class derives from Django's ``AppConfig``."""
    return not _APP_CONFIGS.isdisjoint(classes.origins(path, name))


def is_migration(file: PythonFile) -> bool:
    """Tell whether a module is a migration: a ``Migration`` with an import from Django's."""
    return "Migration" in file.defines and any(
        origin.startswith("django.db.migrations") for origin in origins_of(file)
    )


_MODEL_BASES = (
    "django.db.models.Model",
    "django.db.models.base.Model",
    "django.contrib.gis.db.models.Model",
)


def is_model(classes: Classes, path: str, name: str) -> bool:
    """Tell whether a class is a model: by its bases, or by the fields that it has.

    What a module of models derives from another library's models is one.
    """
    origins = classes.origins(path, name)
    if any(o in _MODEL_BASES or _is_model_of_contrib(o) for o in origins):
        return True
    if basename(path) == "models.py" or basename(dirname(path)) == "models":
        if any(".models." in o and not is_of_django(o) for o in origins):
            return True
    defined = classes.defined(path).get(name)
    return defined is not None and any(_is_field(classes, path, c) for c in defined.called)


def _is_model_of_contrib(origin: str) -> bool:
    if not origin.startswith("django.contrib.") or origin.endswith(("Manager", "QuerySet")):
        return False
    return ".models." in origin or ".base_user.Abstract" in origin


def _is_field(classes: Classes, path: str, called: str) -> bool:
    """Tell whether what is called in the body of a class makes a field of a model."""
    if not called.endswith(("Field", "Key")):
        return False
    origin = classes.outside(path, called) or ""
    return origin.startswith(("django.db.models.", "django.contrib.")) and ".forms" not in origin


def _texts(defined: DefinedClass | None) -> Mapping[str, str]:
    return {} if defined is None else defined.texts


def _folder_of(modules: ProjectModules, dotted: str) -> str | None:
    located = modules.find(dotted)
    return next(iter(located.package_folders), None) if located is not None else None


def _dotted(path: str, folder: str) -> str:
    return relpath(path, folder or ".").replace("/", ".")
