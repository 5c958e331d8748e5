from __future__ import annotations

import pytest
from tests.inventory.django.trees import COMMAND, MODELS, Files, modules_of

from relayout.inventory.django.apps import apps_by_content, installed_apps, is_model
from relayout.inventory.django.classes import Classes
from relayout.inventory.django.project import DjangoApp

CONFIG = "from django.apps import AppConfig\nclass OrdersConfig(AppConfig):\n    {body}\n"


def installed(files: Files, *names: str) -> tuple[DjangoApp, ...]:
    modules = modules_of(files)
    return installed_apps(modules, Classes(modules), names)


def by_content(files: Files) -> set[str]:
    modules = modules_of(files)
    apps = apps_by_content(modules, Classes(modules), modules.python, "")
    return {app.name for app in apps}


def test_apps_that_settings_install_are_those_of_the_tree_in_their_order() -> None:
    files = {"orders/__init__.py": "", "apps/etl/__init__.py": "", "settings.py": ""}
    assert installed(files, "django.contrib.admin", "orders", "rest_framework", "apps.etl") == (
        DjangoApp("orders", "orders", "orders"),
        DjangoApp("apps/etl", "apps.etl", "etl"),
    )


@pytest.mark.parametrize(
    ("body", "entry", "app"),
    [
        ("name = 'shop.orders'", "shop.orders", ("shop.orders", "orders")),
        ("name = 'shop.orders'", "shop.orders.apps.OrdersConfig", ("shop.orders", "orders")),
        ("label = 'sales'", "shop.orders.apps.OrdersConfig", ("shop.orders", "sales")),
        ("label = 'sales'", "shop.orders", ("shop.orders", "sales")),
    ],
)
def test_a_config_says_name_and_label(body: str, entry: str, app: tuple[str, str]) -> None:
    files = {"shop/orders/__init__.py": "", "shop/orders/apps.py": CONFIG.format(body=body)}
    assert installed(files, entry) == (DjangoApp("shop/orders", *app),)


@pytest.mark.parametrize(
    "files",
    [
        {"shop/orders/apps.py": CONFIG.format(body="name = 'shop.orders'")},
        {"shop/orders/__init__.py": CONFIG.format(body="name = 'shop.orders'")},
        {"shop/orders/models.py": MODELS},
        {"shop/orders/models/order.py": MODELS},
        {"shop/orders/models.py": "from shop.base import B\nclass A(B): pass",
         "shop/base.py": MODELS.replace("Order", "B")},
        {"shop/orders/management/commands/load.py": COMMAND},
        {"shop/orders/migrations/0001_initial.py":
         "from django.db import migrations\nclass Migration(migrations.Migration): pass"},
    ],
)  # fmt: skip
def test_what_shows_an_app(files: Files) -> None:
    assert by_content(files) == {"shop.orders"}


@pytest.mark.parametrize(
    "files",
    [
        {"orders/models.py": "from pydantic import BaseModel\nclass Order(BaseModel): pass"},
        {"orders/models.py": "from sqlalchemy import Column\nclass Order:\n    a = Column()"},
        {"orders/migrations/0001_initial.py": "class Migration: pass"},
        {"orders/management/commands/load.py": "def main(): pass"},
        {"orders/management/commands/test_load.py": f"import pytest\n{COMMAND}"},
        {"orders/apps.py": "class OrdersConfig: name = 'orders'"},
        {"orders/services.py": MODELS},
        {"models.py": MODELS},
    ],
)
def test_what_only_looks_like_an_app(files: Files) -> None:
    assert by_content(files) == set()


def test_models_inside_of_an_app_make_no_app() -> None:
    files = {"shop/models.py": MODELS, "shop/db/models.py": MODELS.replace("Order", "Base")}
    assert by_content(files) == {"shop"}


@pytest.mark.parametrize(
    ("path", "code", "expected"),
    [
        ("a.py", "from django.db import models\nclass X(models.Model): pass", True),
        ("a.py", "from django.contrib.gis.db import models\nclass X(models.Model): pass", True),
        (
            "a.py",
            "from django.contrib.auth.models import Group as G\nclass X(G): pass",
            True,
        ),
        ("a.py", "from django.db import models\nclass X:\n    a = models.CharField()", True),
        ("a/models.py", "from mptt.models import MPTTModel\nclass X(MPTTModel): pass", True),
        ("a.py", "from airflow.models import BaseOperator as B\nclass X(B): pass", False),
        ("a.py", "from django.contrib.auth.models import UserManager as U\nclass X(U): ...", False),
        ("a.py", "from django import forms\nclass X:\n    a = forms.CharField()", False),
        ("a.py", "from django.db import models\nclass X(models.TextChoices): pass", False),
    ],
)
def test_which_classes_are_models(path: str, code: str, expected: bool) -> None:
    assert is_model(Classes(modules_of({path: code})), path, "X") is expected
