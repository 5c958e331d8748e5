"""A Django project on disk, before and after its settings are converted, and what each says."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from relayout.conversions.conversion import Conversion
from relayout.conversions.django.settings import convert_settings
from relayout.inventory import take_inventory
from relayout.inventory.django import DjangoApp, DjangoCommand, DjangoProject
from relayout.planning.homes import Home
from relayout.rewriting.destination import Destination
from relayout.source import Source
from relayout.tree import Tree

HOME = Home("shop", "packages/shop")
MODULE = "packages/shop/src/shop/config/project_settings.py"
LEGACY = "packages/shop/legacy_django"

COMMAND = "orders/management/commands/load.py"
"""What the use of settings stands in; it goes to the package."""


def reading(*names: str) -> str:
    """Return a command that reads settings."""
    return "from django.conf import settings\n" + "".join(f"print(settings.{n})\n" for n in names)


@dataclass(frozen=True)
class Converted:
    """A project before and after."""

    before: Mapping[str, str]
    after: Mapping[str, str]
    conversion: Conversion

    @property
    def settings(self) -> str:
        """The text of the package's settings module."""
        return self.after[MODULE]

    @property
    def codes(self) -> list[str]:
        """The codes of the findings, in order."""
        return sorted(finding.code for finding in self.conversion.findings)

    def said(self, code: str) -> list[str]:
        """Return the messages of the findings of one code."""
        return [f.message for f in self.conversion.findings if f.code == code]


def convert(
    files: Mapping[str, str],
    settings: Sequence[str] = ("project/settings.py",),
    folder: str = "",
    stays: Sequence[str] = (),
) -> Converted:
    """Convert a project at ``folder``: commands and services go to the package, the rest is legacy.

    ``stays`` are files of the project that do not move.
    """
    before = {name: content.encode() for name, content in files.items()}
    tree = Tree.of(before)
    inventory = take_inventory(tree)
    moves = {path: _target(path, folder) for path in files if path not in stays}
    destination = Destination(tree, moves, [HOME])
    app = DjangoApp("orders", "orders", "orders")
    commands = [DjangoCommand("load", p, app) for p in files if p.endswith(COMMAND)]
    project = DjangoProject(
        folder,
        "shop",
        settings=tuple(settings),
        apps=(app,),
        commands=tuple(commands),
        files=frozenset(files),
    )
    conversion = convert_settings(inventory, destination, project, HOME)
    after = {destination.of_file(path): _edited(path, files, conversion) for path in files}
    after |= {path: content.decode() for path, content in conversion.additions.items()}
    return Converted(dict(files), after, conversion)


def _edited(path: str, files: Mapping[str, str], conversion: Conversion) -> str:
    content = files[path].encode()
    edits = conversion.edits.get(path)
    return Source.decode(content).edited(edits).decode() if edits else files[path]


def _target(path: str, folder: str) -> str:
    inside = path.removeprefix(f"{folder}/") if folder else path
    name = inside.rpartition("/")[2]
    if "/management/commands/" in inside:
        return f"{HOME.root}/cli/{name}"
    if "/services/" in inside or inside.startswith("services/"):
        return f"{HOME.root}/processors/{name}"
    if inside.startswith("data/"):
        return f"packages/shop/{inside}"
    return f"{LEGACY}/{inside}"


def write(folder: Path, files: Mapping[str, str]) -> Path:
    """Write files into a folder, as they are, and return it."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode())
    return folder


_DJANGO = """\
import json, sys
sys.path.insert(0, sys.argv[1])
from django.conf import settings
said = {}
for name in sys.argv[2:]:
    try:
        said[name] = repr(getattr(settings, name))
    except Exception as error:
        said[name] = type(error).__name__
print(json.dumps(said))
"""

_PLAIN = """\
import importlib, json, sys
sys.modules["django"] = None
sys.path.insert(0, sys.argv[1])
settings = importlib.import_module("shop.config.project_settings")
said = {}
for name in sys.argv[2:]:
    try:
        said[name] = repr(getattr(settings, name))
    except Exception as error:
        said[name] = type(error).__name__
print(json.dumps(said))
"""


def values_before(
    root: Path, folder: str, module: str, names: Sequence[str], variables: Mapping[str, str]
) -> dict[str, str]:
    """Return what real Django says that the settings are."""
    said = {**variables, "DJANGO_SETTINGS_MODULE": module}
    return _run(_DJANGO, root, root / folder, names, said)


def values_after(root: Path, names: Sequence[str], variables: Mapping[str, str]) -> dict[str, str]:
    """Return what the package's module says that they are."""
    return _run(_PLAIN, root, root / HOME.source, names, variables)


def _run(
    program: str, root: Path, path: Path, names: Sequence[str], variables: Mapping[str, str]
) -> dict[str, str]:
    known = ("PATH", "HOME", "LANG", "VIRTUAL_ENV")
    env = {name: os.environ[name] for name in known if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-B", "-c", program, str(path), *names],
        cwd=root,
        env={**env, "PYTHONHASHSEED": "0", **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    said: dict[str, str] = json.loads(done.stdout)
    return {name: value.replace(str(root.resolve()), "<root>") for name, value in said.items()}
