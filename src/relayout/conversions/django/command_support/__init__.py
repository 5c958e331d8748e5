"""What commands run on: a base class with options, styled output, errors and exit statuses.

A command behaves as it did under Django's ``manage.py``; Django itself is not needed.
"""

from __future__ import annotations

from .base import ALL_CHECKS, BaseCommand, handle_default_options, no_translations
from .calling import call_command
from .color import Style, color_style, make_style, no_style, supports_color
from .errors import CommandError, SystemCheckError
from .labels import AppCommand, LabelCommand
from .output import OutputWrapper
from .parsing import CommandParser, DjangoHelpFormatter
from .texts import get_random_secret_key, handle_extensions

__all__ = [
    "ALL_CHECKS",
    "AppCommand",
    "BaseCommand",
    "CommandError",
    "CommandParser",
    "DjangoHelpFormatter",
    "LabelCommand",
    "OutputWrapper",
    "Style",
    "SystemCheckError",
    "call_command",
    "color_style",
    "get_random_secret_key",
    "handle_default_options",
    "handle_extensions",
    "make_style",
    "no_style",
    "no_translations",
    "supports_color",
]
