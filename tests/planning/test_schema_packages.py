"""The models of apps that an external package holds."""

from __future__ import annotations

import pytest

from relayout.errors import Refusal
from relayout.inventory.django import DjangoApp, DjangoProject
from relayout.planning.schema_packages import check_schema_packages, external_modules

FILES = (
    "site/manage.py",
    "site/apps/orders/__init__.py",
    "site/apps/orders/models.py",
    "site/apps/orders/views.py",
    "site/apps/orders/models_old.py",
    "site/people/models/__init__.py",
    "site/people/models/address.py",
    "site/people/models/schema.sql",
    "site/people/migrations/0001_initial.py",
    "site/mail/models.py",
)
PROJECT = DjangoProject(
    "site",
    "shop",
    apps=(
        DjangoApp("site/apps/orders", "apps.orders", "orders"),
        DjangoApp("site/people", "people", "customers"),
        DjangoApp("site/mail", "mail", "mail"),
    ),
    files=frozenset(FILES),
)


def test_model_modules_are_called_by_the_label_of_their_app() -> None:
    assert external_modules(PROJECT, [("schema", ("orders", "customers"))]) == {
        "site/apps/orders/models.py": "schema.orders.models",
        "site/people/models/__init__.py": "schema.customers.models",
        "site/people/models/address.py": "schema.customers.models.address",
    }


def test_apps_may_be_in_several_packages() -> None:
    found = external_modules(PROJECT, [("a.schema", ("orders",)), ("b", ("mail",))])
    assert found == {
        "site/apps/orders/models.py": "a.schema.orders.models",
        "site/mail/models.py": "b.mail.models",
    }


def test_without_packages_nothing_is_external() -> None:
    assert external_modules(PROJECT, ()) == {}


def test_the_app_of_a_project_that_is_the_root_itself() -> None:
    app = DjangoApp("", "shop", "shop")
    project = DjangoProject("", "shop", apps=(app,), files=frozenset({"models.py", "a/models.py"}))
    assert external_modules(project, [("s", ("shop",))]) == {"models.py": "s.shop.models"}


@pytest.mark.parametrize(
    ("packages", "problem"),
    [
        ([("schema", ("order",))], "there is no app of that label"),
        ([("my-schema", ("orders",))], "no name that can be imported"),
        ([("class", ("orders",))], "no name that can be imported"),
        ([("schema", ())], "names no app"),
        ([("a", ("orders",)), ("b", ("mail", "orders"))], "cannot be in a and in b"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    packages: list[tuple[str, tuple[str, ...]]], problem: str
) -> None:
    with pytest.raises(Refusal, match=problem):
        check_schema_packages([PROJECT], packages)


def test_a_refusal_names_the_apps_that_there_are() -> None:
    with pytest.raises(Refusal) as refused:
        check_schema_packages([PROJECT], [("schema", ("order",))])
    assert refused.value.hints == ("The apps of this repository: customers, mail, orders",)


def test_apps_of_every_project_count() -> None:
    other = DjangoProject("b", "b", apps=(DjangoApp("b/x", "x", "x"),))
    check_schema_packages([PROJECT, other], [("schema", ("orders", "x"))])
