from __future__ import annotations

import pytest
from tests.inventory.django.trees import modules_of

from relayout.inventory.django.modules import TreeName

FILES = {
    "src/orders/__init__.py": "from orders.base import Named as Thing",
    "src/orders/base.py": "class Named: pass",
    "src/orders/models/__init__.py": "from .order import *",
    "src/orders/models/order.py": "class Order: pass",
    "src/orders/job.py": (
        "import os, orders.base, orders.models as m\n"
        "from . import base, Thing\nfrom .models import Order as O\nfrom django.db import models\n"
        "from django.forms import *\nNAME = 1\n"
    ),
}


@pytest.mark.parametrize(
    ("name", "meaning"),
    [
        ("O", TreeName("src/orders/models/__init__.py", "Order")),
        ("base.Named", TreeName("src/orders/base.py", "Named")),
        ("orders.base.Named", TreeName("src/orders/base.py", "Named")),
        ("m.Order", TreeName("src/orders/models/__init__.py", "Order")),
        ("Thing", TreeName("src/orders/__init__.py", "Thing")),
        ("NAME", TreeName("src/orders/job.py", "NAME")),
        ("models.Model", "django.db.models.Model"),
        ("os.path", "os.path"),
        ("CharField", "django.forms.CharField"),
    ],
)
def test_what_a_name_stands_for(name: str, meaning: TreeName | str) -> None:
    assert modules_of(FILES, "src").meaning("src/orders/job.py", name) == meaning


def test_what_a_star_of_the_tree_brings_comes_first() -> None:
    files = {
        "a.py": "from django.forms import *\nfrom b import *",
        "b.py": "class Form: pass",
    }
    modules = modules_of(files)
    assert modules.meaning("a.py", "Form") == TreeName("b.py", "Form")
    assert modules.meaning("a.py", "Field") == "django.forms.Field"
    assert modules.meaning("b.py", "Field") is None


def test_what_a_file_needs() -> None:
    files = {
        "jobs/__init__.py": "",
        "jobs/load.py": "import csv\nfrom . import clean\nNAME = 'jobs.steps.join'\nX = 'a.b'",
        "jobs/clean.py": "",
        "jobs/steps/__init__.py": "",
        "jobs/steps/join.py": "",
    }
    modules = modules_of(files)
    assert modules.imported("jobs/load.py") == {"jobs/clean.py"}
    assert modules.needed("jobs/load.py") == {
        "jobs/clean.py",
        "jobs/steps/join.py",
        "jobs/steps/__init__.py",
    }
    assert modules.around("jobs/steps/join.py") == {"jobs/__init__.py", "jobs/steps/__init__.py"}


def test_a_file_that_is_no_python_has_an_empty_tree() -> None:
    modules = modules_of({"old.py": "print 'x'"})
    assert modules.parsed("old.py").body == []
    assert modules.imported("old.py") == frozenset()
