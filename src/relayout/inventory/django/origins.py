"""Which parts of Django, and of libraries for it, only a web application uses.

The names are those of Django's documented modules
(https://docs.djangoproject.com/en/5.2/ref/) and of libraries that extend them.
"""

from __future__ import annotations

from relayout.inventory.django.names import is_of_django

_WEB = (
    "django.conf.urls",
    "django.contrib.admin",
    "django.contrib.admindocs",
    "django.contrib.auth.admin",
    "django.contrib.auth.backends",
    "django.contrib.auth.context_processors",
    "django.contrib.auth.decorators",
    "django.contrib.auth.forms",
    "django.contrib.auth.middleware",
    "django.contrib.auth.mixins",
    "django.contrib.auth.signals",
    "django.contrib.auth.urls",
    "django.contrib.auth.views",
    "django.contrib.flatpages",
    "django.contrib.messages",
    "django.contrib.redirects",
    "django.contrib.sessions.middleware",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.contrib.syndication",
    "django.core.asgi",
    "django.core.checks",
    "django.core.context_processors",
    "django.core.handlers",
    "django.core.servers",
    "django.core.wsgi",
    "django.db.migrations",
    "django.forms",
    "django.http",
    "django.middleware",
    "django.shortcuts",
    "django.template.Library",
    "django.template.base",
    "django.template.context_processors",
    "django.template.library",
    "django.template.response",
    "django.test",
    "django.urls",
    "django.views",
    "allauth",
    "channels",
    "crispy_forms",
    "debug_toolbar",
    "django_extensions.db",
    "django_filters",
    "django_tables2",
    "drf_spectacular",
    "drf_yasg",
    "factory.django",
    "graphene_django",
    "import_export",
    "ninja",
    "ninja_extra",
    "pytest_django",
    "rest_framework",
    "rest_framework_simplejwt",
    "reversion",
    "strawberry_django",
    "wagtail",
)

_NOT_WEB = (
    "django.contrib.admin.models",
    "django.http.QueryDict",
    "django.urls.NoReverseMatch",
    "django.urls.reverse",
    "django.urls.reverse_lazy",
    "django.forms.models.model_to_dict",
    "django.forms.model_to_dict",
    "wagtail.models",
)
"""Parts of the above that other code uses as a library."""

_MODELS = (
    "django.db.models",
    "django.contrib.gis.db.models",
    "django.contrib.postgres.fields",
    "django.contrib.auth.models",
    "django.contrib.auth.base_user",
    "django.contrib.contenttypes",
    "django.contrib.sites.models",
    "django.contrib.sites.managers",
)

_VALUES = frozenset(
    f"django.db.models.{module}{name}"
    for module in ("", "enums.")
    for name in ("Choices", "IntegerChoices", "TextChoices")
)
"""Classes of values, which work without a database."""

_LIBRARY = (
    "django.db.migrations.utils",
    "django.http",
    "rest_framework.exceptions",
    "rest_framework.fields",
    "rest_framework.response",
    "rest_framework.throttling",
)
"""Parts of what is for the web whose classes other code makes objects of, too."""

_ERRORS = ("Error", "Exception", "Warning", "DoesNotExist")


def is_for_web(origin: str) -> bool:
    """Tell whether a dotted name is of what only a web application, or its tests, use."""
    return _is_within(origin, _WEB) and not _is_within(origin, _NOT_WEB)


def is_for_tests(origin: str) -> bool:
    """Tell whether a dotted name is of what only tests of a Django project use."""
    return _is_within(
        origin, ("django.test", "rest_framework.test", "factory.django", "pytest_django")
    )


def is_for_models(origin: str) -> bool:
    """Tell whether a class that derives from this is part of the models: a manager, a field."""
    if origin in _VALUES:
        return False
    return _is_within(origin, _MODELS)


def is_framework_class(origin: str) -> bool:
    """Tell whether Django makes the objects of classes that derive from this, and calls them.

    So it does not with exceptions, with commands, and with what ``django.utils`` offers.
    """
    if not is_of_django(origin):
        return is_for_web(origin)
    if origin.endswith(_ERRORS) or origin in _VALUES or origin.startswith("django.core.exceptions"):
        return False
    return not origin.startswith(("django.utils.", "django.core.management.", "django.core.files."))


def is_placed(origin: str) -> bool:
    """Tell whether what derives from this works nowhere but in a web application."""
    return is_for_web(origin) and not _is_within(origin, _LIBRARY)


def _is_within(origin: str, names: tuple[str, ...]) -> bool:
    return origin in names or origin.startswith(tuple(f"{name}." for name in names))
