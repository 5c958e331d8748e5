"""Small Django projects as dictionaries of files, and what is found in them."""

from __future__ import annotations

from collections.abc import Mapping

from relayout.inventory.django.classes import Classes
from relayout.inventory.django.modules import ProjectModules
from relayout.inventory.django.project import DjangoProject
from relayout.inventory.django.projects import find_projects
from relayout.inventory.python import PythonFile, read_python
from relayout.inventory.search_paths import ModuleFinder
from relayout.tree import Tree

Files = Mapping[str, bytes | str]

MANAGE = """\
import os
import sys

def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")
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
VIEWS = """\
from django.shortcuts import render

def index(request):
    return render(request, "index.html")
"""

SHOP: Files = {
    "manage.py": MANAGE,
    "shop/__init__.py": "",
    "shop/settings.py": "INSTALLED_APPS = ['django.contrib.admin', 'orders']",
    "orders/__init__.py": "",
    "orders/models.py": MODELS,
    "orders/management/commands/load.py": COMMAND,
}
"""A project at the root with one app and one command."""


def python_of(tree: Tree) -> dict[str, PythonFile]:
    return {path: read_python(path, tree) for path in sorted(tree.modules)}


def modules_of(files: Files, *folders: str) -> ProjectModules:
    tree = Tree.of(files)
    return ProjectModules(tree, python_of(tree), ModuleFinder(tree), folders or ("",))


def classes_of(files: Files, *folders: str) -> Classes:
    return Classes(modules_of(files, *folders))


def projects(files: Files) -> tuple[DjangoProject, ...]:
    tree = Tree.of(files)
    return find_projects(tree, python_of(tree), frozenset())


def the_project(files: Files) -> DjangoProject:
    (project,) = projects(files)
    return project


def free_modules(project: DjangoProject) -> set[str]:
    """Return the modules that work without the framework; commands are set aside."""
    modules = {path for path in project.files if path.endswith(".py")}
    return modules - project.skeleton.keys() - project.command_modules
