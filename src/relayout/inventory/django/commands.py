"""The management commands of a project's apps.

Django takes the modules in ``management/commands`` of each installed app that are no packages and
do not begin with an underscore, and of commands of one name that of the app which is installed
first (https://docs.djangoproject.com/en/5.2/howto/custom-management-commands/#overriding-commands).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from posixpath import basename, dirname

from relayout.inventory.django.classes import Classes
from relayout.inventory.django.facts import is_test, origins_of
from relayout.inventory.django.names import is_of_django
from relayout.inventory.django.project import DjangoApp, DjangoCommand
from relayout.inventory.python import PythonFile

COMMANDS = "management/commands"

_CLASS = "Command"

_BASE = "django.core.management."
_OF_TESTS = ("unittest", "pytest", "django.test")


def base_of_commands(classes: Classes, path: str, name: str) -> bool:
    """Tell whether a name of a module is a class that derives from Django's base of commands."""
    return any(origin.startswith(_BASE) for origin in classes.origins(path, name))


def is_command(python: Mapping[str, PythonFile], classes: Classes, path: str) -> bool:
    """Tell whether a module in the right place has a ``Command`` that Django can run.

    It may be defined there, imported or assigned, and derive from a class of the tree or of a
    library. A class whose bases are all known, and none of them Django's, is no command; what a
    call makes may be one.
    """
    origins = classes.origins(path, _CLASS)
    if any(origin.startswith(_BASE) or not is_of_django(origin) for origin in origins):
        return True
    made = _CLASS in python[path].defines and _CLASS not in classes.defined(path)
    return made and not any(name.bound == _CLASS for name in python[path].imports)


def commands_of(
    python: Mapping[str, PythonFile],
    classes: Classes,
    apps: Sequence[DjangoApp],
    paths: Iterable[str],
) -> tuple[DjangoCommand, ...]:
    """Return the commands of apps, given in the order in which they are installed."""
    by_folder: dict[str, list[str]] = {}
    for path in sorted(paths):
        if not basename(path).startswith("_") and is_command(python, classes, path):
            by_folder.setdefault(dirname(path), []).append(path)
    found: list[DjangoCommand] = []
    winners: dict[str, str] = {}
    for app in apps:
        for path in by_folder.get(f"{app.folder}/{COMMANDS}", ()):
            name = basename(path).removesuffix(".py")
            winner = winners.setdefault(name, path)
            found.append(DjangoCommand(name, path, app, "" if winner == path else winner))
    return tuple(found)


def command_modules(
    python: Mapping[str, PythonFile], apps: Iterable[DjangoApp], paths: Iterable[str]
) -> frozenset[str]:
    """Return the modules below ``management/commands`` of apps, commands or not; tests are none."""
    folders = tuple(f"{app.folder}/{COMMANDS}/" for app in apps)
    found = (path for path in paths if path.startswith(folders))
    return frozenset(path for path in found if not is_test_of_commands(python[path]))


def is_test_of_commands(file: PythonFile) -> bool:
    """Tell whether a module that stands among commands tests them.

    A command may well be called ``test_connection``.
    """
    below = file.path.rpartition(f"{COMMANDS}/")[2]
    if not is_test(below):
        return False
    if any(origin.startswith(_OF_TESTS) for origin in origins_of(file)):
        return True
    return any(name.startswith(("test", "Test")) for name in file.defines)
