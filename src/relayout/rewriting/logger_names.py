"""Logging configurations that name loggers: modules that moved have other loggers now.

Such files are read, not edited: YAML, JSON and TOML with a table ``loggers``
(https://docs.python.org/3/library/logging.config.html#dictionary-schema-details), and files of
``fileConfig`` with ``qualname`` (https://docs.python.org/3/library/logging.config.html#configuration-file-format).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import tomlkit
import tomlkit.exceptions
import yaml

from relayout.inventory import Inventory
from relayout.inventory.search_paths import module_name
from relayout.inventory.string_meanings import makes_logger_from_name, modules_below
from relayout.planning.plan import Finding
from relayout.rewriting.destination import Destination
from relayout.source import line_at

_QUALNAME = re.compile(r"^qualname\s*[=:]\s*([\w.]+)\s*$", re.MULTILINE)
_LONGEST = 100_000
"""Longer files are data, and configure nothing."""


def configured_loggers(inventory: Inventory, destination: Destination) -> list[Finding]:
    """Return a finding for each logger of a configuration file whose modules have other names now.

    Loggers that modules name freely, and not by their ``__name__``, keep their names.
    """
    findings = []
    tree = inventory.tree
    for path in tree:
        if not path.endswith((".yml", ".yaml", ".json", ".toml", ".ini", ".cfg", ".conf")):
            continue
        if path in inventory.foreign or not tree.is_regular(path):
            continue
        content = tree.read(path)
        if len(content) > _LONGEST or not (b"loggers" in content or b"qualname" in content):
            continue
        text = content.decode("utf-8", errors="replace")
        for name in dict.fromkeys(_loggers(path, text)):
            renamed = _renamed(name, inventory, destination)
            if renamed is not None:
                line = _line_of(name, text)
                message = f"it configures the logger {name}; {renamed}"
                advice = "Change the name of the logger by hand."
                new_path = destination.of_file(path)
                findings.append(Finding("module-name-visible", new_path, line, message, advice))
    return findings


def _loggers(path: str, text: str) -> Iterator[str]:
    """Yield the names of the loggers that a text configures; none if it cannot be read."""
    if path.endswith((".ini", ".cfg", ".conf")):
        yield from _QUALNAME.findall(text)
        return
    document: object = None
    try:
        document = tomlkit.parse(text) if path.endswith(".toml") else yaml.safe_load(text)
    except (yaml.YAMLError, tomlkit.exceptions.TOMLKitError, ValueError, RecursionError):
        return
    pending = [document]
    for item in pending:
        if isinstance(item, dict):
            loggers = item.get("loggers")
            if isinstance(loggers, dict):
                yield from (name for name in loggers if isinstance(name, str))
            pending.extend(item.values())
        elif isinstance(item, list):
            pending.extend(item)


def _line_of(name: str, text: str) -> int:
    word = rf"(?<![\w.]){re.escape(name)}(?![\w.])"
    match = re.search(rf"qualname\s*[=:]\s*{word}", text)
    match = match or re.search(rf"loggers.*?{word}", text, re.DOTALL)
    return line_at(text, match.end()) if match else 0


def _renamed(name: str, inventory: Inventory, destination: Destination) -> str | None:
    """Return what became of the modules whose loggers have or inherit a name; None if nothing."""
    finder = inventory.resolver.finder
    located = finder.find(inventory.resolver.roots, name)
    if located is None:
        return None
    named = dict.fromkeys([located.file or "", *modules_below(inventory, located)])
    for path in named:
        new_path = destination.of_file(path)
        if (
            path
            and module_name(path) != module_name(new_path)
            and makes_logger_from_name(inventory, path)
        ):
            return f"{path} makes the logger {module_name(new_path)} of its name now"
    return None
