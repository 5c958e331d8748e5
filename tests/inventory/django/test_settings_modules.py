from __future__ import annotations

import ast

import pytest
from tests.inventory.django.trees import modules_of

from relayout.inventory.django.settings_modules import (
    configured_settings,
    named_settings,
    settings_modules,
)
from relayout.tree import Tree

KEY = "'DJANGO_SETTINGS_MODULE'"


@pytest.mark.parametrize(
    ("code", "names"),
    [
        (f"os.environ.setdefault({KEY}, 'shop.settings')", ("shop.settings",)),
        (f"os.environ[{KEY}] = 'shop.settings'", ("shop.settings",)),
        (f"environ.setdefault({KEY}, os.environ.get('S', 'shop.dev'))", ("shop.dev",)),
        (
            f"environ.setdefault({KEY}, 'shop.dev' if DEBUG else 'shop.prod')",
            ("shop.dev", "shop.prod"),
        ),
        (f"NAME = 'shop.dev'\nos.environ[{KEY}] = NAME", ("shop.dev",)),
        (f"os.environ[{KEY}] = f'shop.settings.{{name}}'", ("shop.settings",)),
        (f"e = os.getenv('ENV', 'dev')\nos.environ[{KEY}] = f'shop.{{e}}'", ("shop.dev", "shop")),
        (f"os.environ[{KEY}] = 'shop.settings.%s' % name", ("shop.settings",)),
        ("os.environ.setdefault('OTHER', 'shop.settings')", ()),
        (f"os.environ.setdefault({KEY}, '{{{{ project }}}}.settings')", ()),
        (f"os.environ.get({KEY})", ()),
    ],
)
def test_what_a_program_sets_the_variable_to(code: str, names: tuple[str, ...]) -> None:
    assert named_settings(ast.parse(code)) == names


def test_what_test_runners_set_it_to() -> None:
    tree = Tree.of(
        {
            "web/pytest.ini": "[pytest]\nDJANGO_SETTINGS_MODULE = shop.test\n",
            "web/pyproject.toml": "[tool.pytest.ini_options]\nDJANGO_SETTINGS_MODULE = 'shop.ci'\n",
            "pytest.ini": "[pytest]\nDJANGO_SETTINGS_MODULE = other.settings\n",
            "web/.env": "DJANGO_SETTINGS_MODULE=shop.secret\n",
        }
    )
    assert configured_settings(tree, "web") == ("shop.test", "shop.ci")


def test_settings_are_known_by_what_they_assign() -> None:
    files = {
        "shop/settings/__init__.py": "from .dev import *",
        "shop/settings/dev.py": "from .base import *\nDEBUG = True",
        "shop/settings/base.py": "INSTALLED_APPS = ['orders']\nfrom ..paths import *",
        "shop/settings/log.py": "LOGGING = {}",
        "shop/settings/types.py": "class Kind: pass",
        "shop/paths.py": "DATA = 'data'",
        "shop/flask_app.py": "SECRET_KEY = 'x'\nDEBUG = True",
        "shop/other.py": "DATABASES = {}\nUSE_TZ = True\nTIME_ZONE = 'UTC'",
        "etl/load.py": "import csv",
    }
    modules = modules_of(files)
    assert settings_modules(modules, modules.python) == {
        "shop/settings/__init__.py",
        "shop/settings/dev.py",
        "shop/settings/base.py",
        "shop/settings/log.py",
        "shop/paths.py",
        "shop/other.py",
    }


def test_settings_that_are_split_over_files() -> None:
    files = {
        "core/settings.py": (
            "from split_settings.tools import include\n"
            "INSTALLED_APPS = []\ninclude('components/*.py', 'local.py')\n"
        ),
        "core/components/database.py": "ENGINE = 'x'",
        "core/local.py": "import os",
        "core/other.py": "import os",
    }
    modules = modules_of(files)
    assert settings_modules(modules, modules.python) == {
        "core/settings.py",
        "core/components/database.py",
        "core/local.py",
    }
