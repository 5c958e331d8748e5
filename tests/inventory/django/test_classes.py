from __future__ import annotations

import ast

import pytest
from tests.inventory.django.trees import classes_of


@pytest.mark.parametrize(
    ("code", "origins"),
    [
        ("from django.db import models\nclass X(models.Model): pass", {"django.db.models.Model"}),
        ("import django.views\nclass X(django.views.View): pass", {"django.views.View"}),
        (
            "from django.views import View\nclass Base(View): pass\nclass X(Base): pass",
            {"django.views.View"},
        ),
        ("from django.views import View as V\nX = V", {"django.views.View"}),
        ("from a import A\nfrom b import B\nclass X(A, B): pass", {"a.A", "b.B"}),
        ("from a import A\nclass X(A[int]): pass", {"a.A"}),
        ("from six import with_metaclass\nfrom a import M, A\nclass X(with_metaclass(M, A)): ...",
         {"a.M", "a.A"}),
        ("from a import A\nif A:\n    class X(A): pass\nelse:\n    class X: pass", {"a.A"}),
        ("class X: pass", set()),
        ("class X(X): pass", set()),
        ("class X(make()): pass", set()),
        ("def f():\n    class X(A): pass", set()),
        ("x = 1", set()),
    ],
)  # fmt: skip
def test_what_a_class_derives_from(code: str, origins: set[str]) -> None:
    assert classes_of({"a_module.py": code}).origins("a_module.py", "X") == origins


def test_bases_are_followed_through_modules() -> None:
    files = {
        "shop/__init__.py": "",
        "shop/base/__init__.py": "from .commands import *\nfrom ..other import Mixin",
        "shop/base/commands.py": (
            "from django.core.management.base import BaseCommand\nclass Loud(BaseCommand): pass"
        ),
        "shop/other.py": "class Mixin: pass",
        "shop/load.py": "from shop.base import Loud, Mixin\nclass Load(Mixin, Loud): pass",
        "shop/again.py": "from shop.load import Load\nAlias = Load\nCommand = Alias",
    }
    origins = {"django.core.management.base.BaseCommand"}
    assert classes_of(files).origins("shop/again.py", "Command") == origins


def test_modules_that_derive_from_each_other_end() -> None:
    files = {
        "a.py": "from b import B\nclass A(B): pass",
        "b.py": "from a import A\nclass B(A): pass",
    }
    assert classes_of(files).origins("a.py", "A") == frozenset()


def test_what_the_body_of_a_class_says() -> None:
    code = (
        "class X:\n    name = 'orders'\n    a = b = 'x'\n    total = models.IntegerField()\n"
        "    when: int = fields.Date()\n    size = 3\n    other = f\n"
    )
    defined = classes_of({"a.py": code}).defined("a.py")["X"]
    assert defined.texts == {"name": "orders", "a": "x", "b": "x"}
    assert defined.called == ("models.IntegerField", "fields.Date")


def test_a_long_chain_of_classes_and_of_attributes_is_read() -> None:
    chain = "class C0(A): pass\n" + "".join(f"class C{n}(C{n - 1}): pass\n" for n in range(1, 3000))
    classes = classes_of({"a.py": f"from a_library import A\n{chain}"})
    assert classes.origins("a.py", "C150") == {"a_library.A"}
    assert classes.origins("a.py", "C2999") == frozenset()
    assert classes.outside("a.py", ast.parse("A" + ".b" * 50, mode="eval").body) is not None
