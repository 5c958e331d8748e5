"""``django.conf.settings.X`` without Django: a module of the package has what code uses of it."""

from __future__ import annotations

from relayout.conversions.django.settings.conversion import (
    convert_settings,
    settings_in_package,
    settings_module,
)
from relayout.conversions.django.settings.questions import names_carried, plain_value, set_names

__all__ = [
    "convert_settings",
    "names_carried",
    "plain_value",
    "set_names",
    "settings_in_package",
    "settings_module",
]
