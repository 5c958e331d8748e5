"""The module that sets Django up as a library, for the ORM alone.

``settings.configure()`` takes the place of a settings module, and ``django.setup()`` loads the apps
(https://docs.djangoproject.com/en/5.2/topics/settings/#calling-django-setup-is-required-for-standalone-django-usage).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from relayout.conversions.django.model_modules import ModelModules
from relayout.conversions.django.settings import (
    names_carried,
    set_names,
    settings_module,
)
from relayout.inventory import Inventory
from relayout.inventory.django import DjangoProject
from relayout.planning.homes import Home
from relayout.rewriting.destination import Destination

NAME = "django_setup"

_SETTINGS = (
    *("DATABASES", "DATABASE_ROUTERS", "DEFAULT_AUTO_FIELD", "DEFAULT_TABLESPACE"),
    *("DEFAULT_INDEX_TABLESPACE", "AUTH_USER_MODEL", "PASSWORD_HASHERS", "USE_TZ", "TIME_ZONE"),
    *("STORAGES", "DEFAULT_FILE_STORAGE", "MEDIA_ROOT", "MEDIA_URL", "DEBUG", "LOGGING"),
    "LOGGING_CONFIG",
)
"""Settings that setting up, saving and reading models ask for, as far as a project sets them."""

_ASKED_BY = {
    "django.contrib.auth.tokens": ("SECRET_KEY", "PASSWORD_RESET_TIMEOUT"),
    "django.contrib.sites": ("SITE_ID",),
    "django.core.cache": ("CACHES",),
    "django.core.mail": (
        *("EMAIL_BACKEND", "EMAIL_HOST", "EMAIL_PORT", "EMAIL_HOST_USER", "EMAIL_HOST_PASSWORD"),
        *("EMAIL_USE_TLS", "EMAIL_USE_SSL", "EMAIL_TIMEOUT", "EMAIL_FILE_PATH"),
        *("EMAIL_SUBJECT_PREFIX", "DEFAULT_FROM_EMAIL", "SERVER_EMAIL", "ADMINS", "MANAGERS"),
    ),
    "django.core.signing": ("SECRET_KEY",),
    "django.utils.crypto.salted_hmac": ("SECRET_KEY",),
    "django.utils.formats": ("LANGUAGE_CODE", "USE_I18N", "USE_THOUSAND_SEPARATOR"),
    "django.utils.translation": ("LANGUAGE_CODE", "USE_I18N", "LANGUAGES"),
}
"""Settings that other uses of Django ask for; they matter where it is set up anyway."""

_NEEDED_BY = {
    "django.contrib.admin": ("django.contrib.contenttypes", "django.contrib.auth"),
    "django.contrib.auth": ("django.contrib.contenttypes",),
    "django.contrib.flatpages": ("django.contrib.sites",),
    "django.contrib.redirects": ("django.contrib.sites",),
}
"""Apps of Django whose models refer to those of others."""


@dataclass(frozen=True)
class Setup:
    """The module that sets Django up: where it is, and what it sets."""

    path: str
    module: str
    settings_module: str
    apps: tuple[str, ...]
    settings: tuple[str, ...]
    schema_packages: tuple[str, ...]

    @property
    def has_database(self) -> bool:
        """Whether the project's settings say where the database is."""
        return "DATABASES" in self.settings

    def text(self) -> str:
        """Return the module."""
        held = " and ".join(f"``{package}``" for package in self.schema_packages)
        about = f", with the models of {held}" if held else ""
        values = [f"        {name}=project_settings.{name}," for name in self.settings]
        last = self.settings_module.rpartition(".")
        alias = "" if last[2] == "project_settings" else " as project_settings"
        settings_import = [f"from {last[0]} import {last[2]}{alias}", ""] if values else []
        if self.apps:
            listed = [f'            "{name}",' for name in self.apps]
            apps = ["        INSTALLED_APPS=[", *listed, "        ],"]
        else:
            apps = ["        INSTALLED_APPS=[],"]
        lines = [
            f'"""Sets Django up as a library{about}. Import it before models."""',
            "",
            "from __future__ import annotations",
            "",
            "import django",
            "from django.conf import settings",
            "",
            *settings_import,
            "if not settings.configured:",
            "    settings.configure(",
            *apps,
            *values,
            "    )",
            "django.setup()",
        ]
        return "\n".join(lines) + "\n"


def make_setup(
    inventory: Inventory,
    destination: Destination,
    project: DjangoProject,
    home: Home,
    modules: ModelModules,
    used: Collection[str],
) -> Setup:
    """Return the module that sets Django up for a package.

    ``used`` are the names of Django that its code uses.
    """
    module = _module(home, destination)
    asked = chain.from_iterable(settings_for(name) for name in sorted(used))
    every = dict.fromkeys([*_SETTINGS, *asked])
    known = set_names(inventory, project)
    wanted = [name for name in every if name in known]
    if modules.user_label not in modules.labels:
        wanted = [name for name in wanted if name != "AUTH_USER_MODEL"]
    carried = names_carried(inventory, project, wanted)
    return Setup(
        path=f"{home.source}/{module.replace('.', '/')}.py",
        module=module,
        settings_module=settings_module(home, destination),
        apps=_apps(inventory, project, modules, used),
        settings=tuple(name for name in wanted if name in carried),
        schema_packages=modules.schema_packages,
    )


def _module(home: Home, destination: Destination) -> str:
    name, number = NAME, 2
    while f"{home.root}/database/{name}.py" in destination.tree:
        name, number = f"{NAME}_{number}", number + 1
    return f"{home.package}.database.{name}"


def _apps(
    inventory: Inventory, project: DjangoProject, modules: ModelModules, used: Collection[str]
) -> tuple[str, ...]:
    """Return the apps to install, in the order in which the project installs them.

    They are those of the schema packages, and those whose models these, or the code, import.
    """
    imported = set(_imported(inventory, modules.external))
    needed = dict.fromkeys(_contrib_apps([*sorted(imported), *sorted(used)]))
    by_name = {app.name: name for app, name in modules.apps.items()}
    tops = {name.partition(".")[0] for name in (*imported, *used)} - {"django"}
    others: dict[str, str] = {}
    for name in modules.installed:
        if name not in needed:
            app = next((app for app in by_name if _is_app(name, app)), None)
            if app is not None:
                others[name] = by_name.pop(app)
            elif name.partition(".")[0] in tops and not _is_of_project(name, project):
                others[name] = name
    return tuple(dict.fromkeys([*needed, *others.values(), *by_name.values()]))


def _is_app(name: str, app: str) -> bool:
    """Tell whether an entry of ``INSTALLED_APPS`` is an app, or a class that configures it."""
    return name == app or name.startswith(f"{app}.apps.")


def _is_of_project(name: str, project: DjangoProject) -> bool:
    return any(_is_app(name, app.name) for app in project.apps)


def _imported(inventory: Inventory, paths: Iterable[str]) -> Iterator[str]:
    """Yield what some modules import from outside of the repository, by dotted names."""
    for path in paths:
        file = inventory.python.get(path)
        for name in file.imports if file is not None else ():
            if not name.level:
                yield f"{name.module}.{name.name}" if name.name else name.module
        if file is not None and b"AUTH_USER_MODEL" in inventory.tree.read(path):
            yield "django.contrib.auth"


def _contrib_apps(names: Iterable[str]) -> Iterator[str]:
    """Yield the apps of Django that names are of, each behind those that it needs itself."""
    for name in names:
        parts = name.split(".")
        if parts[:2] == ["django", "contrib"] and len(parts) > 2:
            is_model = "models" in parts or parts[2] in ("auth", "contenttypes")
            if parts[2] == "contenttypes" or (is_model and parts[2] != "postgres"):
                app = ".".join(parts[:3])
                yield from _NEEDED_BY.get(app, ())
                yield app
        if parts[:4] == ["django", "contrib", "gis", "db"]:
            yield "django.contrib.gis"


def settings_for(name: str) -> tuple[str, ...]:
    """Return the settings that a use of Django asks for, if it is one that is known to."""
    found = (names for key, names in _ASKED_BY.items() if f"{name}.".startswith(f"{key}."))
    return next(found, ())


def setup_settings(setup: Setup | None) -> frozenset[str]:
    """Return the settings that the package's own must have for a setup."""
    return frozenset(setup.settings) if setup is not None else frozenset()
