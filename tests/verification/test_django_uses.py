"""Edits that take functions from the package, or set Django up, are proven one by one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from conversions.django.uses_projects import HOME, LINE, LOAD, LOADED, MODELS, ORDERS, Used, convert
from migrations import SRC_LAYOUT
from relayout.inventory import take_inventory
from relayout.planning.plan import FileEdit, Move, Plan
from relayout.source import Edit, apply_edits
from relayout.tree import Tree
from relayout.verification.code_unchanged import check_code_unchanged
from relayout.verification.evidence import Check, Evidence

CODE = """\
import os
from django.utils import timezone, html
from django.utils.text import slugify as s, wrap
from django.db import connection

LIMIT = 10


def name(number):
    from django.utils.timezone import make_aware
    return s(wrap(html.escape(number), LIMIT)), timezone.now(), make_aware, connection, os
"""

Change = Callable[[Edit], Edit]


def same(edit: Edit) -> Edit:
    return edit


def swapped(old: str, new: str) -> Change:
    return lambda edit: edit._replace(replacement=edit.replacement.replace(old, new))


def judged(
    change: Change = same,
    extra: tuple[Edit, ...] = (),
    without: str = "",
    lacking: bytes = b"nothing at all",
) -> Check:
    """The check of a conversion whose edits or new files were changed."""
    code = CODE
    used: Used = convert(code, ORDERS)
    edits = tuple(sorted((*map(change, used.conversion.edits[LOAD]), *extra)))
    before = {LOAD: code, "orders/models.py": MODELS}
    additions = used.conversion.additions.items()
    made = {path: text.replace(lacking, b"def other").decode() for path, text in additions}
    after = {LOADED: apply_edits(code, edits), "packages/shop/legacy_django/models.py": MODELS}
    kept = {path: text for path, text in made.items() if not without or without not in path}
    moves = (
        Move(LOAD, LOADED, "django", ""),
        Move("orders/models.py", "packages/shop/legacy_django/models.py", "django", ""),
    )
    plan = Plan("monorepo", HOME.package, moves=moves, edits=(FileEdit(LOADED, edits),))
    check = check_code_unchanged(
        Evidence(
            take_inventory(Tree.of({**after, **kept})),
            SRC_LAYOUT,
            HOME.package,
            before=take_inventory(Tree.of(before)),
            plan=plan,
        )
    )
    assert check is not None
    return check


def test_a_conversion_is_proven() -> None:
    check = judged()
    assert check.details == ()
    assert check.figures["files"][LOADED] == "edited: django-use"


@pytest.mark.parametrize(
    "change",
    [
        swapped("standalone.text", "standalone.html"),
        swapped("shop.support.standalone", "shop.support.other"),
        swapped("shop.support.standalone", "other.support.standalone"),
        swapped("import wrap", "import wrap as s"),
        swapped("import wrap", "import capfirst as wrap"),
        swapped("import wrap", "import wrap\nLIMIT = 3"),
        swapped("shop.support.standalone.timezone", "django.utils.text"),
        swapped("shop.support.standalone.timezone", ".support.standalone.timezone"),
        swapped("database import django_setup", "database import other"),
        swapped("shop.database", "os.database"),
        swapped("django_setup  #", "django_setup as os  #"),
        swapped("django_setup  #", "django_setup; os.remove('x')  #"),
        swapped("  # noqa: F401  # isort: skip", ""),
        swapped(LINE, LINE + LINE),
    ],
)
def test_an_edit_that_does_anything_else_fails(change: Change) -> None:
    used = convert(CODE, ORDERS)
    assert any(change(edit) != edit for edit in used.conversion.edits[LOAD])
    assert not judged(change).passed


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("LIMIT = 10", "LIMIT = 11"),
        ("LIMIT)", "12)"),
        ("import os", "import sys as os"),
        ("import connection", "import connections as connection"),
        ("timezone.now()", "timezone.utc"),
        ("def name(number):", "def name(number, more=1):"),
    ],
)
def test_an_edit_of_other_code_fails(old: str, new: str) -> None:
    start = CODE.index(old)
    extra = Edit(start, start + len(old), new, "django-use")
    assert not judged(extra=(extra,)).passed


@pytest.mark.parametrize("place", ["LIMIT = 10", "(number)", "connection, os", "10\n"])
def test_django_is_set_up_between_statements(place: str) -> None:
    at = CODE.index(place)
    check = judged(extra=(Edit(at, at, LINE.replace("setup", "setup_2"), "django-use"),))
    assert not check.passed


@pytest.mark.parametrize("gone", ["django_setup", "standalone/timezone", "standalone/text"])
def test_what_is_imported_must_be_there(gone: str) -> None:
    assert not judged(without=gone).passed


def test_what_is_imported_must_have_what_is_used() -> None:
    assert not judged(lacking=b"def make_aware").passed
    assert judged(lacking=b"def nothing").passed
