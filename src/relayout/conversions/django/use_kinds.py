"""What a name of Django is for, and whether it works while nothing has set Django up.

Django raises ``ImproperlyConfigured`` where code asks for a setting before there are settings
(https://docs.djangoproject.com/en/5.2/topics/settings/#either-configure-or-django-settings-module-is-required).
The tables say which modules ask when they are imported, and what never asks; all else asks when it
is used. The tests hold them against Django itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

_OF_OTHERS = ("django.core.management", "django.conf.settings")
"""What other conversions replace."""

_PARENTS = frozenset({"django.contrib", "django.core", "django.utils"})
"""Packages in which everything that is imported by name is a module."""

_MODULES = frozenset(
    {
        *("django.apps", "django.conf", "django.db", "django.dispatch", "django.forms"),
        *("django.http", "django.shortcuts", "django.template", "django.test", "django.urls"),
        *("django.views", "django.db.models", "django.db.transaction", "django.db.utils"),
        *("django.db.migrations", "django.db.backends", "django.db.models.functions"),
        *("django.db.models.signals", "django.core.files.base", "django.core.files.storage"),
        "django.core.serializers.json",
        *("django.core.cache.backends", "django.core.mail.backends", "django.template.loader"),
        *("django.contrib.auth.models", "django.contrib.auth.hashers", "django.contrib.gis.db"),
        *("django.contrib.gis.db.models", "django.template.defaultfilters", "django.conf.urls"),
    }
)
"""Other modules that are imported from their packages by name."""

_NEEDS_CONNECTION = frozenset(
    {
        *("connection", "connections", "transaction", "close_old_connections", "reset_queries"),
        "router",
    }
)
"""Names of ``django.db`` that lead to a database."""

_ORM = (
    *("django.db", "django.apps", "django.contrib.auth.get_user_model", "django.contrib.postgres"),
    *("django.contrib.gis.db", "django.shortcuts.get_object_or_404"),
    *("django.shortcuts.get_list_or_404", "django.contrib.contenttypes.fields"),
)

_AT_IMPORT = (
    *("django.contrib.admin.models", "django.contrib.auth.models", "django.contrib.auth.admin"),
    *("django.contrib.auth.backends", "django.contrib.auth.base_user", "django.contrib.auth.forms"),
    *("django.contrib.auth.middleware", "django.contrib.auth.mixins", "django.contrib.auth.views"),
    *("django.contrib.contenttypes.fields", "django.contrib.contenttypes.models"),
    *("django.contrib.flatpages.models", "django.contrib.redirects.models"),
    *("django.contrib.sessions.models", "django.contrib.sessions.base_session"),
    "django.contrib.sites.models",
)
"""Modules that ask for settings as they are imported."""

_ORM_NEVER = (
    *("django.db.DEFAULT_DB_ALIAS", "django.db.utils", "django.db.DatabaseError"),
    *("django.db.DataError", "django.db.Error", "django.db.IntegrityError"),
    *("django.db.InterfaceError", "django.db.InternalError", "django.db.NotSupportedError"),
    *("django.db.OperationalError", "django.db.ProgrammingError"),
)
"""Names of ``django.db`` that can be used before there are settings."""

_MODELS = "django.db.models."
_ASKING_MODELS = frozenset({"Model", "base", "prefetch_related_objects"})
"""All else of ``django.db.models`` is expressions, fields and the like, which ask for nothing."""

_NEVER = (
    *_ORM_NEVER,
    *("django.VERSION", "django.get_version", "django.core.exceptions", "django.core.checks"),
    *("django.core.files.base", "django.core.files.File", "django.core.files.locks"),
    *("django.core.files.temp", "django.core.files.move", "django.core.serializers.json"),
    *(
        "django.core.files.uploadedfile.SimpleUploadedFile",
        "django.dispatch",
        "django.http.Http404",
    ),
    *("django.core.paginator", "django.utils.baseconv", "django.utils.archive"),
    *("django.utils.crypto.constant_time_compare"),
    *("django.utils.crypto.get_random_string", "django.utils.crypto.pbkdf2"),
    *("django.utils.datastructures", "django.utils.dateparse", "django.utils.deconstruct"),
    *("django.utils.decorators", "django.utils.deprecation", "django.utils.duration"),
    *("django.utils.encoding", "django.utils.functional", "django.utils.hashable"),
    *("django.utils.html", "django.utils.http", "django.utils.inspect", "django.utils.ipv6"),
    *("django.utils.lorem_ipsum", "django.utils.module_loading", "django.utils.safestring"),
    *("django.utils.termcolors", "django.utils.text.capfirst", "django.utils.text.slugify"),
    *(
        "django.utils.text.get_valid_filename",
        "django.utils.text.wrap",
        "django.utils.topological_sort",
    ),
    *("django.utils.timezone.is_aware", "django.utils.timezone.is_naive"),
    *("django.utils.timezone.activate", "django.utils.timezone.deactivate"),
    "django.utils.timezone.override",
    *("django.utils.tree", "django.utils.version", "django.utils.xmlutils"),
    *("django.contrib.auth.signals", "django.template.defaultfilters.pluralize"),
)
"""Modules and names that never ask for a setting."""

_WAYS_OUT = {
    "django.core.cache": "Use functools.lru_cache, or the cache server's own client.",
    "django.core.exceptions": "Define an exception of its own for it in the package.",
    "django.core.files.storage": "Use pathlib, or boto3 where the storage is a bucket.",
    "django.core.mail": "Use smtplib and email.message of the standard library.",
    "django.core.paginator": "Take slices of the list instead.",
    "django.core.serializers": "Use json of the standard library.",
    "django.core.validators": "Check the value with a function of the package.",
    "django.http": "A job answers no requests: return the data itself.",
    "django.template": "Use jinja2 or string.Template with a file of the package.",
    "django.test": "Tests that need Django stay with the quarantined project.",
    "django.urls": "A job has no URLs: have the address configured.",
    "django.utils.timezone": "Use datetime and zoneinfo of the standard library.",
    "django.utils.translation": "Write the texts as they are shown, or use Python's gettext.",
    "django.dispatch": "Call the receivers by name, or keep Django as a library.",
    "django.setup": "A job has no settings module to be set up from: take the call away.",
}
_WAY_OUT = "Write it without Django."
_WITHOUT_APP = "It is an app for Django: write it without, or set Django up with it."


class Needs(Enum):
    """When code that uses a name asks for Django's settings."""

    AT_IMPORT = "its import fails, for there are no settings"
    WHEN_USED = "it can be imported, and fails where it asks for settings: there are none"
    NEVER = "it works without settings"
    UNKNOWN = "it is of an app for Django, and may ask for settings as early as it is imported"

    def text(self, is_lazy: bool, is_early: bool = False) -> str:
        """Return what becomes of a use.

        ``is_lazy`` tells that a function imports the name, and ``is_early`` that it is called as
        the file is imported.
        """
        if is_early and self is Needs.WHEN_USED:
            return f"it is called outside of functions: if it asks for settings, {failure(is_lazy)}"
        return f"{self.value}: {failure(is_lazy)}" if self is Needs.AT_IMPORT else self.value


def failure(is_lazy: bool) -> str:
    """Return what an import that fails does to the file that it stands in."""
    if is_lazy:
        return "the function that imports it fails when it is called"
    return "the file cannot be imported, not even for --help"


@dataclass(frozen=True, slots=True)
class Kind:
    """What is known about a name of Django; ``needs_connection`` if it leads to a database."""

    is_orm: bool
    needs: Needs
    needs_connection: bool
    way_out: str


def is_of_another(origin: str) -> bool:
    """Tell whether another conversion deals with a name: of commands, or of settings."""
    return origin == "django.conf" or _is_within(origin, _OF_OTHERS)


def kind_of(name: str) -> Kind:
    """Return what is known about a name, as :func:`used_name` gives it.

    It is of Django, or of an installed package that is an app for Django.
    """
    parts = name.split(".")
    if parts[0] != "django":
        is_model = "models" in parts
        return Kind(is_model, Needs.AT_IMPORT if is_model else Needs.UNKNOWN, False, _WITHOUT_APP)
    is_contrib_model = name.startswith("django.contrib.") and "models" in parts
    return Kind(
        is_orm=is_contrib_model or _is_within(name, _ORM),
        needs=_needs(name),
        needs_connection=parts[:2] == ["django", "db"] and parts[2:3] in _CONNECTION_PARTS,
        way_out=next((_WAYS_OUT[key] for key in _above(name) if key in _WAYS_OUT), _WAY_OUT),
    )


_CONNECTION_PARTS = [[name] for name in sorted(_NEEDS_CONNECTION)]


def is_module(dotted: str) -> bool:
    """Tell whether a name of Django is a module that is imported by name."""
    known = dotted == "django" or dotted in _PARENTS or dotted in _MODULES
    return known or dotted.rpartition(".")[0] in _PARENTS


def used_name(origin: str, attributes: tuple[str, ...]) -> str:
    """Return the name of Django that code uses: behind modules, one more part at most.

    Of ``connection`` with the attribute ``cursor``, it is the connection; of ``timezone`` with the
    attribute ``now``, it is that function.
    """
    name = origin
    for attribute in attributes:
        if not is_module(name):
            break
        name = f"{name}.{attribute}"
    return name


def _needs(name: str) -> Needs:
    if _is_within(name, _AT_IMPORT) or name.startswith("django.contrib.gis.db.models"):
        return Needs.AT_IMPORT
    if name.startswith(_MODELS):
        asks = name[len(_MODELS) :].partition(".")[0] in _ASKING_MODELS
        return Needs.WHEN_USED if asks else Needs.NEVER
    return Needs.NEVER if _is_within(name, _NEVER) else Needs.WHEN_USED


def _is_within(name: str, among: tuple[str, ...]) -> bool:
    return f"{name}.".startswith(tuple([f"{one}." for one in among]))


def _above(name: str) -> list[str]:
    """Return a dotted name and what it is in, the longest first."""
    parts = name.split(".")
    return [".".join(parts[:length]) for length in range(len(parts), 1, -1)]
