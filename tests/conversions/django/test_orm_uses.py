"""The ORM in a package's code: models of external packages, and what is said without them."""

from __future__ import annotations

import pytest

from conversions.django.uses_projects import LINE, LOADED, ORDERS, SETTINGS, SETUP, convert


def uses_of(findings: list[str], code: str = "orm-use") -> list[str]:
    """The names that findings of a code are about, with their lines."""
    return [
        f.partition(": ")[2].partition(": ")[0].replace(" of Django's ORM is used", "")
        for f in findings
        if f.startswith(f"{code}: ")
    ]


# -- the ORM without a schema package


def test_without_a_package_each_name_is_a_finding_and_the_code_stays() -> None:
    code = (
        "from django.db.models import Q\n"
        "from orders.models import Order\n"
        "\n\n"
        "def load():\n"
        "    found = Order.objects.filter(Q(number='1'))\n"
        "    return found or Order.objects.all()\n"
    )
    used = convert(code)
    assert used.load == code
    assert uses_of(used.said) == [
        "django.db.models.Q (lines 1, 6 before)",
        "orders.models.Order, a model of Django, is used (lines 2, 6, 7 before)",
    ]
    assert used.conversion.additions == {}
    assert used.also == frozenset()
    finding = used.conversion.findings[1]
    assert (finding.path, finding.line) == (LOADED, 2)
    assert "not even for --help" in finding.message
    assert finding.help.endswith("--schema-package PACKAGE=orders")


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("from orders import models\nmodels.Order.objects", "orders.models.Order"),
        ("from orders import models as m\nm.Order.objects", "orders.models.Order"),
        ("import orders.models\norders.models.Order.objects", "orders.models.Order"),
        ("import orders.models as m\nm.Order.objects", "orders.models.Order"),
        ("from orders.models import Order as O\nO.objects", "orders.models.Order"),
        ("from orders.models import *\nOrder.objects", "orders.models"),
        ("from ..models import Order\nOrder.objects", "orders.models.Order"),
        ("from people.models import Person\nPerson.objects", "people.models.Person"),
        ("from people.models.person import Person\nPerson", "people.models.person.Person"),
    ],
)
def test_each_form_of_import_is_seen(code: str, name: str) -> None:
    assert uses_of(convert(code + "\n").said)[0].startswith(f"{name}, a model of Django,")


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("from django.contrib.auth.models import User as U\nU.objects",
         "django.contrib.auth.models.User"),
        ("from django.contrib.auth import get_user_model as g\ng()",
         "django.contrib.auth.get_user_model"),
        ("from django.apps import apps\napps.get_model('a', 'B')", "django.apps.apps"),
        ("import django.db\ndjango.db.models.Q()", "django.db.models.Q"),
        ("from django.db import models as m\nm.F('a')", "django.db.models.F"),
        ("from django.db import IntegrityError as E\nE()", "django.db.IntegrityError"),
        ("from django.contrib.postgres.search import SearchQuery as S\nS('a')",
         "django.contrib.postgres.search.SearchQuery"),
    ],
)  # fmt: skip
def test_the_orm_is_known_by_its_names(code: str, name: str) -> None:
    used = convert(code + "\n")
    assert uses_of(used.said)[0] == f"{name} (lines 1, 2 before)"
    assert SETUP not in used.after


def test_an_import_in_a_function_fails_only_when_that_is_called() -> None:
    used = convert("def load():\n    from orders.models import Order\n    return Order.objects\n")
    assert "the function that imports it fails when it is called" in used.said[0]
    assert "(lines 2, 3 before)" in used.said[0]


def test_a_variable_of_the_same_name_is_no_use() -> None:
    code = "from orders.models import Order\n\n\ndef load(Order):\n    return Order.objects\n"
    assert "(line 1 before)" in convert(code).said[0]


# -- the ORM with a schema package


def test_django_is_set_up_before_the_first_import_that_needs_it() -> None:
    code = (
        '"""Load orders."""\n\nfrom __future__ import annotations\n\nimport os\n'
        "from orders.models import Order\n\n\ndef load():\n    return Order.objects.count()\n"
    )
    used = convert(code, ORDERS)
    after = code.replace("orders.models", "etl_schema.orders.models")
    assert used.load == after.replace("import os\n", f"import os\n{LINE}")
    assert used.said == []
    assert used.requirements == ("Django>=4.2,<6", "etl-schema")
    assert used.also == {"DATABASES", "DEFAULT_AUTO_FIELD", "TIME_ZONE", "USE_TZ"}


def test_what_is_not_in_the_package_is_still_a_finding() -> None:
    code = "from orders.models import Order\nfrom people.models import Person\nOrder, Person\n"
    used = convert(code, ORDERS)
    assert uses_of(used.said) == [
        "people.models.Person, a model of Django, is used (lines 2, 3 before)"
    ]
    assert used.load.startswith(LINE)


def test_each_function_that_imports_models_sets_django_up() -> None:
    code = (
        "def load():\n    import os\n    from orders.models import Order\n    return os, Order\n"
        "\n\ndef save():\n    from orders.models import Order\n"
        "    from django.db import connection\n    return Order, connection\n"
    )
    lines = convert(code, ORDERS).load.splitlines(keepends=True)
    assert [number for number, line in enumerate(lines) if line == f"    {LINE}"] == [2, 8]


def test_what_only_type_checkers_see_sets_nothing_up() -> None:
    code = (
        "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n"
        "    from orders.models import Order\n\n\ndef load(order: 'Order') -> None: ...\n"
    )
    used = convert(code, ORDERS)
    assert SETUP not in used.after
    assert "django_setup" not in used.load


@pytest.mark.parametrize(
    ("code", "after"),
    [
        ("try:\n    from orders.models import Order\nexcept ImportError:\n    Order = None\n",
         LINE + "try:\n    from etl_schema.orders.models import Order\nexcept ImportError:\n"
         "    Order = None\n"),
        ("import os; from orders.models import Order\n",
         "import os; from shop.database import django_setup; "
         "from etl_schema.orders.models import Order\n"),
        ("import os\r\nfrom orders.models import Order\r\n",
         "import os\r\n" + LINE.replace("\n", "\r\n") +
         "from etl_schema.orders.models import Order\r\n"),
        ("from orders.models import Order\ndjango_setup = 3\n",
         LINE.replace("django_setup  #", "django_setup as django_setup_2  #") +
         "from etl_schema.orders.models import Order\ndjango_setup = 3\n"),
        ("if 1: from orders.models import Order\n",
         LINE + "if 1: from etl_schema.orders.models import Order\n"),
        ("\tx = 1\n".lstrip() + "class A:\n\tfrom orders.models import Order\n",
         "x = 1\n" + LINE + "class A:\n\tfrom etl_schema.orders.models import Order\n"),
        ("@dict\nclass A:\n    from orders.models import Order\n",
         LINE + "@dict\nclass A:\n    from etl_schema.orders.models import Order\n"),
        ("def f(): from orders.models import Order\n",
         "def f(): from shop.database import django_setup; "
         "from etl_schema.orders.models import Order\n"),
    ],
)  # fmt: skip
def test_the_line_stands_where_it_can(code: str, after: str) -> None:
    used = convert(code.encode(), ORDERS)
    assert used.load == after
    compile(used.load, "load", "exec")


@pytest.mark.parametrize(
    ("call", "problem"),
    [
        ("apps.get_model('orders', 'Order')", ""),
        ("apps.get_model('orders.Order')", ""),
        ("apps.get_model(app_label='auth', model_name='User')", ""),
        ("apps.get_model('people', 'Person')", "no schema package has the app people"),
        ("apps.get_model(name)", "which app is asked for cannot be told (line 3 before)"),
    ],
)
def test_models_that_are_asked_for_by_name(call: str, problem: str) -> None:
    used = convert(f"from django.apps import apps\nname = input()\nmodel = {call}\n", ORDERS)
    assert [said.rpartition("before): ")[2] for said in used.said] == ([problem] if problem else [])
    assert used.load.startswith(LINE)


def test_the_user_model_may_be_of_an_app_that_no_package_has() -> None:
    code = "from django.contrib.auth import get_user_model\nUser = get_user_model()\n"
    settings = SETTINGS + 'AUTH_USER_MODEL = "people.Person"\n'
    used = convert(code, ORDERS, {"project/settings.py": settings})
    assert "AUTH_USER_MODEL" in used.said[0]
    assert used.conversion.findings[0].help.endswith("PACKAGE=people")
    assert "AUTH_USER_MODEL" not in used.also
    both = [("etl_schema", ("orders", "people"))]
    used = convert(code, both, {"project/settings.py": settings})
    assert used.said == []
    assert "AUTH_USER_MODEL" in used.also


def test_names_that_need_no_setup_do_not_ask_for_it() -> None:
    used = convert(
        "from django.db.models import Q\nfrom django.db import IntegrityError\nQ()\n", ORDERS
    )
    assert SETUP not in used.after
    assert used.said == []
    assert used.requirements == ("Django>=4.2,<6",)


# -- the database without models


def test_a_connection_works_by_the_settings_of_the_project() -> None:
    code = "from django.db import connection\n\n\ndef rows():\n    return connection.cursor()\n"
    used = convert(code)
    assert used.load == LINE + code
    assert "INSTALLED_APPS=[]," in used.after[SETUP]
    assert "shop.database.django_setup sets Django up for it" in used.said[0]
    assert used.requirements == ("Django>=4.2,<6",)


def test_a_connection_without_settings_is_a_finding() -> None:
    code = "from django.db import connection\nconnection.cursor()\n"
    used = convert(code, files={"project/settings.py": ""})
    assert used.load == code
    assert uses_of(used.said) == ["django.db.connection (lines 1, 2 before)"]
    assert SETUP not in used.after


def test_a_connection_beside_models_that_are_gone_changes_nothing() -> None:
    code = "from django.db import connection\nfrom orders.models import Order\nconnection, Order\n"
    used = convert(code)
    assert used.load == code
    assert SETUP not in used.after


def test_where_django_is_set_up_other_uses_find_their_settings() -> None:
    code = (
        "from django.core.cache import cache\nfrom django.core.mail import send_mail\n"
        "from orders.models import Order\nOrder, cache, send_mail\n"
    )
    settings = SETTINGS + "CACHES = {'default': {'BACKEND': 'x'}}\nDEBUG = True\n"
    used = convert(code, ORDERS, {"project/settings.py": settings})
    assert {"CACHES", "DEBUG"} <= used.also
    assert "CACHES=project_settings.CACHES," in used.after[SETUP]
    assert used.said[0].endswith("with the project's CACHES")
    assert used.said[1].endswith("with defaults for what it may ask for")
    assert "CACHES" not in convert(code.replace("cache", "lock"), ORDERS).also
