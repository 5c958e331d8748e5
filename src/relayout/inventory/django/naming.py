"""What a Django project calls itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from keyword import iskeyword
from posixpath import basename

from relayout.inventory.django.modules import ProjectModules
from relayout.inventory.django.places import Place, is_alone, is_for_trial
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

    The package of its settings says it, else its folder, else its metadata or its only package of
    apps; of apps without a project, the package comes first.
    """
    names = [_top(path, place.folder) for path in settings[:1] if not is_for_trial(path)]
    names.append(basename(place.folder))
    tops = {_top(app.folder, place.folder) for app in apps if not is_for_trial(app.folder)}
    only = sorted(tops) if len(tops) == 1 else []
    declared = _declared(modules, place)
    names += [*only, *declared] if is_alone(place) else [*declared, *only]
    found = (_importable(name) for name in names)
    return next((name for name in found if name and name not in _GENERIC), "")


def _top(path: str, folder: str) -> str:
    """Return the outermost package of a path; empty for a module that is in none."""
    inner = path[len(folder) + 1 :] if folder and path.startswith(f"{folder}/") else path
    top = inner.partition("/")[0]
    return "" if top.endswith(".py") else top


def _declared(modules: ProjectModules, place: Place) -> list[str]:
    for name in ("pyproject.toml", "setup.cfg", "setup.py"):
        path = f"{place.folder}/{name}" if place.folder else name
        if modules.tree.is_regular(path):
            match = _DECLARED.search(modules.tree.read(path))
            if match:
                return [match.group(1).decode()]
    return []


def _importable(name: str) -> str:
    """Return a name as packages are written (PEP 8): in lower case, words joined by underscores."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|\W", "_", name).strip("_").lower()
    return words if words.isidentifier() and not iskeyword(words) else ""
