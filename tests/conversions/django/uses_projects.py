"""A Django project before and after what is left of Django in its code is converted."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from relayout.conversions.conversion import Conversion
from relayout.conversions.django.settings import convert_settings
from relayout.conversions.django.uses import bootstrap_settings, convert_uses, read_uses
from relayout.inventory import take_inventory
from relayout.inventory.django import DjangoApp, DjangoProject
from relayout.planning.homes import Home
from relayout.planning.schema_packages import external_modules
from relayout.rewriting.destination import Destination
from relayout.source import Source
from relayout.tree import Tree

HOME = Home("shop", "packages/shop")
OTHER = Home("mail", "packages/mail")
SETUP = "packages/shop/src/shop/database/django_setup.py"
LINE = "from shop.database import django_setup  # noqa: F401  # isort: skip\n"

SETTINGS = """\
import os

INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "orders", "people"]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": os.environ.get("DB_PATH", "shop.sqlite3"),
    }
}
USE_TZ = True
TIME_ZONE = "Europe/Berlin"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
"""

MODELS = """\
from django.db import models


class Order(models.Model):
    number = models.CharField(max_length=20)
"""

PROJECT = {
    "project/settings.py": SETTINGS,
    "orders/__init__.py": "",
    "orders/models.py": MODELS,
    "people/__init__.py": "",
    "people/models/__init__.py": "from people.models.person import Person\n",
    "people/models/person.py": MODELS.replace("Order", "Person"),
    "requirements.txt": "Django>=4.2,<6\nrequests\n",
}

LOAD = "orders/services/load.py"
LOADED = "packages/shop/src/shop/processors/load.py"

ORDERS = [("etl_schema", ("orders",))]

Packages = Sequence[tuple[str, tuple[str, ...]]]


@dataclass(frozen=True)
class Used:
    """A project after its uses of Django, and its settings, are converted."""

    conversion: Conversion
    after: Mapping[str, str]
    also: frozenset[str]

    @property
    def load(self) -> str:
        """The module whose uses a test is about."""
        return self.after[LOADED]

    @property
    def said(self) -> list[str]:
        """The findings, as code and message."""
        return [f"{f.code}: {f.message}" for f in self.conversion.findings]

    @property
    def requirements(self) -> tuple[str, ...]:
        """What the package needs for it."""
        return self.conversion.requirements.get(HOME.project, ())


def convert(
    code: str | bytes,
    schema_packages: Packages = (),
    files: Mapping[str, str] | None = None,
    apps: Sequence[str] = ("orders", "people"),
) -> Used:
    """Convert a project whose service ``load`` has some code."""
    before: dict[str, str | bytes] = {**PROJECT, LOAD: code, **(files or {})}
    tree = Tree.of(before)
    inventory = take_inventory(tree)
    moves = {path: _target(path) for path in before if "/" in path}
    destination = Destination(tree, moves, [HOME, OTHER])
    found = "project/settings.py" if before["project/settings.py"] else ""
    project = DjangoProject(
        "",
        "shop",
        settings=(found,) if found else (),
        apps=tuple(DjangoApp(name.replace(".", "/"), name, name.split(".")[-1]) for name in apps),
        files=frozenset(before),
    )
    uses = read_uses(inventory, destination, project, HOME, schema_packages)
    conversion = convert_uses(inventory, destination, uses)
    also = bootstrap_settings(uses)
    settings = convert_settings(inventory, destination, project, HOME, also)
    names = external_modules(project, schema_packages)
    after = {}
    for path in before:
        content = tree.read(path)
        edits = [*conversion.edits.get(path, ()), *settings.edits.get(path, ())]
        if edits:
            content = Source.decode(content).edited(edits)
        if path.endswith(".py") and "legacy" not in destination.of_file(path):
            content = _with_imports(content, names)
        after[destination.of_file(path)] = content.decode("utf-8", errors="replace")
    for made in (conversion, settings):
        after |= {path: content.decode() for path, content in made.additions.items()}
    return Used(conversion, after, also)


def _target(path: str) -> str:
    name = path.rpartition("/")[2]
    if "/management/commands/" in path:
        return f"{HOME.root}/cli/{name}"
    if "/services/" in path:
        return f"{HOME.root}/processors/{name}"
    if "/clients/" in path:
        return f"{OTHER.root}/{name}"
    return f"packages/shop/legacy_django/{path}"


def _with_imports(content: bytes, names: Mapping[str, str]) -> bytes:
    """Do what the engine does for imports of modules that external packages have."""
    for path, name in names.items():
        dotted = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        old = re.compile(rb"\b(from|import) " + re.escape(dotted).encode() + rb"\b(?!\.\w+ )")
        content = old.sub(rb"\1 " + name.encode(), content)
    return content
