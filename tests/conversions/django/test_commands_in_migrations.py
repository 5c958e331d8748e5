"""Commands in whole migrations: their conversion beside those of settings, uses and imports."""

from __future__ import annotations

import pytest

from relayout.inventory import take_inventory
from relayout.migration import Migration, migrate
from relayout.planning.plan import Options, Plan
from relayout.rendering import Rendering
from relayout.suite import find_suite, load_recipe, recipes_folder
from relayout.tree import Tree
from relayout.verification import Evidence, verify

MANAGER = """\
import os
import sys

from django.core.management import execute_from_command_line

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")
execute_from_command_line(sys.argv)
"""
RECIPE = load_recipe("monorepo", recipes_folder(find_suite()))
COMMAND = "packages/shop/src/shop/cli/load.py"


def projects_of(plan: Plan) -> Rendering:
    text = '[project]\nname = "{}"\nversion = "1"\n'
    made = {home.pyproject: text.format(home.package).encode() for home in plan.homes}
    return Rendering(made, frozenset())


def migrated(command: str | bytes, **others: str) -> Migration:
    """Return the migration of a project with one command, which passes all checks."""
    folder = "shop/management/commands"
    files: dict[str, str | bytes] = {
        "manage.py": MANAGER,
        "shop/settings.py": 'INSTALLED_APPS = ["shop"]\nUSE_TZ = True\nLIMIT = 3\n',
        "shop/services.py": "def f():\n    return 1\n",
        f"{folder}/load.py": command,
        "Makefile": "run:\n\tpython manage.py load\n",
        **dict.fromkeys(("shop/__init__.py", "shop/management/__init__.py"), ""),
        **{f"{folder}/{name}.py": text for name, text in others.items()},
    }
    migration = migrate(Tree.of(files), RECIPE, Options("monorepo", "shop"), projects_of)
    after = take_inventory(migration.after)
    evidence = Evidence(after, RECIPE, "shop", migration.inventory, migration.plan)
    assert [(c.name, c.details) for c in verify(evidence) if not c.passed] == []
    return migration


def body(migration: Migration) -> str:
    """Return what the command's module became, without the ``main`` at its end."""
    return migration.after.read(COMMAND).decode().partition("\n\n\ndef main()")[0]


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        (
            "import django.core.management\n"
            "from django.conf import settings as project_settings\n"
            "class Command(django.core.management.BaseCommand):\n"
            "    limit = project_settings.LIMIT\n",
            "import shop.support.commands\n"
            "from shop.config import project_settings\n"
            "class Command(shop.support.commands.BaseCommand):\n"
            "    limit = project_settings.LIMIT",
        ),
        (
            "from django.core.management.base import BaseCommand; "
            "from django.conf import settings\n"
            "class Command(BaseCommand):\n    limit = settings.LIMIT\n",
            "from shop.support.commands import BaseCommand; "
            "from shop.config import project_settings as settings\n"
            "class Command(BaseCommand):\n    limit = settings.LIMIT",
        ),
        (
            "import shop.services as sv, django.core.management.base\n"
            "class Command(django.core.management.base.BaseCommand):\n    one = sv.f()\n",
            "import shop.processors.services as sv, shop.support.commands\n"
            "class Command(shop.support.commands.BaseCommand):\n    one = sv.f()",
        ),
        (
            "from django.core import management\nfrom shop import services\n"
            "class Command(management.BaseCommand):\n    one = services.f()\n",
            "from shop.support import commands as management\n"
            "from shop.processors import services\n"
            "class Command(management.BaseCommand):\n    one = services.f()",
        ),
    ],
)
def test_conversions_go_together(command: str, expected: str) -> None:
    migration = migrated(command)
    assert body(migration) == expected
    assert migration.plan.scripts == {"shop-load": "shop.cli.load:main"}
    assert migration.after.read("Makefile").decode() == "run:\n\tshop-load\n"


def test_bytes_outside_of_edits_stay() -> None:
    command = (
        b"\xef\xbb\xbf# -*- coding: utf-8 -*-\r\n\r\n"
        b"from django.core.management.base import BaseCommand\r\n"
        b"class Command(BaseCommand):\t# d\xc3\xa9j\xc3\xa0\r\n    pass"
    )
    content = migrated(command).after.read(COMMAND)
    start = command.replace(b"django.core.management.base", b"shop.support.commands")
    assert content.startswith(start + b"\r\n\r\n\r\ndef main()")
    assert content.endswith(b"    main()")


def test_commands_keep_their_own_names_where_modules_cannot() -> None:
    command = (
        "from django.core.management import BaseCommand, call_command\n"
        "class Command(BaseCommand):\n"
        "    def handle(self, *args, **options):\n"
        "        call_command('clean-up')\n"
        "        call_command('import')\n"
    )
    plain = "from django.core.management import BaseCommand\nclass Command(BaseCommand): ...\n"
    migration = migrated(command, **{"clean-up": plain, "import": plain})
    assert migration.plan.scripts == {
        "shop-load": "shop.cli.load:main",
        "shop-clean-up": "shop.cli.clean_up:main",
        "shop-import": "shop.cli.import_:main",
    }
    assert "call_command('clean_up')\n        call_command('import_')" in body(migration)
