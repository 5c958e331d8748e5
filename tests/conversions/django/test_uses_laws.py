"""Whatever a file imports, and wherever: only imports change, and all that is bound stays bound."""

from __future__ import annotations

import ast

from hypothesis import given, settings
from hypothesis import strategies as st

from conversions.django.uses_projects import ORDERS, convert

IMPORTS = st.sampled_from(
    [
        "from django.utils import timezone",
        "from django.utils import timezone, text as t",
        "from django.utils.timezone import (now, activate as a)",
        "from django.utils.timezone import (\n@    now,  # the time\n@    localtime,\n@)",
        "from django.utils.text import slugify; import os",
        "import os, django.utils.timezone as tz, sys",
        "import django.utils.timezone",
        "import django",
        "from django.utils.translation import gettext as _",
        "from django.db import connection, models",
        "from django.contrib.auth import get_user_model",
        "from orders.models import Order",
        "from orders import models as m",
        "import orders.models",
        "from people.models import *",
        "from django.core.exceptions import ImproperlyConfigured \\\n@    as E",
    ]
)
USES = st.sampled_from(
    [
        "timezone.now()",
        "x = now(), localtime",
        "slugify(t)",
        "tz.utc",
        "timezone = tz",
        "django.utils.timezone.now()",
        "Order.objects.all()",
        "m.Order, orders.models.Order",
        "connection.cursor()",
        "print('from django.utils import timezone')",
        "django_setup = 1",
        "raise E",
    ]
)
STATEMENTS = IMPORTS | USES
BLOCKS = st.tuples(
    st.sampled_from(
        ["", "def f(now=1):", "class A:", "try:", "if TYPE_CHECKING:", "async def g():", "if x:"]
    ),
    st.lists(STATEMENTS, min_size=1, max_size=4),
)


def text_of(blocks: list[tuple[str, list[str]]], newline: str) -> str:
    lines = ["# -*- coding: utf-8 -*-", '"""What it is."""', "from __future__ import annotations"]
    for head, statements in blocks:
        indent = "    " if head else ""
        lines += [head] if head else []
        for statement in statements:
            lines += [f"{indent}{statement.replace('@', indent)}"]
        lines += ["except ImportError:", "    pass"] if head == "try:" else []
    text = "\n".join(lines) + "\n"
    return text.replace("\n", newline)


def other_code(text: str) -> str:
    """The code without its import statements."""

    class WithoutImports(ast.NodeTransformer):
        def visit_Import(self, node: ast.Import) -> ast.AST:
            return ast.Pass()

        def visit_ImportFrom(self, node: ast.ImportFrom) -> ast.AST:
            return ast.Pass()

    dumped = ast.dump(WithoutImports().visit(ast.parse(text)))
    while "Pass(), Pass()" in dumped:
        dumped = dumped.replace("Pass(), Pass()", "Pass()")
    return dumped.replace("Pass(), ", "").replace(", Pass()", "")


def bound(text: str) -> set[str]:
    """What import statements bind, anywhere."""
    return {
        alias.asname or alias.name.partition(".")[0]
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }


@settings(max_examples=150, deadline=None)
@given(
    st.lists(BLOCKS, max_size=5),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([(), tuple(ORDERS)]),
)
def test_only_imports_change(
    blocks: list[tuple[str, list[str]]],
    newline: str,
    packages: tuple[tuple[str, tuple[str, ...]], ...],
) -> None:
    code = text_of(blocks, newline)
    used = convert(code.encode(), packages)
    assert other_code(used.load) == other_code(code)
    assert bound(used.load) >= bound(code) - {"orders"}
    assert {n for n in bound(used.load) - bound(code) if "setup" not in n} <= {"etl_schema"}
    assert used.load.count("\r") == used.load.count("\n") * (newline != "\n")
