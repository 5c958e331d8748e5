"""What a module is to Django: what it defines decides, not what it is called."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from posixpath import basename, dirname

from relayout.inventory.django.apps import APP_CONFIG, MIGRATION, is_app_config, is_model
from relayout.inventory.django.classes import Classes
from relayout.inventory.django.modules import ProjectModules
from relayout.inventory.django.names import is_of_django
from relayout.inventory.django.origins import (
    is_for_models,
    is_for_tests,
    is_for_web,
    is_framework_class,
)
from relayout.inventory.python import PythonFile
from relayout.source import nodes_of

MODELS = "models"
SETTINGS = "settings"
TESTS = "tests"
OTHER = "other"


@dataclass(frozen=True, slots=True)
class Kind:
    """Why a module is part of the skeleton.

    ``name`` is one of this module's constants. A ``sure`` kind is one of what the module defines;
    else the module only uses something that is for the web.
    """

    name: str
    reason: str
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a project before its modules are looked at one by one."""

    managers: Collection[str] = ()
    settings: Collection[str] = ()
    named: dict[str, str] = field(default_factory=dict)
    """Modules that settings name for Django to find, by path, with the setting."""


def kind_of(path: str, modules: ProjectModules, classes: Classes, known: Known) -> Kind | None:
    """Return why a module is part of the skeleton, or None."""
    if path in known.managers:
        return Kind(OTHER, "it starts Django's commands")
    if path in known.settings:
        return Kind(SETTINGS, "it holds settings of the project")
    if "urlpatterns" in modules.python[path].defines:
        return Kind(OTHER, "it maps addresses to views")
    file = modules.python[path]
    for kind in (
        _kind_of_classes(path, classes),
        _kind_of_server(file),
        _kind_of_code(path, modules, classes) if _is_worth_reading(file) else None,
        _kind_of_named(path, known),
        _kind_of_test(path, file, modules),
    ):
        if kind is not None:
            return kind
    if _is_empty(file):
        return Kind(OTHER, "it only imports from Django")
    web = sorted(origin for origin in origins_of(file) if is_for_web(origin))
    return Kind(OTHER, f"it uses {web[0]}", sure=False) if web else None


def _is_empty(file: PythonFile) -> bool:
    """Tell whether a module imports from Django and has nothing else, as new apps have them."""
    origins = [name for name in file.imports if not name.level and is_of_django(name.module)]
    bound = {name.bound for name in origins}
    return (
        bool(origins)
        and file.defines <= bound
        and not file.acts
        and len(origins) == len(file.imports)
    )


def origins_of(file: PythonFile) -> frozenset[str]:
    """Return the dotted names that a file imports by absolute imports."""
    return frozenset(
        f"{name.module}.{name.name}" if name.name else name.module
        for name in file.imports
        if not name.level
    )


def is_test(path: str) -> bool:
    """Tell whether a path is that of a module of tests."""
    name = basename(path)
    folders = dirname(path).split("/")
    return (
        name.startswith("test_")
        or name.endswith("_test.py")
        or name in ("tests.py", "test.py", "conftest.py")
        or not {"tests", "test"}.isdisjoint(folders)
    )


def _kind_of_named(path: str, known: Known) -> Kind | None:
    setting = known.named.get(path)
    return Kind(OTHER, f"{setting} of the settings names it") if setting else None


def _kind_of_classes(path: str, classes: Classes) -> Kind | None:
    kinds = (_kind_of_class(path, name, classes) for name in classes.defined(path))
    found = [kind for kind in kinds if kind is not None]
    models = next((kind for kind in found if kind.name == MODELS), None)
    return models or next(iter(found), None)


def _kind_of_class(path: str, name: str, classes: Classes) -> Kind | None:
    origins = classes.origins(path, name)
    if is_model(classes, path, name):
        return Kind(MODELS, f"{name} is a model")
    if MIGRATION in origins:
        return Kind(OTHER, "it is a migration")
    if is_app_config(classes, path, name):
        return Kind(OTHER, f"{name} configures an app")
    for origin in sorted(origins):
        if is_for_tests(origin):
            return Kind(TESTS, f"{name} is a {origin}")
        if is_for_models(origin):
            return Kind(MODELS, f"{name} is part of the models: a {origin}")
        if is_framework_class(origin) and origin != APP_CONFIG:
            return Kind(OTHER, f"{name} is a {origin}")
    return None


def _kind_of_server(file: PythonFile) -> Kind | None:
    server = {"django.core.wsgi.get_wsgi_application", "django.core.asgi.get_asgi_application"}
    if not server.isdisjoint(origins_of(file)):
        return Kind(OTHER, "it makes the application that a web server runs")
    return None


_WORTH = ("django", "celery", "rest_framework", "ninja", "graphene_django")


def _is_worth_reading(file: PythonFile) -> bool:
    return any(origin.partition(".")[0] in _WORTH for origin in origins_of(file))


_REGISTERING = frozenset({"connect", "receiver", "register"})

_DECORATORS = (
    "django.views.decorators.",
    "django.contrib.auth.decorators.",
    "rest_framework.decorators.",
)


def _kind_of_code(path: str, modules: ProjectModules, classes: Classes) -> Kind | None:
    for node in nodes_of(modules.parsed(path)):
        if isinstance(node, ast.Call):
            if _is_celery_of_django(node):
                return Kind(OTHER, "it configures Celery from the settings of Django")
            if _registers(path, node, classes):
                return Kind(OTHER, "it registers with Django")
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            if reason := _is_view(path, node, modules, classes):
                return Kind(OTHER, reason)
    return None


def _is_celery_of_django(call: ast.Call) -> bool:
    function = call.func
    if not isinstance(function, ast.Attribute) or function.attr != "config_from_object":
        return False
    return any(
        isinstance(argument, ast.Constant) and str(argument.value).startswith("django.conf")
        for argument in call.args
    )


def _registers(path: str, call: ast.Call, classes: Classes) -> bool:
    """Tell whether a call connects a signal, registers with the admin site or makes a library."""
    origin = classes.meaning_of(path, call.func) or ""
    if origin in ("django.template.Library", "django.dispatch.receiver"):
        return True
    if origin.startswith("django.db.models.signals.") or origin.startswith("django.contrib.admin."):
        return origin.rpartition(".")[2] in _REGISTERING
    return origin.startswith("django.core.") and origin.endswith("signals.request_finished.connect")


def _is_view(
    path: str,
    node: ast.FunctionDef | ast.AsyncFunctionDef,
    modules: ProjectModules,
    classes: Classes,
) -> str:
    """Return why a function is one that Django calls with a request, or an empty string."""
    for decorator in node.decorator_list:
        function = decorator.func if isinstance(decorator, ast.Call) else decorator
        origin = classes.meaning_of(path, function) or ""
        if origin.startswith(_DECORATORS):
            return f"{node.name} is a view"
    arguments = [*node.args.posonlyargs, *node.args.args][:2]
    takes_request = any(argument.arg == "request" for argument in arguments)
    if takes_request and any(is_for_web(origin) for origin in origins_of(modules.python[path])):
        return f"{node.name} takes a request"
    return ""


_FIXTURES = frozenset(
    {
        "admin_client", "admin_user", "async_client", "async_rf", "db", "django_assert_num_queries",
        "django_db_blocker", "django_db_setup", "django_user_model", "live_server", "rf",
        "transactional_db",
    }
)  # fmt: skip
"""Fixtures of pytest-django whose names say so."""


def _kind_of_test(path: str, file: PythonFile, modules: ProjectModules) -> Kind | None:
    if not is_test(path):
        return None
    for origin in sorted(origins_of(file)):
        if is_for_tests(origin) or origin in ("django", "django.setup"):
            return Kind(TESTS, f"it tests with {origin}")
    if "pytest" not in {origin.partition(".")[0] for origin in origins_of(file)}:
        return None
    for name in _pytest_names(modules.parsed(path)):
        return Kind(TESTS, f"it tests with {name} of pytest-django")
    return None


def _pytest_names(module: ast.Module) -> Iterator[str]:
    """Yield marks and fixtures of pytest-django that a module uses."""
    for node in nodes_of(module):
        if isinstance(node, ast.Attribute) and node.attr in ("django_db", "urls"):
            if isinstance(node.value, ast.Attribute) and node.value.attr == "mark":
                yield node.attr
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from (a.arg for a in node.args.args if a.arg in _FIXTURES)
