from __future__ import annotations

from tests.inventory.django.trees import COMMAND, MODELS, SHOP, projects, the_project


def test_at_the_root_only_what_hangs_together_belongs_to_the_project() -> None:
    files = {
        **SHOP,
        "orders/data/regions.csv": "a,b",
        "etl/load.py": "from orders.models import Order",
        "etl/sql/load.sql": "select 1",
        "scripts/run.py": "from etl import load",
        "tests/test_load.py": "import etl.load",
        "more/job.py": "from django.conf import settings",
        "templates/index.html": "<p>",
        "README.md": "",
        "requirements.txt": "django",
        "infra/main.tf": "",
        "docs/conf.py": "import orders",
        "other/job.py": "import csv",
        ".github/scripts/check.py": "import orders",
        "setup.py": "import orders",
    }
    outside = {
        "README.md",
        "requirements.txt",
        "infra/main.tf",
        "docs/conf.py",
        "other/job.py",
        ".github/scripts/check.py",
        "setup.py",
    }
    assert the_project(files).files == files.keys() - outside


def test_a_folder_of_its_own_is_the_projects_as_a_whole() -> None:
    shop = {f"web/{path}": text for path, text in SHOP.items()}
    files = {
        **shop,
        "web/Dockerfile": "FROM python",
        "web/docs/index.md": "",
        "web/other/job.py": "import csv",
        "job.py": "import csv",
    }
    assert the_project(files).files == files.keys() - {"job.py"}


def test_packages_that_are_installed_on_their_own_do_not_belong_to_it() -> None:
    files = {
        **SHOP,
        "packages/core/pyproject.toml": "[project]\nname = 'core'",
        "packages/core/core/log.py": "from django.conf import settings",
        "orders/pyproject.toml": "[project]\nname = 'orders'",
    }
    project = the_project(files)
    assert "packages/core/core/log.py" not in project.files
    assert "orders/models.py" in project.files


def test_a_package_of_several_is_a_project_of_its_own() -> None:
    files = {
        "packages/__init__.py": "",
        "packages/alerts/pyproject.toml": "[project]\nname = 'alerts'",
        "packages/alerts/__init__.py": "",
        "packages/alerts/conf.py": "INSTALLED_APPS = ['alerts.apps.Alerts']",
        "packages/alerts/apps.py": "from django.apps import AppConfig\nclass Alerts(AppConfig):\n"
        "    name = 'alerts'",
        "packages/alerts/models.py": MODELS,
        "packages/alerts/jobs/send.py": "from alerts.models import Order\ndef send(): ...",
        "packages/other/pyproject.toml": "[project]\nname = 'other'",
        "packages/other/job.py": "from packages.alerts.jobs import send\nimport django.db",
    }
    project = the_project(files)
    assert (project.folder, project.name) == ("packages/alerts", "alerts")
    assert [app.folder for app in project.apps] == ["packages/alerts"]
    assert "packages/other/job.py" not in project.files
    assert project.files - project.skeleton.keys() == {
        "packages/alerts/jobs/send.py",
        "packages/alerts/pyproject.toml",
    }


def test_what_is_in_hidden_folders_does_not_count() -> None:
    assert projects({f".local/shop/{path}": text for path, text in SHOP.items()}) == ()


def test_neither_installed_files_nor_quarantine_count() -> None:
    gone = {f"packages/shop/legacy_django/{path}": text for path, text in SHOP.items()}
    assert projects(gone) == ()
    files = {**SHOP, "__legacy/old.py": "import orders.models"}
    assert "__legacy/old.py" not in the_project(files).files
    moved = {
        **gone,
        "packages/shop/src/shop/cli/load.py": COMMAND,
        "packages/shop/src/shop/config/settings.py": "INSTALLED_APPS = ['django.contrib.auth']",
    }
    assert projects(moved) == ()
    again = {**moved, **{f"web/{path}": text for path, text in SHOP.items()}}
    assert the_project(again).folder == "web"
