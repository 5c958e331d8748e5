"""The package that the commands are in: its version, its commands, what its settings ask for."""

from __future__ import annotations

from importlib import import_module, metadata
from pkgutil import iter_modules
from typing import Any

_NAME = __name__.split(".", maxsplit=1)[0]
_SET_UP = f"{_NAME}.config.process_setup"


def version() -> str:
    """Return the version that the package is installed in, or ``unknown``."""
    try:
        return metadata.version(_NAME)
    except metadata.PackageNotFoundError:
        return "unknown"


def set_up_process() -> None:
    """Set the time zone and configure logging, if the package has settings that ask for it."""
    try:
        module = import_module(_SET_UP)
    except ModuleNotFoundError as error:
        if not f"{_SET_UP}.".startswith(f"{error.name}."):
            raise  # the module is there, and something that it needs is not
        return
    module.set_up()


def command_class(name: str) -> Any | None:
    """Return the class ``Command`` of a module in ``cli``, or None if there is no such command."""
    programs = import_module(f"{_NAME}.cli")
    names = {module.name for module in iter_modules(programs.__path__) if not module.ispkg}
    if name not in names or name.startswith("_"):
        return None
    return import_module(f"{programs.__name__}.{name}").Command
