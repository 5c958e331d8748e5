"""What is left of Django in a package's code: what is kept, and where nothing changes."""

from __future__ import annotations

import pytest

from conversions.django.uses_projects import ORDERS, convert


@pytest.mark.parametrize(
    ("code", "says"),
    [
        (
            "from django.core.cache import cache\ndef f():\n    cache.get('a')\n",
            "fails where it asks for settings",
        ),
        (
            "from django.core.mail import send_mail\nsend = send_mail\n",
            "fails where it asks for settings",
        ),
        (
            "from django.core.cache import cache\ncache.get('a')\n",
            "called outside of functions: if it asks for settings, the file cannot be imported",
        ),
        (
            "from django.http import HttpRequest\nclass A:\n    ASKED = HttpRequest()\n",
            "called outside of functions: if it asks for settings, the file cannot be imported",
        ),
        ("from django.utils.html import strip_tags\nstrip_tags('')\n", "works without settings"),
        ("from django.contrib.auth.mixins import X\nX\n", "not even for --help"),
        ("def f():\n    from django.contrib.auth.mixins import X\n    X\n", "when it is called"),
        ("import django\ndjango.setup()\n", "if it asks for settings, the file cannot be imported"),
        ("from django.http import *\n", "all names of django.http are imported (line 1 before)"),
    ],
)
def test_every_other_use_is_a_finding(code: str, says: str) -> None:
    used = convert(code)
    assert used.load == code
    assert len(used.said) == 1
    assert used.said[0].startswith("django-use-kept: ")
    assert says in used.said[0]
    assert used.conversion.findings[0].help
    assert used.requirements == ("Django>=4.2,<6",)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("from rest_framework.fields import CharField\nCharField()\n",
         "django-use-kept: rest_framework.fields.CharField is used (lines 1, 2 before)"),
        ("import constance\nconstance.config.LIMIT\n",
         "django-use-kept: constance is used (lines 1, 2 before)"),
        ("from django_q.models import Schedule\nSchedule.objects\n",
         "orm-use: django_q.models.Schedule of Django's ORM is used (lines 1, 2 before)"),
        ("import requests\nrequests.get('')\n", ""),
    ],
)  # fmt: skip
def test_installed_apps_need_django_too(code: str, said: str) -> None:
    settings = 'THEIRS = ["rest_framework", "constance"]\nINSTALLED_APPS = ["orders", *THEIRS]\n'
    settings += 'INSTALLED_APPS += ["django_q"]\n'
    used = convert(code, files={"project/settings.py": settings})
    assert [one.partition(": it")[0] for one in used.said] == ([said] if said else [])
    assert used.load == code
    assert bool(used.requirements) is bool(said)


@pytest.mark.parametrize(
    "code",
    [
        "import swapper\nPage = swapper.load_model('pages', 'Page')\n",
        "from appconf import AppConf\nclass Conf(AppConf):\n    ON = True\n",
        "from django_tables import Table\nTable()\n",
    ],
)
def test_packages_for_django_are_known_though_no_setting_installs_them(code: str) -> None:
    used = convert(code)
    assert used.load == code
    assert [one.partition(": ")[0] for one in used.said] == ["django-use-kept"]
    assert "as early as it is imported" in used.said[0]


def test_a_module_of_the_repository_is_no_package_for_django() -> None:
    code = "import swapper\nswapper.swap()\n"
    used = convert(code, files={"swapper.py": "def swap():\n    pass\n"})
    assert used.said == []


def test_what_others_convert_is_not_looked_at() -> None:
    code = (
        "from django.conf import settings\nfrom django.core.management.base import BaseCommand\n"
        "from django.core.management import call_command\nimport django.conf\nimport os\n"
    )
    used = convert(code)
    assert used.conversion.edits == {}
    assert used.said == []
    assert used.requirements == ()


@pytest.mark.parametrize(
    "code",
    [
        b"# django\nimport os\n",
        b"text = 'from django.utils import timezone'\n",
        b"from . import django\n",
        b"from .django.utils import timezone\ntimezone.now()\n",
        b"import djangorestframework\n",
        b"from orders.services import other\n",
        b"\xff\xfe django",
        b"from django import (\n",
        b"import django" + b"(" * 5000,
        b"",
    ],
)
def test_files_in_which_nothing_changes(code: bytes) -> None:
    used = convert(code, ORDERS, {"orders/services/other.py": "x = 1\n"})
    assert used.conversion.edits == {}
    assert used.conversion.findings == ()
    assert used.conversion.additions == {}


def test_quarantined_code_is_left_alone() -> None:
    code = "from django.utils import timezone\nfrom orders.models import Order\ntimezone.now()\n"
    used = convert("", ORDERS, {"orders/views.py": code})
    assert used.after["packages/shop/legacy_django/orders/views.py"] == code
    assert used.said == []


def test_code_of_another_package_takes_nothing_from_this_one() -> None:
    code = "from django.utils.timezone import now\nnow()\n"
    used = convert("", ORDERS, {"mail/clients/send.py": code})
    assert used.after["packages/mail/src/mail/send.py"] == code
    assert used.conversion.edits == {}
    assert used.conversion.additions == {}


def test_a_second_plan_is_empty() -> None:
    code = "from django.utils.timezone import now\nfrom orders.models import Order\nOrder, now()\n"
    once = convert(code, ORDERS).load
    assert convert(once, ORDERS).conversion.edits == {}
