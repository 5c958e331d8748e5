from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.inventory.django.trees import (
    COMMAND,
    MANAGE,
    SHOP,
    VIEWS,
    Files,
    projects,
    the_project,
)

from relayout.inventory.django.project import DjangoProject

MESSY: Files = {
    **SHOP,
    "shop/settings.py": (
        "import os\nfrom .paths import *\nINSTALLED_APPS = ['orders.apps.Orders', *MORE]\n"
        "INSTALLED_APPS += ['crm']\nMIDDLEWARE = ['shop.timing.Timing']\n"
    ),
    "shop/paths.py": "DATA = 'data'\nMORE = ['sales']\n",
    "shop/timing.py": "class Timing:\n    def __call__(self, request): ...\n",
    "shop/urls.py": "from django.urls import path\nurlpatterns = [path('', None)]\n",
    "orders/apps.py": (
        "from django.apps import AppConfig\n\nclass Orders(AppConfig):\n    label = 'o'\n"
        "    name = 'orders'\n"
    ),
    "orders/views.py": VIEWS,
    "orders/services.py": "from .models import Order\nNAME = 'data/regions.csv'\n",
    "orders/data/regions.csv": "a;b\r\n",
    "orders/management/commands/_base.py": COMMAND,
    "orders/management/commands/all.py": "from ._base import Command as Base\n"
    "from orders.services import NAME\n\nclass Command(Base):\n    help = 'ü'\n",
    "orders/tests/test_web.py": "import pytest\n\n@pytest.mark.django_db\ndef test_it(): ...\n",
    "sales/models.py": b"\xef\xbb\xbfimport django.db.models as m\r\nclass A(m.Model): 1\r\n",
    "crm/__init__.py": "# -*- coding: latin-1 -*-\nNAME = '\xe4'\n".encode("latin-1"),
    "crm/models.py": "from orders.models import Order\nclass Special(Order): pass\n",
}


def check(project: DjangoProject) -> None:
    """Check what holds for every project."""
    commands = {command.path for command in project.commands}
    assert commands <= project.command_modules <= project.files
    assert set(project.managers) | project.skeleton.keys() <= project.files
    assert project.command_modules.isdisjoint(project.skeleton)
    assert set(project.managers) | set(project.settings) & project.files <= project.skeleton.keys()
    assert all(project.skeleton.values())
    assert all(command.hidden_by in {"", *commands} for command in project.commands)


def test_a_messy_project() -> None:
    project = the_project(MESSY)
    check(project)
    assert [app.label for app in project.apps] == ["o", "sales", "crm"]
    assert [command.name for command in project.commands] == ["all", "load"]
    assert {p for p in project.files - project.skeleton.keys() if "/commands/" not in p} == {
        "crm/__init__.py",
        "orders/data/regions.csv",
        "orders/services.py",
    }
    assert project.skeleton["crm/models.py"] == "Special is a model"


def test_settings_for_tests_alone_are_not_those_of_an_app_that_stands_alone() -> None:
    app = {path: text for path, text in SHOP.items() if path.startswith("orders/")}
    trial = {
        "tests/__init__.py": "",
        "tests/settings.py": "INSTALLED_APPS = ['orders']\nLIMIT = 1\n",
        "setup.cfg": "[tool:pytest]\nDJANGO_SETTINGS_MODULE = tests.settings\n",
    }
    project = the_project({**app, **trial})
    assert project.settings == ()
    assert project.skeleton["tests/settings.py"] == "it holds settings of the project"
    with_manager = {**trial, "tests/manage.py": MANAGE.replace("shop.settings", "tests.settings")}
    assert the_project({**app, **with_manager}).settings == ("tests/settings.py",)


def test_the_order_of_files_does_not_matter() -> None:
    assert projects(dict(reversed(MESSY.items()))) == projects(MESSY)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(sorted(MESSY)), st.integers(0, 200), st.binary(max_size=8))
def test_files_that_are_cut_off_or_overwritten_never_raise(
    path: str, place: int, junk: bytes
) -> None:
    content = MESSY[path]
    before = content.encode() if isinstance(content, str) else content
    for after in (before[:place] + junk, before[:place] + junk + before[place + len(junk) :]):
        for project in projects({**MESSY, path: after}):
            check(project)


@settings(max_examples=20, deadline=None)
@given(st.sets(st.sampled_from(sorted(MESSY))))
def test_files_that_are_missing_never_raise(gone: set[str]) -> None:
    for project in projects({p: text for p, text in MESSY.items() if p not in gone}):
        check(project)
