"""The same commands twice: in a Django project, and in a package with the generated base class."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

from command_sides import Side
from relayout.conversions.django.command_support_text import command_support_files

TRIALS = Path(__file__).parent
COMMANDS = tuple(sorted((TRIALS / "commands").glob("*.py")))

_SETTINGS = """\
INSTALLED_APPS = ["shop"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
USE_TZ = True
"""


def django_side(folder: Path, python: str = sys.executable) -> Side:
    """Write the commands as an app of a Django project, and start it."""
    commands = folder / "shop/management/commands"
    commands.mkdir(parents=True)
    for package in ("shop", "shop/management", "shop/management/commands"):
        (folder / package / "__init__.py").touch()
    for source in COMMANDS:
        (commands / source.name).write_bytes(source.read_bytes())
    (folder / "shop/calls.py").write_bytes((TRIALS / "calls.py").read_bytes())
    (folder / "trial_settings.py").write_text(_SETTINGS)
    return Side(folder, [folder], python=python, DJANGO_SETTINGS_MODULE="trial_settings")


def package_side(folder: Path, python: str = sys.executable) -> Side:
    """Write the same commands as a package that has the generated base class, and start it."""
    support = folder / "shop/support/commands"
    support.mkdir(parents=True)
    (folder / "shop/cli").mkdir()
    for package in ("shop", "shop/support", "shop/cli"):
        (folder / package / "__init__.py").touch()
    for name, content in command_support_files().items():
        (support / name).write_bytes(content)
    for source in COMMANDS:
        (folder / "shop/cli" / source.name).write_text(_without_django(source.read_text()))
    (folder / "shop/calls.py").write_text(_without_django((TRIALS / "calls.py").read_text()))
    scripts = {source.stem: f"shop.cli.{source.stem}:Command.main" for source in COMMANDS}
    return Side(folder, [folder], scripts, python)


def _without_django(source: str) -> str:
    """Return a command's text with the imports that a conversion gives it."""
    for old, new in (
        (r"django\.core\.management(\.base|\.color)?\b", "shop.support.commands"),
        (r"from django\.core import management\b", "from shop.support import commands"),
        (r"\bmanagement\.call_command", "commands.call_command"),
        (r"shop\.management\.commands", "shop.cli"),
    ):
        source = re.sub(old, new, source)
    return source


def call_names() -> list[str]:
    """Return the names of the calls in ``calls``, which is not imported here: it is for Django."""
    module = ast.parse((TRIALS / "calls.py").read_bytes())
    last = next(node for node in reversed(module.body) if isinstance(node, ast.Assign))
    assert isinstance(last.value, ast.Dict)
    return [ast.literal_eval(key) for key in last.value.keys if key]
