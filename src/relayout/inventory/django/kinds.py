"""What a module is to Django: what it defines decides, not what it is called."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from posixpath import dirname

from relayout.inventory.django.apps import APP_CONFIG, is_app_config, is_migration, is_model
from relayout.inventory.django.classes import Classes
from relayout.inventory.django.facts import is_test, origins_of
from relayout.inventory.django.modules import ProjectModules
from relayout.inventory.django.names import is_of_django
from relayout.inventory.django.origins import (
    is_for_models,
    is_for_tests,
    is_for_web,
    is_framework_class,
    is_placed,
)
from relayout.inventory.django.test_modules import what_test_needs
from relayout.inventory.python import PythonFile
from relayout.source import nodes_of

MODELS = "models"
SETTINGS = "settings"
APP = "app"
TESTS = "tests"
OTHER = "other"


@dataclass(frozen=True, slots=True)
class Kind:
    """Why a module is part of the skeleton.

    ``name`` is one of this module's constants. A ``sure`` kind is what only Django can run; another
    goes with jobs if they need it.
    """

    name: str
    reason: str
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a project before its modules are looked at one by one."""

    managers: Collection[str] = ()
    apps: Collection[str] = ()
    """The folders of apps."""
    settings: Collection[str] = ()
    named: dict[str, str] = field(default_factory=dict)
    """Modules that settings name for Django to find, by path, with the setting."""
    alone: bool = False
    """Whether its apps stand without a project, for others to install."""


def kind_of(path: str, modules: ProjectModules, classes: Classes, known: Known) -> Kind | None:
    """Return why a module is part of the skeleton, or None."""
    if path in known.managers:
        return Kind(OTHER, "it starts Django's commands")
    if path in known.settings:
        return Kind(SETTINGS, "it holds settings of the project")
    if "urlpatterns" in modules.python[path].defines:
        return Kind(OTHER, "it maps addresses to views")
    file = modules.python[path]
    if is_migration(file):
        return Kind(OTHER, "it is a migration")
    kind = (
        _kind_of_test(path, modules)
        or _kind_of_classes(path, classes)
        or _kind_of_imports(file)
        or (_kind_of_code(path, modules, classes) if _is_worth_reading(file) else None)
        or _kind_of_named(path, known)
    )
    if kind is not None:
        return kind
    if _is_empty(file) and dirname(path) in known.apps:
        return Kind(OTHER, "it is an empty part of an app")
    web = sorted(origin for origin in origins_of(file) if is_for_web(origin))
    return Kind(OTHER, f"it uses {web[0]}", sure=False) if web else None


def _is_empty(file: PythonFile) -> bool:
    """Tell whether a module has no more than imports from Django, as those of new apps have."""
    imports = file.imports
    if file.error or file.acts or not file.defines <= {name.bound for name in imports}:
        return False
    return all(not name.level and is_of_django(name.module) for name in imports)


def _kind_of_named(path: str, known: Known) -> Kind | None:
    setting = known.named.get(path)
    if not setting:
        return None
    return Kind(OTHER, f"{setting} of the settings names it", sure=False)


def _kind_of_classes(path: str, classes: Classes) -> Kind | None:
    kinds = (_kind_of_class(path, name, classes) for name in classes.defined(path))
    found = [kind for kind in kinds if kind is not None]
    return max(found, key=lambda kind: (kind.name == MODELS, kind.sure), default=None)


def _kind_of_class(path: str, name: str, classes: Classes) -> Kind | None:
    origins = classes.origins(path, name)
    if is_model(classes, path, name):
        return Kind(MODELS, f"{name} is a model")
    if is_app_config(classes, path, name):
        return Kind(APP, f"{name} configures an app")
    for origin in sorted(origins):
        if is_for_tests(origin):
            return Kind(TESTS, f"{name} is a {origin}")
        if is_for_models(origin):
            return Kind(MODELS, f"{name} is part of the models: a {origin}")
        if is_framework_class(origin) and origin != APP_CONFIG:
            return Kind(OTHER, f"{name} is a {origin}", sure=is_placed(origin))
    return None


_OF_ADDRESSES = (
    "django.conf.urls",
    "django.urls.include",
    "django.urls.path",
    "django.urls.re_path",
    "rest_framework.routers",
)
_OF_ADMIN = frozenset(
    {"django.contrib.admin", "django.contrib.admin.register", "django.contrib.admin.site"}
)


def _kind_of_imports(file: PythonFile) -> Kind | None:
    if not _OF_ADMIN.isdisjoint(origins_of(file)):
        return Kind(OTHER, "it is of the admin site")
    if any(origin.startswith(_OF_ADDRESSES) for origin in origins_of(file)):
        return Kind(OTHER, "it maps addresses to views")
    server = {"django.core.wsgi.get_wsgi_application", "django.core.asgi.get_asgi_application"}
    if not server.isdisjoint(origins_of(file)):
        return Kind(OTHER, "it makes the application that a web server runs")
    return None


_WORTH = ("django", "celery", "rest_framework", "ninja", "graphene_django")


def _is_worth_reading(file: PythonFile) -> bool:
    return any(origin.partition(".")[0] in _WORTH for origin in origins_of(file))


_SIGN_OF_REQUEST = re.compile(rb"\brequest\b|@\w")
_SIGN_OF_CALL = re.compile(rb"\b(?:receiver|connect|Library|config_from_object)\b")

_DECORATORS = (
    "django.views.decorators.",
    "django.contrib.auth.decorators.",
    "rest_framework.decorators.",
)


def _kind_of_code(path: str, modules: ProjectModules, classes: Classes) -> Kind | None:
    text = modules.tree.read(path)
    if _SIGN_OF_REQUEST.search(text):
        kind = _kind_of_views(path, modules, classes)
        if kind is not None:
            return kind
    if _SIGN_OF_CALL.search(text):
        for node in nodes_of(modules.parsed(path)):
            if isinstance(node, ast.Call):
                if _is_celery_of_django(node):
                    return Kind(OTHER, "it configures Celery from the settings of Django")
                if kind := _registering(path, node, classes):
                    return kind
    return None


def _kind_of_views(path: str, modules: ProjectModules, classes: Classes) -> Kind | None:
    """Return what functions that Django calls with a request make of a module.

    It is one of views if they are half of what it defines; else it may well be needed elsewhere.
    """
    functions = list(_functions(modules.parsed(path)))
    decorated = [f.name for f in functions if _is_decorated(path, f, classes)]
    asked = [f.name for f in functions if _takes_request(f)] if _uses_web(path, modules) else []
    views = dict.fromkeys([*decorated, *asked])
    if not views:
        return None
    sure = 2 * len(views) >= len(functions)
    return Kind(OTHER, f"{next(iter(views))} takes a request", sure)


def _functions(module: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield the functions of a module and the methods of its classes."""
    pending: list[ast.stmt] = list(reversed(module.body))
    while pending:
        node = pending.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
        elif isinstance(node, ast.ClassDef | ast.If | ast.Try):
            pending += reversed(node.body)


def _uses_web(path: str, modules: ProjectModules) -> bool:
    return any(is_for_web(origin) for origin in origins_of(modules.python[path]))


def _takes_request(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    arguments = [*function.args.posonlyargs, *function.args.args][:2]
    return any(argument.arg == "request" for argument in arguments)


def _is_decorated(
    path: str, function: ast.FunctionDef | ast.AsyncFunctionDef, classes: Classes
) -> bool:
    """Tell whether a function has a decorator that is for views."""
    decorators = (d.func if isinstance(d, ast.Call) else d for d in function.decorator_list)
    return any((classes.outside(path, d) or "").startswith(_DECORATORS) for d in decorators)


def _is_celery_of_django(call: ast.Call) -> bool:
    function = call.func
    if not isinstance(function, ast.Attribute) or function.attr != "config_from_object":
        return False
    return any(
        isinstance(argument, ast.Constant) and str(argument.value).startswith("django.conf")
        for argument in call.args
    )


def _registering(path: str, call: ast.Call, classes: Classes) -> Kind | None:
    """Return what a call makes of a module that registers something with Django by it."""
    origin = classes.outside(path, call.func) or ""
    if origin == "django.template.Library":
        return Kind(OTHER, "it makes a library of template tags")
    if origin == "django.dispatch.receiver" or ".signals." in origin:
        if origin.endswith((".receiver", ".connect")):
            return Kind(OTHER, "it receives signals", sure=False)
    return None


def _kind_of_test(path: str, modules: ProjectModules) -> Kind | None:
    needed = what_test_needs(path, modules)
    return Kind(TESTS, f"it tests with {needed}", sure=is_test(path)) if needed else None
