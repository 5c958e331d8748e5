"""Modules that settings name for Django to find: middleware, context processors, back ends."""

from __future__ import annotations

import ast
from collections.abc import Iterable

from relayout.inventory.django.modules import ProjectModules
from relayout.source import nodes_in, nodes_of

_SETTINGS = frozenset(
    {
        "ASGI_APPLICATION", "AUTHENTICATION_BACKENDS", "AUTH_PASSWORD_VALIDATORS",
        "CSRF_FAILURE_VIEW", "DATABASE_ROUTERS", "DEFAULT_EXCEPTION_REPORTER",
        "DEFAULT_EXCEPTION_REPORTER_FILTER", "MIDDLEWARE", "MIDDLEWARE_CLASSES",
        "PASSWORD_HASHERS", "REST_FRAMEWORK", "ROOT_URLCONF", "SPECTACULAR_SETTINGS", "TEMPLATES",
        "TEMPLATE_CONTEXT_PROCESSORS", "TEST_RUNNER", "WSGI_APPLICATION",
    }
)  # fmt: skip
"""Settings whose values are dotted names of what only a web application uses
(https://docs.djangoproject.com/en/5.2/ref/settings/)."""


def wired_modules(modules: ProjectModules, settings: Iterable[str]) -> dict[str, str]:
    """Return the modules that settings name so, each with the setting."""
    found: dict[str, str] = {}
    for path in settings:
        for node in nodes_of(modules.parsed(path)):
            for setting in _assigned(node):
                for text in _strings(node):
                    file = _module(modules, text)
                    if file is not None:
                        found.setdefault(file, setting)
    return found


def _assigned(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Assign):
        targets = node.targets
    elif isinstance(node, ast.AugAssign | ast.AnnAssign):
        targets = [node.target]
    else:
        return []
    return [t.id for t in targets if isinstance(t, ast.Name) and t.id in _SETTINGS]


def _strings(node: ast.AST) -> list[str]:
    return [
        part.value
        for part in nodes_in(node)
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and "." in part.value
    ]


def _module(modules: ProjectModules, dotted: str) -> str | None:
    """Return the module that a dotted name is, or is in; packages without code count for none."""
    return modules.module(dotted) or modules.module(dotted.rpartition(".")[0])
