from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.inventory.django.trees import COMMAND, MANAGE, SHOP, Files, modules_of, the_project

from relayout.inventory.django.classes import Classes
from relayout.inventory.django.commands import is_command

BASE = "from django.core.management.base import BaseCommand\n"


def is_one(code: str, **others: str) -> bool:
    path = "orders/management/commands/load.py"
    files = {path: code, **{f"{name}.py": text for name, text in others.items()}}
    modules = modules_of(files)
    return is_command(modules.python, Classes(modules), path)


@pytest.mark.parametrize(
    "code",
    [
        COMMAND,
        "from django.core.management import BaseCommand\nclass Command(BaseCommand): pass",
        "from django.core.management.base import LabelCommand as L\nclass Command(L): pass",
        "from django.core.management.commands.loaddata import Command as L\nclass Command(L): ...",
        "from django.core.management.commands.loaddata import Command",
        f"{BASE}class Load(BaseCommand): pass\nCommand = Load",
        "from base import Loud\nclass Command(Loud): pass",
        "from base import Loud as Command",
        "from base import *",
        "from a_library import ImportCommand\nclass Command(ImportCommand): pass",
        "Command = make_command('load')",
    ],
)
def test_modules_with_a_command(code: str) -> None:
    base = f"{BASE}class Mixin: pass\nclass Loud(Mixin, BaseCommand): pass\nCommand = Loud"
    assert is_one(code, base=base)


@pytest.mark.parametrize(
    "code",
    [
        "def load(): pass",
        f"{BASE}class Load(BaseCommand): pass",
        "class Command: pass",
        "from base import Plain\nclass Command(Plain): pass",
        "from django.views import View\nclass Command(View): pass",
        "print 'no Python of today'",
    ],
)
def test_modules_without_one(code: str) -> None:
    assert not is_one(code, base="class Plain: pass")


def test_names_of_modules_that_are_commands() -> None:
    files = {
        **SHOP,
        "orders/management/commands/_base.py": COMMAND,
        "orders/management/commands/load-all.py": COMMAND,
        "orders/management/commands/helper.py": "def clean(): pass",
        "orders/management/commands/parts/one.py": COMMAND,
        "orders/management/commands/test_connection.py": COMMAND,
        "orders/management/commands/test_load.py": "import pytest\nfrom .load import Command",
        "orders/management/commands/tests/test_parts.py": "def test_it(): pass",
    }
    project = the_project(files)
    folder = "orders/management/commands/"
    assert [command.name for command in project.commands] == ["load-all", "load", "test_connection"]
    assert {path.removeprefix(folder) for path in project.command_modules} == {
        "_base.py",
        "helper.py",
        "load-all.py",
        "load.py",
        "parts/one.py",
        "test_connection.py",
    }


TWO_APPS: Files = {
    "manage.py": MANAGE,
    "shop/__init__.py": "",
    "shop/settings.py": "SECRET_KEY = 'x'\nINSTALLED_APPS = ['sales', 'orders.apps.Config']\n",
    "sales/__init__.py": "",
    "sales/management/commands/load.py": COMMAND.replace("done", "sales"),
    "sales/management/commands/report.py": COMMAND.replace("done", "sales"),
    "orders/__init__.py": "",
    "orders/apps.py": "from django.apps import AppConfig\nclass Config(AppConfig):\n"
    "    name = 'orders'\n",
    "orders/management/commands/load.py": COMMAND.replace("done", "orders"),
    "orders/management/commands/other-name.py": COMMAND.replace("done", "orders"),
    "orders/management/commands/nothing.py": "x = 1\n",
    "orders/management/commands/_private.py": COMMAND,
    "orders/management/commands/folder/__init__.py": COMMAND,
    "left/management/commands/load.py": COMMAND.replace("done", "left"),
}


def test_of_two_commands_the_app_that_is_installed_first_has_the_name() -> None:
    commands = {command.path: command.hidden_by for command in the_project(TWO_APPS).commands}
    assert commands == {
        "sales/management/commands/load.py": "",
        "sales/management/commands/report.py": "",
        "orders/management/commands/load.py": "sales/management/commands/load.py",
        "orders/management/commands/other-name.py": "",
        "left/management/commands/load.py": "sales/management/commands/load.py",
    }


def test_django_finds_the_same_commands(tmp_path: Path) -> None:
    for path, content in TWO_APPS.items():
        assert isinstance(content, str)
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(content)
    asked = (
        "import django, json\nfrom django.core.management import get_commands, load_command_class\n"
        "django.setup()\nfound = {}\nfor name, app in get_commands().items():\n"
        "    if not str(app).startswith('django'):\n"
        "        try:\n            command = load_command_class(app, name)\n"
        "        except AttributeError:\n            continue\n"
        "        found[name] = type(command).__module__\n"
        "print(json.dumps(found))"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "shop.settings", "PYTHONPATH": "."}
    done = subprocess.run(
        [sys.executable, "-c", asked],
        cwd=tmp_path,
        env=environment,
        check=True,
        capture_output=True,
    )
    expected = {
        command.name: command.path.removesuffix(".py").replace("/", ".")
        for command in the_project(TWO_APPS).commands
        if not command.hidden_by
    }
    assert json.loads(done.stdout) == expected
