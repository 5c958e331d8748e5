"""What a Django project calls itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from posixpath import basename

from relayout.inventory.django.modules import ProjectModules
from relayout.inventory.django.places import Place
from relayout.inventory.django.project import DjangoApp

_GENERIC = frozenset(
    {
        "api", "app", "application", "apps", "backend", "base", "code", "conf", "config", "configs",
        "configuration", "core", "demo", "django", "django_app", "django_core", "django_project",
        "djangoproject", "example", "main", "mysite", "project", "server", "service", "settings",
        "site", "src", "test", "testproject", "tests", "web", "webapp", "website",
    }
)  # fmt: skip
"""What many projects call a package; it does not tell one project from another."""

_DECLARED = re.compile(rb"(?m)^\s*name\s*=\s*[\"']?([A-Za-z0-9][\w.-]*)")


def project_name(
    modules: ProjectModules, place: Place, settings: Sequence[str], apps: Sequence[DjangoApp]
) -> str:
    """Return the name of a project as one that can be imported; empty if nothing says it.

    The package of its settings says it, else its folder, else its metadata, else its only app.
    """
    names = [_top(path, place.folder) for path in settings[:1] if not path.startswith("tests/")]
    names.append(basename(place.folder))
    names += _declared(modules, place)
    tops = {_top(app.folder, place.folder) for app in apps}
    names += tops if len(tops) == 1 else ()
    found = (_importable(name) for name in names)
    return next((name for name in found if name and name.lower() not in _GENERIC), "")


def _top(path: str, folder: str) -> str:
    """Return the outermost package of a path; empty for a module that is in none."""
    inner = path[len(folder) + 1 :] if folder and path.startswith(f"{folder}/") else path
    return inner.partition("/")[0].removesuffix(".py")


def _declared(modules: ProjectModules, place: Place) -> list[str]:
    for name in ("pyproject.toml", "setup.cfg", "setup.py"):
        path = f"{place.folder}/{name}" if place.folder else name
        if modules.tree.is_regular(path):
            match = _DECLARED.search(modules.tree.read(path))
            if match:
                return [match.group(1).decode()]
    return []


def _importable(name: str) -> str:
    plain = re.sub(r"\W", "_", name).strip("_")
    return plain if plain.isidentifier() else ""
