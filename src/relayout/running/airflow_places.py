"""The paths of a container, led to a checkout: for code that names them when it is imported.

A DAG that opens ``/opt/airflow/dags/jobs.yml`` runs in a container that has the repository's folder
there. What Python's own functions are given is led to where the checkout has it. It imports
nothing but the standard library, and is copied beside the program that uses it.
"""

from __future__ import annotations

import builtins
import importlib.machinery
import io
import os
import pathlib
import sys
from collections.abc import Callable
from functools import wraps
from typing import Any

_OF_OS = ("open", "stat", "lstat", "listdir", "scandir", "access", "readlink", "mkdir", "chdir")
_NEVER = ("/", "/bin", "/dev", "/etc", "/lib", "/proc", "/sys", "/tmp", "/usr", "/var")  # noqa: S108


def lead(places: list[tuple[str, str]]) -> None:
    """Lead every path below one of the first paths to the second, from now on."""
    known = [(place, to) for place, to in places if place not in _NEVER and not _is_ours(place)]
    known.sort(key=lambda pair: -len(pair[0]))

    def led(path: Any) -> Any:
        text = os.fspath(path) if isinstance(path, os.PathLike) else path
        if isinstance(text, str) and text.startswith("/"):
            for place, to in known:
                if text == place or text.startswith(place + "/"):
                    return to + text[len(place) :]
        return path

    for name in _OF_OS:
        setattr(os, name, _with_path(getattr(os, name), led))
    io.open = builtins.open = _with_path(io.open, led)
    accessor = getattr(pathlib, "_NormalAccessor", None)  # until Python 3.10
    for name in _OF_OS if accessor else ():
        if hasattr(accessor, name):
            setattr(accessor, name, staticmethod(getattr(os, name)))
    sys.path_hooks.insert(0, _hook(led))


def _is_ours(place: str) -> bool:
    """Tell whether this program itself runs from below a path."""
    own = [sys.prefix, sys.base_prefix, str(pathlib.Path(__file__).parent), str(pathlib.Path.cwd())]
    return any(path == place or path.startswith(place + "/") for path in own)


def _with_path(function: Callable[..., Any], led: Callable[[Any], Any]) -> Callable[..., Any]:
    @wraps(function)
    def leading(path: Any = ".", *arguments: Any, **named: Any) -> Any:
        return function(led(path), *arguments, **named)

    return leading


def _hook(led: Callable[[Any], Any]) -> Callable[[str], Any]:
    """Return what finds modules in a folder of the container that is on the search path."""
    machinery = importlib.machinery
    find = machinery.FileFinder.path_hook(
        (machinery.ExtensionFileLoader, machinery.EXTENSION_SUFFIXES),
        (machinery.SourceFileLoader, machinery.SOURCE_SUFFIXES),
    )

    def finder(entry: str) -> Any:
        to = led(entry)
        if to == entry:
            raise ImportError
        return find(to)

    return finder
