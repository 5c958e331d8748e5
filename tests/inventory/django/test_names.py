from __future__ import annotations

import ast

import pytest

from relayout.inventory.django.names import (
    django_imports,
    django_names,
    dotted_origin,
    is_of_django,
)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("from django.conf import settings", {"settings": "django.conf.settings"}),
        ("from django.conf import settings as s", {"s": "django.conf.settings"}),
        (
            "from django.db import (\n    models,\n    connection as db,\n)",
            {"models": "django.db.models", "db": "django.db.connection"},
        ),
        ("import django.utils.timezone", {"django": "django"}),
        ("import os, django", {"django": "django"}),
        ("import django.utils.timezone as tz", {"tz": "django.utils.timezone"}),
        ("def f():\n    from django.db import connection", {"connection": "django.db.connection"}),
        (
            "try:\n    from django.urls import reverse\n"
            "except ImportError:\n    from django.core.urlresolvers import reverse",
            {"reverse": "django.urls.reverse"},
        ),
        ("from django.db.models import *", {}),
        ("from .django import settings", {}),
        ("from . import django", {}),
        ("import djangorestframework, django_filters", {}),
        ("from rest_framework import serializers", {}),
        ("django = 'from django.conf import settings'", {}),
        ("", {}),
    ],
)
def test_names_that_imports_of_django_bind(code: str, expected: dict[str, str]) -> None:
    assert django_names(ast.parse(code)) == expected


@pytest.mark.parametrize(
    ("code", "expression", "expected"),
    [
        ("from django.utils import timezone", "timezone.now", "django.utils.timezone.now"),
        ("import django.conf", "django.conf.settings.X", "django.conf.settings.X"),
        ("from django.db import models as m", "m.Model", "django.db.models.Model"),
        ("from django.db import models", "models", "django.db.models"),
        ("from django.db import models", "other.Model", None),
        ("from django.db import models", "models().Model", None),
        ("from django.db import models", "self.models", None),
        ("from django.db import models", "models['x'].y", None),
    ],
)
def test_the_origin_of_an_expression(code: str, expression: str, expected: str | None) -> None:
    node = ast.parse(expression, mode="eval").body
    assert dotted_origin(node, django_names(ast.parse(code))) == expected


def test_statements_are_given_in_the_order_of_the_text() -> None:
    code = (
        "def f():\n    import django.db\nfrom django.conf import settings\nimport os\n"
        "from django.forms import *\nfrom django.forms import *\nfrom x import *\n"
    )
    module = ast.parse(code)
    assert [node.lineno for node in django_imports(module)] == [2, 3, 5, 6]


def test_a_name_that_only_begins_like_django_is_not_of_it() -> None:
    assert is_of_django("django")
    assert is_of_django("django.db")
    assert not is_of_django("django_extensions.db")
