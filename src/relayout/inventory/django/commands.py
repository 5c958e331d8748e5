"""The management commands of a project's apps.

Django takes the modules in ``management/commands`` of each installed app that are no packages and
do not begin with an underscore, and of commands of one name that of the app which is installed
first (https://docs.djangoproject.com/en/5.2/howto/custom-management-commands/#overriding-commands).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from posixpath import basename, dirname

from relayout.inventory.django.classes import Classes
from relayout.inventory.django.project import DjangoApp, DjangoCommand

COMMANDS = "management/commands"

_BASE = "django.core.management."
_CLICK = "djclick"


def base_of_commands(classes: Classes, path: str, name: str) -> bool:
    """Tell whether a name of a module is a class that derives from Django's base of commands."""
    return any(origin.startswith(_BASE) for origin in classes.origins(path, name))


def is_command(classes: Classes, path: str) -> bool:
    """Tell whether a module in the right place has a ``Command`` that Django can run.

    It may be defined there, imported or assigned, and derive from a class of the tree or of a
    library. A class whose bases are all known, and none of them Django's, is no command.
    """
    return any(
        origin.startswith(_BASE) or not origin.startswith("django.")
        for origin in classes.origins(path, "Command")
    )


def commands_of(
    classes: Classes, apps: Sequence[DjangoApp], paths: Iterable[str]
) -> tuple[DjangoCommand, ...]:
    """Return the commands of apps, given in the order in which they are installed."""
    by_folder: dict[str, list[str]] = {}
    for path in sorted(paths):
        by_folder.setdefault(dirname(path), []).append(path)
    found: list[DjangoCommand] = []
    winners: dict[str, str] = {}
    for app in apps:
        for path in by_folder.get(f"{app.folder}/{COMMANDS}", ()):
            name = basename(path).removesuffix(".py")
            if not name.startswith("_") and path.endswith(".py") and is_command(classes, path):
                winner = winners.setdefault(name, path)
                found.append(DjangoCommand(name, path, app, "" if winner == path else winner))
    return tuple(found)


def command_modules(apps: Iterable[DjangoApp], paths: Iterable[str]) -> frozenset[str]:
    """Return the modules below ``management/commands`` of apps, commands or not."""
    folders = tuple(f"{app.folder}/{COMMANDS}/" for app in apps)
    return frozenset(path for path in paths if path.startswith(folders))
