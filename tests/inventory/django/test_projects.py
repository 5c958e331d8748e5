from __future__ import annotations

from relayout.inventory.django.project import DjangoApp, DjangoProject
from relayout.inventory.django.projects import find_projects
from relayout.inventory.python import read_python
from relayout.tree import Tree

MANAGE = """\
import os
import sys

def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "{settings}")
    from django.core.management import execute_from_command_line
    execute_from_command_line(sys.argv)

if __name__ == "__main__":
    main()
"""
COMMAND = """\
from django.core.management.base import BaseCommand

class Command(BaseCommand):
    def handle(self, *args, **options):
        self.stdout.write("done")
"""
MODELS = """\
from django.db import models

class Order(models.Model):
    total = models.IntegerField()
"""


def projects(files: dict[str, str]) -> tuple[DjangoProject, ...]:
    tree = Tree.of(files)
    python = {path: read_python(path, tree) for path in sorted(tree.modules)}
    return find_projects(tree, python, frozenset())


def the_project(files: dict[str, str]) -> DjangoProject:
    (project,) = projects(files)
    return project


def test_a_tree_without_django_has_none() -> None:
    assert projects({"manage.py": "print('django')", "shop/models.py": "class Order: pass"}) == ()


def test_a_project_at_the_root() -> None:
    project = the_project(
        {
            "manage.py": MANAGE.format(settings="shop.settings"),
            "shop/__init__.py": "",
            "shop/settings.py": "INSTALLED_APPS = ['django.contrib.admin', 'orders']",
            "orders/__init__.py": "",
            "orders/models.py": MODELS,
            "orders/services.py": "from orders.models import Order\ndef f(): Order.objects.all()",
            "orders/management/commands/load.py": COMMAND + "from orders.services import f\n",
            "README.md": "A shop.",
            "docs/conf.py": "project = 'shop'",
        }
    )
    app = DjangoApp("orders", "orders", "orders")
    assert (project.folder, project.name) == ("", "shop")
    assert project.managers == ("manage.py",)
    assert project.settings == ("shop/settings.py",)
    assert project.apps == (app,)
    assert [(c.name, c.path, c.app) for c in project.commands] == [
        ("load", "orders/management/commands/load.py", app)
    ]
    assert set(project.skeleton) == {
        "manage.py",
        "shop/__init__.py",
        "shop/settings.py",
        "orders/__init__.py",
        "orders/models.py",
    }
    assert project.files - project.skeleton.keys() - project.command_modules == {
        "orders/services.py"
    }
