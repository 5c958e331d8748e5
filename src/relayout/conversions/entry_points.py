"""Entry points in ``pyproject.toml``: console scripts and plugins, and the modules that they name.

Of PEP 621 (https://packaging.python.org/en/latest/specifications/entry-points/), and Poetry's own
(https://python-poetry.org/docs/pyproject/#scripts).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from relayout.conversions.setup_script import moved_target
from relayout.inventory.declared import table_at

_TARGET_KEYS = ("reference", "callable")
"""Keys of a script of Poetry's that is a table: its present form, and its older one."""


def commands_of(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the tables of commands (PEP 621; Poetry's own)."""
    project, poetry = table_at(document, "project"), table_at(document, "tool", "poetry")
    return [table_at(t, key) for t in (project, poetry) for key in ("scripts", "gui-scripts")]


def _tables(document: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the tables whose values name modules: commands and plugins."""
    yield from commands_of(document)
    yield from map(table_at, table_at(document, "project", "entry-points").values())
    yield from map(table_at, table_at(document, "tool", "poetry", "plugins").values())


def follow_targets(
    document: Mapping[str, Any],
    module_moved: Callable[[str], str | None],
    follow: Callable[[str], str],
) -> None:
    """Change in place what entry points name.

    ``module_moved`` gives the new dotted name of a module that moved, or None; ``follow`` the place
    of a path after the moves.
    """
    for table in _tables(document):
        for name, value in table.items():
            if isinstance(value, str):
                table[name] = moved_target(value, module_moved)
            elif isinstance(value, dict):
                _follow_script(value, module_moved, follow)


def _follow_script(
    script: dict[str, Any],
    module_moved: Callable[[str], str | None],
    follow: Callable[[str], str],
) -> None:
    """Follow what a script of Poetry's names: a file, or a function of a module."""
    for key in _TARGET_KEYS:
        target = script.get(key)
        if isinstance(target, str):
            is_file = script.get("type") == "file"
            script[key] = follow(target) if is_file else moved_target(target, module_moved)


def scripts_of(text: str) -> dict[str, str]:
    """Return the console scripts that a ``pyproject.toml`` has: what each one calls, by name."""
    try:
        document = tomlkit.parse(text).unwrap()
    except TOMLKitError:
        return {}
    return {n: target_of(to) for commands in commands_of(document) for n, to in commands.items()}


def target_of(value: Any) -> str:
    """Return what an entry point calls, without spaces and extras."""
    if isinstance(value, dict):
        value = next((value[key] for key in _TARGET_KEYS if key in value), "")
    return re.sub(r"\s+|\[.*", "", str(value))


_VAGUE_NAMES = frozenset({"main", "run", "app", "cli", "job"})


def script_names(modules: Collection[str], prefix: str = "") -> dict[str, str]:
    """Return a console script for each module, given by dotted name: name to ``module:main``.

    Each name begins with the ``prefix``, if there is one.

    The name is the module's own, with dashes; where that is taken or says nothing (``main``,
    ``run``), its package goes before it, then the whole path, then a number behind it.
    """
    lasts = [dotted.rpartition(".")[2] for dotted in modules]
    names: dict[str, str] = {}
    for dotted in sorted(modules):
        parts = dotted.split(".")[1:] or [dotted]
        is_vague = lasts.count(parts[-1]) > 1 or parts[-1] in _VAGUE_NAMES
        short = "-".join(parts[-2:] if is_vague else parts[-1:])
        wanted = [short, "-".join(parts), *(f"{short}-{n}" for n in range(2, len(lasts) + 2))]
        dashed = [re.sub(r"[_.]+", "-", f"{prefix}-{name}").strip("-") for name in wanted]
        names[next(name for name in dashed if name not in names)] = f"{dotted}:main"
    return names
