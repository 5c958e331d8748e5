"""The subpackage that converted management commands run on, as files to write into a package.

Its modules stand in ``command_support``, where they are linted, typed and tested like the others.
They import each other by relative names only, so that they work in any package.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from types import MappingProxyType

_BASE = frozenset(
    {
        "ALL_CHECKS",
        "AppCommand",
        "BaseCommand",
        "CommandError",
        "CommandParser",
        "DjangoHelpFormatter",
        "LabelCommand",
        "OutputWrapper",
        "SystemCheckError",
        "color_style",
        "handle_default_options",
        "no_style",
        "no_translations",
    }
)

PROVIDED: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "django.core.management": frozenset(
            {
                "BaseCommand",
                "CommandError",
                "CommandParser",
                "call_command",
                "color_style",
                "handle_default_options",
            }
        ),
        "django.core.management.base": _BASE,
        "django.core.management.color": frozenset(
            {"Style", "color_style", "make_style", "no_style", "supports_color"}
        ),
        "django.core.management.utils": frozenset({"get_random_secret_key", "handle_extensions"}),
    }
)
"""What each module of Django has that ``support.commands`` provides under the same name."""


def command_support_files() -> dict[str, bytes]:
    """Return the modules of ``support/commands``, each by its path below that folder."""
    folder = files(__package__).joinpath("command_support")
    modules = (file for file in folder.iterdir() if file.name.endswith(".py"))
    return {module.name: module.read_bytes() for module in sorted(modules, key=lambda m: m.name)}
