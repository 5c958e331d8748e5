"""Which of Django's functions can be replaced, as the project's settings say what they do.

``timezone.now()`` asks for ``USE_TZ`` and ``TIME_ZONE``
(https://docs.djangoproject.com/en/5.2/ref/utils/#module-django.utils.timezone), a translation for
``USE_I18N``, ``LANGUAGE_CODE`` and the catalogues that are found
(https://docs.djangoproject.com/en/5.2/topics/i18n/translation/#how-django-discovers-translations).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from relayout.conversions.django.standalone_text import EXCEPTIONS, PROVIDED

_TIMEZONE = "django.utils.timezone"
_TRANSLATION = "django.utils.translation"

_CHANGE_ZONE = frozenset(f"{_TIMEZONE}.{name}" for name in ("activate", "deactivate", "override"))
_CHANGE_LANGUAGE = frozenset(
    f"{_TRANSLATION}.{name}"
    for name in ("activate", "deactivate", "deactivate_all", "override", "trans_real")
)

_ASK_USE_TZ = frozenset({"now", "localtime", "localdate"})
_ASK_TIME_ZONE = frozenset(
    {
        *("get_current_timezone", "get_current_timezone_name", "get_default_timezone"),
        *("get_default_timezone_name", "localdate", "localtime", "make_aware", "make_naive"),
    }
)
_ASK_CURRENT = _ASK_TIME_ZONE - {"get_default_timezone", "get_default_timezone_name"}

_UNTRANSLATED = frozenset({"en", "en-us"})
"""Languages for which Django's own catalogue has no texts other than those in the code."""


@dataclass(frozen=True, slots=True)
class Standalone:
    """What is known of a project for choosing.

    ``values`` are settings by name, as far as they are plain; ``carried`` are those that are not,
    and that the package's own settings have. ``has_english_catalogue`` tells that the repository,
    or a place outside of it, may have texts for English. ``used`` are all names of Django that the
    active code uses.
    """

    values: Mapping[str, object] = field(default_factory=dict)
    carried: Collection[str] = frozenset()
    has_english_catalogue: bool = False
    used: Collection[str] = frozenset()
    is_without_django: bool = False
    """Whether nothing of Django is left, so that nothing but the code raises its exceptions."""

    def replaces(self, module: str, name: str) -> bool:
        """Tell whether a function of Django's module is replaced by one that does the same."""
        if name not in PROVIDED.get(module, ()):
            return False
        if module == EXCEPTIONS:
            return self.is_without_django
        if module == _TIMEZONE:
            return self._knows_time(name)
        return module != _TRANSLATION or self._texts_stay(name)

    def _knows_time(self, name: str) -> bool:
        if not all(n in self.values or n in self.carried for n in self.settings_for(name)):
            return False
        return name not in _ASK_CURRENT or _CHANGE_ZONE.isdisjoint(self.used)

    def settings_for(self, name: str) -> tuple[str, ...]:
        """Return the settings that a function of ``timezone`` asks for."""
        use_tz = ("USE_TZ",) if name in _ASK_USE_TZ else ()
        asks_zone = name in _ASK_TIME_ZONE or (
            name == "now" and self.values.get("USE_TZ") is not True
        )
        return (*use_tz, "TIME_ZONE") if asks_zone else use_tz

    def _texts_stay(self, name: str) -> bool:
        """Tell whether a text is shown as it is written, whatever it is."""
        if name == "gettext_noop":
            return True
        uses = self.values.get("USE_I18N")
        if uses is False:
            return True
        if uses is not True or self.values.get("LANGUAGE_CODE") not in _UNTRANSLATED:
            return False
        return not self.has_english_catalogue and _CHANGE_LANGUAGE.isdisjoint(self.used)


def has_english_catalogue(paths: Iterable[str]) -> bool:
    """Tell whether a catalogue of texts for English is among some files."""
    return any(
        path.endswith((".po", ".mo"))
        and any(f"/{path}".partition(f"/{name}/LC_MESSAGES/")[1] for name in _ENGLISH)
        for path in paths
    )


_ENGLISH = ("en", "en_US", "en_us")
