from __future__ import annotations

import pytest
from tests.inventory.django.trees import (
    COMMAND,
    MANAGE,
    MODELS,
    SHOP,
    VIEWS,
    Files,
    projects,
    the_project,
)

SETTINGS = "INSTALLED_APPS = ['orders']"


def below(folder: str, files: Files) -> dict[str, bytes | str]:
    return {f"{folder}/{path}": content for path, content in files.items()}


def test_a_project_in_a_folder_of_its_own() -> None:
    project = the_project(below("services/shop", SHOP))
    assert project.folder == "services/shop"
    assert project.managers == ("services/shop/manage.py",)
    assert [app.name for app in project.apps] == ["orders"]


@pytest.mark.parametrize(
    ("manager", "code"),
    [
        ("run.py", MANAGE),
        ("bin/manage", MANAGE),
        ("shop/__main__.py", MANAGE),
        ("manage.py", MANAGE.replace("if __name__", "if True or __name__")),
        ("manage.py", "import os\nfrom django.core import management\n"
         "os.environ['DJANGO_SETTINGS_MODULE'] = 'shop.settings'\n"
         "management.execute_from_command_line()"),
        ("manage.py", MANAGE.replace("django.core.management", "configurations.management")
         + "import django"),
    ],
)  # fmt: skip
def test_programs_that_start_a_project(manager: str, code: str) -> None:
    files = {**SHOP, manager: code}
    if manager != "manage.py":
        del files["manage.py"]
    if "." not in manager:
        assert the_project(files).managers == ()  # without a suffix it is no module
        return
    project = the_project(files)
    assert (project.folder, project.managers) == ("", (manager,))


def test_a_program_that_adds_the_folder_of_the_project_to_its_search_path() -> None:
    hack = "import sys\nfrom pathlib import Path\n"
    hack += "sys.path.insert(0, str(Path(__file__).resolve().parent.parent / 'web'))\n"
    files = below("web", {path: text for path, text in SHOP.items() if path != "manage.py"})
    project = the_project({**files, "bin/manage.py": hack + MANAGE})
    assert project.folder == "web"
    assert project.managers == ("bin/manage.py",)
    assert [app.folder for app in project.apps] == ["web/orders"]


def test_a_program_that_calls_the_function_of_another_module() -> None:
    files = {
        **SHOP,
        "manage.py": "from shop.main import main\nif __name__ == '__main__':\n    main()",
        "shop/main.py": MANAGE,
    }
    assert the_project(files).managers == ("manage.py", "shop/main.py")


def test_several_projects() -> None:
    files = {
        **below("shop", SHOP),
        **below("crm", SHOP),
        "crm/tools/admin/manage.py": MANAGE.replace("shop.settings", "panel.settings"),
        "crm/tools/admin/panel/settings.py": SETTINGS,
    }
    found = projects(files)
    assert [project.folder for project in found] == ["crm", "crm/tools/admin", "shop"]
    assert not found[0].files & found[1].files


def test_a_project_without_a_program() -> None:
    files = {path: text for path, text in SHOP.items() if path != "manage.py"}
    project = the_project({**files, "etl.py": "import orders.models"})
    assert (project.folder, project.name, project.managers) == ("", "shop", ())
    assert project.settings == ("shop/settings.py",)
    assert "etl.py" in project.files


def test_the_settings_that_the_program_names_come_first() -> None:
    files = {
        **SHOP,
        "manage.py": MANAGE.replace("shop.settings", "shop.settings.prod"),
        "shop/settings/__init__.py": "",
        "shop/settings/base.py": SETTINGS,
        "shop/settings/dev.py": "from .base import *",
        "shop/settings/prod.py": "from .base import *",
        "pytest.ini": "[pytest]\nDJANGO_SETTINGS_MODULE = shop.settings.dev\n",
    }
    del files["shop/settings.py"]
    project = the_project(files)
    assert project.settings == (
        "shop/settings/prod.py",
        "shop/settings/dev.py",
        "shop/settings/base.py",
    )
    assert project.skeleton["shop/settings/__init__.py"] == "it marks a package of Django"


def test_settings_that_are_not_tracked() -> None:
    files = {path: text for path, text in SHOP.items() if path != "shop/settings.py"}
    project = the_project({**files, "shop/urls.py": "urlpatterns = []"})
    assert project.settings == ()
    assert {"shop/urls.py", "orders/models.py"} <= project.skeleton.keys()


def test_an_app_without_a_project() -> None:
    files = {
        "setup.py": "from setuptools import setup\nsetup(name='django-orders')",
        "orders/__init__.py": "",
        "orders/models.py": MODELS,
        "orders/management/commands/load.py": COMMAND,
        "tests/manage.py": MANAGE.replace("shop.settings", "settings"),
        "tests/settings.py": SETTINGS,
        "tests/web/views.py": VIEWS + "import orders",
    }
    project = the_project(files)
    assert (project.folder, project.name) == ("", "orders")
    assert project.managers == ("tests/manage.py",)
    assert [command.name for command in project.commands] == ["load"]
    assert "setup.py" not in project.files
    assert {"tests/manage.py", "tests/settings.py"} <= project.skeleton.keys()


def test_a_program_that_starts_no_project_of_the_tree() -> None:
    code = (
        "from django.core.management import ManagementUtility\n"
        "def main():\n    ManagementUtility(['django-admin', 'startproject']).execute()\n"
        "if __name__ == '__main__':\n    main()\n"
    )
    assert projects({"bin/start.py": code}) == ()


@pytest.mark.parametrize(
    "files",
    [
        {"manage.py": "print('django')", "orders/models.py": "class Order: pass"},
        {"app.py": "import flask", "migrations/env.py": "INSTALLED_APPS = []"},
        {"etl/db.py": "import django", "etl/conf.py": "INSTALLED_APPS = ['django.contrib.auth']"},
        {"etl.py": "from django.utils import timezone\nprint(timezone.now())"},
        {"etl.py": "import django\ndjango.setup()\nfrom elsewhere.models import Order"},
        {"docs/manage.md": MANAGE},
        {},
    ],
)
def test_trees_without_a_project(files: Files) -> None:
    assert projects(files) == ()
