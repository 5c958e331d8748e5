"""What a project's settings say that decides what Django's functions do."""

from __future__ import annotations

from collections.abc import Collection

from relayout.conversions.django.settings import names_carried, plain_value, set_names
from relayout.conversions.django.settings.modules import read_settings
from relayout.conversions.django.standalone_choice import Standalone, has_english_catalogue
from relayout.inventory import Inventory
from relayout.inventory.django import DjangoProject

_DEFAULTS = {"TIME_ZONE": "America/Chicago", "USE_I18N": True, "LANGUAGE_CODE": "en-us"}
"""What Django takes for a setting that a project does not set, whatever its version
(https://docs.djangoproject.com/en/5.2/ref/settings/). ``USE_TZ`` is another since 5.0."""

_TYPES = {"TIME_ZONE": str, "USE_TZ": bool, "USE_I18N": bool, "LANGUAGE_CODE": str}


def standalone_values(
    inventory: Inventory, project: DjangoProject, used: Collection[str]
) -> Standalone:
    """Return what is known of a project; ``used`` are the names of Django that its code uses."""
    if not project.settings:
        return Standalone(used=used)
    known = set_names(inventory, project)
    may_be_set = bool(read_settings(project.settings[0], inventory).overrides)
    values: dict[str, object] = {}
    for name, kind in _TYPES.items():
        if name in known:
            value = plain_value(inventory, project, name)
            if isinstance(value, kind):
                values[name] = value
        elif name in _DEFAULTS and not may_be_set:
            values[name] = _DEFAULTS[name]
    if "USE_DEPRECATED_PYTZ" in known:
        values.pop("TIME_ZONE", None)
    unknown = {"TIME_ZONE", "USE_TZ"} - values.keys() if "USE_DEPRECATED_PYTZ" not in known else ()
    return Standalone(
        values=values,
        carried=names_carried(inventory, project, unknown),
        has_english_catalogue=has_english_catalogue(inventory.tree),
        used=used,
    )
