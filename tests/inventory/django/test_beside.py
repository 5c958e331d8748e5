from __future__ import annotations

from tests.inventory.django.trees import COMMAND, SHOP, VIEWS, the_project

FIXTURE = '[{"model": "orders.order", "pk": 1, "fields": {}}]'


def test_files_that_only_django_reads() -> None:
    files = {
        "orders/templates/orders/list.html": "it is a template",
        "templates/base.html": "it is a template",
        "orders/static/logo.png": "it is a static file",
        "orders/locale/de/LC_MESSAGES/django.po": "it is of a translation",
        "orders/fixtures/orders.json": "it is a fixture",
        "orders/migrations/seed.sql": "all the code in its folder needs Django",
        "shop/logo.svg": "all the code in its folder needs Django",
        "shop/db.sqlite3": "it is a database of the project",
    }
    content = dict.fromkeys(files, "x") | {"orders/fixtures/orders.json": FIXTURE}
    migration = "from django.db import migrations\nclass Migration(migrations.Migration): pass"
    project = the_project(
        {**SHOP, **content, "orders/migrations/0001_initial.py": migration, "orders/x.py": "x = 1"}
    )
    assert {path: project.skeleton.get(path) for path in files} == files


def test_files_that_other_code_reads() -> None:
    files = {
        "orders/management/commands/load.py": COMMAND + "NAME = 'orders/data/regions.csv'\n",
        "orders/data/regions.csv": "a,b",
        "orders/fixtures/prices.json": '{"apple": 1}',
        "orders/mail.py": (
            "from pathlib import Path\nTEXTS = Path(__file__).parent / 'templates'\n"
            "def read(): return (TEXTS / 'mail.txt').read_text()"
        ),
        "orders/templates/mail.txt": "Dear",
        "orders/README.md": "",
        "orders/Dockerfile": "FROM python",
        "etl/templates/report.html": "<p>",
        "etl/report.py": "import orders.models",
    }
    project = the_project({**SHOP, **files})
    assert files.keys() <= project.files
    assert files.keys().isdisjoint(project.skeleton)


def test_what_only_the_skeleton_names_is_skeleton() -> None:
    files = {
        "pages/views.py": VIEWS + "LOGO = 'logo.txt'\n",
        "pages/logo.txt": "x",
    }
    assert "pages/logo.txt" in the_project({**SHOP, **files}).skeleton
