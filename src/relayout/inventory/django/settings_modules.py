"""Which modules are settings, and which of them a program names.

``DJANGO_SETTINGS_MODULE`` is set by programs (``setdefault``, assignment, with a default behind an
environment variable) and by the configuration of test runners. Modules that nothing names are known
by the settings that they assign (https://docs.djangoproject.com/en/5.2/ref/settings/).
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from posixpath import basename, dirname, join

from relayout.inventory.django.installed_apps import APPS
from relayout.inventory.django.modules import ProjectModules
from relayout.inventory.python import PythonFile
from relayout.source import last_name, nodes_of
from relayout.tree import Tree

VARIABLE = "DJANGO_SETTINGS_MODULE"

_KNOWN = frozenset(
    {
        "INSTALLED_APPS", "MIDDLEWARE", "MIDDLEWARE_CLASSES", "ROOT_URLCONF", "TEMPLATES",
        "WSGI_APPLICATION", "ASGI_APPLICATION", "DATABASES", "AUTH_PASSWORD_VALIDATORS",
        "AUTH_USER_MODEL", "LANGUAGE_CODE", "TIME_ZONE", "USE_I18N", "USE_L10N", "USE_TZ",
        "STATIC_URL", "STATIC_ROOT", "STATICFILES_DIRS", "MEDIA_URL", "MEDIA_ROOT", "SECRET_KEY",
        "DEBUG", "ALLOWED_HOSTS", "DEFAULT_AUTO_FIELD", "CACHES", "EMAIL_BACKEND", "LOGGING",
        "REST_FRAMEWORK", "SESSION_ENGINE", "DEFAULT_FILE_STORAGE", "STORAGES", "SITE_ID",
        "AUTHENTICATION_BACKENDS", "CSRF_TRUSTED_ORIGINS", "SECURE_SSL_REDIRECT",
    }
)  # fmt: skip

_ENOUGH = 3
"""So many of Django's settings make a module one of settings."""

_DOTTED = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*")

_CONFIGURATION = ("pytest.ini", "pyproject.toml", "setup.cfg", "tox.ini")
_IN_CONFIGURATION = re.compile(rb"DJANGO_SETTINGS_MODULE\s*=\s*[\"']?([A-Za-z_][\w.]*)")


def named_settings(module: ast.Module) -> tuple[str, ...]:
    """Return the dotted names that a program may set ``DJANGO_SETTINGS_MODULE`` to, in order.

    Of ``f"shop.settings.{name}"``, the package ``shop.settings`` is given, unless the code says
    what the name may be.
    """
    constants = _constants(module)
    found: list[str] = []
    for node in nodes_of(module):
        for value in _values_set(node):
            found += _texts(value, dict(constants))
    return tuple(dict.fromkeys(text for text in found if _DOTTED.fullmatch(text)))


def configured_settings(tree: Tree, folder: str) -> tuple[str, ...]:
    """Return what the configuration of test runners in a folder sets the variable to."""
    paths = [f"{folder}/{name}" if folder else name for name in _CONFIGURATION]
    found = (
        match.group(1).decode()
        for path in paths
        if tree.is_regular(path)
        for match in _IN_CONFIGURATION.finditer(tree.read(path))
    )
    return tuple(dict.fromkeys(found))


def shows_settings(file: PythonFile) -> bool:
    """Tell whether a module assigns what only settings assign."""
    return APPS in file.defines or len(_KNOWN & file.defines) >= _ENOUGH


def settings_modules(modules: ProjectModules, paths: Iterable[str]) -> frozenset[str]:
    """Return those of the paths that are settings modules.

    They are those that show it, those that import ``*`` from one of them or that one of them
    imports ``*`` from, parts of settings that stand in one package with them, and what they
    include.
    """
    among = frozenset(paths)
    found = {path for path in among if shows_settings(modules.python[path])}
    packages = {dirname(path) for path in found if "settings" in basename(dirname(path))}
    parts = {path for path in among if dirname(path) in packages}
    found |= {path for path in parts if _is_part(modules.python[path])}
    found |= {part for path in sorted(found) for part in _included(modules, path, among)}
    stars = {path: frozenset(_star_files(modules, path)) & among for path in among}
    while True:
        new = {path for path, files in stars.items() if files & found}
        for path in found:
            new |= {file for file in stars[path] if _has_constants(modules.python[file])}
        if new <= found:
            return frozenset(found)
        found |= new


def _is_part(file: PythonFile) -> bool:
    """Tell whether a module in a package of settings is of them itself."""
    if basename(file.path) == "__init__.py":
        return bool(file.imports or file.defines)
    return bool(file.defines & _KNOWN)


def _included(modules: ProjectModules, path: str, among: Iterable[str]) -> Iterator[str]:
    """Yield the modules that ``include`` of django-split-settings reads into settings."""
    if not any(name.module.startswith("split_settings") for name in modules.imports(path)):
        return
    for node in nodes_of(modules.parsed(path)):
        if isinstance(node, ast.Call) and last_name(node.func) in ("include", "optional"):
            for argument in node.args:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    pattern = join(dirname(path), argument.value)
                    yield from (part for part in among if fnmatchcase(part, pattern))


def _has_constants(file: PythonFile) -> bool:
    return any(name.isupper() for name in file.defines)


def _star_files(modules: ProjectModules, path: str) -> Iterator[str]:
    for imported in modules.imports(path):
        file = modules.file_of(path, imported) if imported.name == "*" else None
        if file is not None:
            yield file


def _values_set(node: ast.AST) -> Iterator[ast.expr]:
    """Yield the expressions that a node sets the variable to."""
    if isinstance(node, ast.Call) and len(node.args) >= 2 and _is_variable(node.args[0]):
        if isinstance(node.func, ast.Attribute) and node.func.attr in ("setdefault", "putenv"):
            yield node.args[1]
    elif isinstance(node, ast.Assign):
        for target in node.targets:
            if isinstance(target, ast.Subscript) and _is_variable(target.slice):
                yield node.value


def _is_variable(node: ast.expr) -> bool:
    if isinstance(node, ast.Name):
        return node.id in ("ENVIRONMENT_VARIABLE", VARIABLE)
    return isinstance(node, ast.Constant) and node.value == VARIABLE


def _constants(module: ast.Module) -> dict[str, list[ast.expr]]:
    """Return what names are set to, anywhere in a file."""
    found: dict[str, list[ast.expr]] = {}
    for node in nodes_of(module):
        if isinstance(node, ast.Assign) and len(node.targets) == 1:
            target = node.targets[0]
            if isinstance(target, ast.Name):
                found.setdefault(target.id, []).append(node.value)
    return found


_STEPS = 200
"""How many expressions are looked at for one value."""


def _texts(value: ast.expr, constants: dict[str, list[ast.expr]]) -> Iterator[str]:
    """Yield the texts that an expression may be, as far as the file says."""
    pending = [value]
    for _ in range(_STEPS):
        if not pending:
            return
        node = pending.pop(0)
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.Name):
            pending += constants.pop(node.id, [])
        elif isinstance(node, ast.IfExp):
            pending += [node.body, node.orelse]
        elif isinstance(node, ast.BoolOp):
            pending += node.values
        elif isinstance(node, ast.Call):
            pending += node.args[1:2]  # the default of os.environ.get and its like
        elif isinstance(node, ast.JoinedStr):
            before, inner = _parts(node)
            yield from (f"{before}{text}" for text in _plain_texts(inner, constants))
            yield before.rstrip(".")
        elif isinstance(node, ast.BinOp) and isinstance(node.left, ast.Constant):
            yield str(node.left.value).partition("%")[0].rstrip(".")


def _parts(node: ast.JoinedStr) -> tuple[str, ast.expr | None]:
    """Return the text that a formatted string begins with, and the expression that ends it."""
    first = node.values[0] if node.values else None
    before = first.value if isinstance(first, ast.Constant) else ""
    last = node.values[1] if len(node.values) == 2 else None
    inner = last.value if isinstance(last, ast.FormattedValue) else None
    return (before if isinstance(before, str) else ""), inner


def _plain_texts(inner: ast.expr | None, constants: dict[str, list[ast.expr]]) -> Iterator[str]:
    """Yield the texts that an expression in a formatted string may be, if it is a simple one."""
    values = [] if inner is None else [inner]
    if isinstance(inner, ast.Name):
        values = constants.get(inner.id, [])
    for value in values:
        default = value.args[1:2] if isinstance(value, ast.Call) else [value]
        for node in default:
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value
