"""Imports of Django's functions that name the package's own."""

from __future__ import annotations

import pytest

from conversions.django.uses_projects import convert


def test_a_function_comes_from_the_package_and_its_uses_stay() -> None:
    code = (
        "from django.utils import timezone\n"
        "from django.utils.text import slugify as s  # names of files\n"
        "\n\ndef name():\n    return s(f'{timezone.now()} {timezone.timedelta(1)}')\n"
    )
    used = convert(code)
    assert used.load == code.replace("django.utils", "shop.support.standalone")
    assert used.said == []
    assert used.requirements == ('tzdata; sys_platform == "win32"',)
    folder = "packages/shop/src/shop/support/standalone"
    assert set(used.conversion.additions) == {
        f"{folder}/{name}.py" for name in ("__init__", "text", "timezone")
    }
    assert "capfirst" not in used.after[f"{folder}/text.py"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("from django.utils.timezone import now, activate\nnow()\n", None),
        ("from django.utils.timezone import now, make_aware as m\nnow(), m(1)\n",
         "from shop.support.standalone.timezone import now, make_aware as m\nnow(), m(1)\n"),
        ("from django.utils import timezone as tz\ntz.now()\n",
         "from shop.support.standalone import timezone as tz\ntz.now()\n"),
        ("import django.utils.timezone as tz\ntz.now()\n",
         "import shop.support.standalone.timezone as tz\ntz.now()\n"),
        ("import django.utils.timezone\ndjango.utils.timezone.now()\n", None),
        ("from django.utils import timezone\ntimezone.now().isoformat()\n",
         "from shop.support.standalone import timezone\ntimezone.now().isoformat()\n"),
        ("from django.utils import timezone\nf(timezone)\n", None),
        ("from django.utils import timezone\ntimezone.now()\ntimezone = 3\n", None),
        ("from django.utils import timezone\n", None),
        ("from django.utils.timezone import *\nnow()\n", None),
        ("from django.utils.encoding import force_str, iri_to_uri\nforce_str(iri_to_uri('a'))\n",
         "from shop.support.standalone.encoding import force_str\n"
         "from django.utils.encoding import iri_to_uri\nforce_str(iri_to_uri('a'))\n"),
        ("def f():\n    from django.utils.timezone import (\n        now,  # aware\n    )\n"
         "    return now()\n",
         "def f():\n    from shop.support.standalone.timezone import (\n"
         "        now,  # aware\n    )\n"
         "    return now()\n"),
        ("from django.utils.functional import cached_property, lazy\nlazy, cached_property\n",
         "from shop.support.standalone.functional import cached_property\n"
         "from django.utils.functional import lazy\nlazy, cached_property\n"),
    ],
)  # fmt: skip
def test_forms_of_imports(before: str, after: str | None) -> None:
    used = convert(before)
    if after is not None:
        assert sorted(used.load.splitlines()) == sorted(after.splitlines())
    elif "activate" not in before:
        assert used.load == before
        assert used.said[0].startswith("django-use-kept: ")
    else:
        assert "from shop.support.standalone.timezone import now" in used.load


def test_time_zones_that_code_changes_are_djangos() -> None:
    code = "from django.utils import timezone as tz\ntz.activate('UTC')\n"
    other = "from django.utils.timezone import localtime, now\nlocaltime(), now()\n"
    used = convert(code, files={"orders/services/save.py": other})
    save = used.after["packages/shop/src/shop/processors/save.py"]
    assert "from django.utils.timezone import localtime" in save
    assert "from shop.support.standalone.timezone import now" in save


@pytest.mark.parametrize(
    ("settings", "replaced", "carried"),
    [
        ("USE_TZ = True\n", True, False),
        ("USE_TZ = False\n", True, False),
        ("TIME_ZONE = 'UTC'\n", False, False),
        ("import os\nUSE_TZ = os.environ.get('TZ_ON') == '1'\nTIME_ZONE = 'UTC'\n", True, True),
        ("from somewhere import flag\nUSE_TZ = flag()\n", False, False),
    ],
)
def test_the_settings_say_what_now_is(settings: str, replaced: bool, carried: bool) -> None:
    code = "from django.utils.timezone import now\nnow()\n"
    used = convert(code, files={"project/settings.py": "INSTALLED_APPS = []\n" + settings})
    assert ("standalone" in used.load) is replaced
    assert ("USE_TZ" in used.also) is carried
    if carried:
        text = used.after["packages/shop/src/shop/support/standalone/timezone.py"]
        assert "from shop.config.project_settings import USE_TZ\n" in text


@pytest.mark.parametrize(
    ("settings", "files", "replaced"),
    [
        ("", (), True),
        ("LANGUAGE_CODE = 'en-us'\nUSE_I18N = True\n", (), True),
        ("LANGUAGE_CODE = 'de'\n", (), False),
        ("LANGUAGE_CODE = 'en-gb'\n", (), False),
        ("LANGUAGE_CODE = 'de'\nUSE_I18N = False\n", (), True),
        ("", ("orders/locale/en/LC_MESSAGES/django.po",), False),
        ("", ("orders/locale/de/LC_MESSAGES/django.po",), True),
    ],
)
def test_texts_stay_as_they_are_where_nothing_translates_them(
    settings: str, files: tuple[str, ...], replaced: bool
) -> None:
    code = "from django.utils.translation import gettext as _\n_('a')\n"
    more = {"project/settings.py": "INSTALLED_APPS = []\n" + settings, **dict.fromkeys(files, "")}
    assert ("standalone" in convert(code, files=more).load) is replaced


def test_exceptions_are_the_packages_own_where_nothing_of_django_is_left() -> None:
    code = (
        "from django.core.exceptions import ImproperlyConfigured\n"
        "from django.core import exceptions as e\n\n\n"
        "def key():\n    try:\n        raise ImproperlyConfigured('KEY')\n"
        "    except e.PermissionDenied:\n        return None\n"
    )
    used = convert(code)
    assert used.said == []
    assert used.requirements == ()
    assert used.load == code.replace(
        "django.core.exceptions", "shop.support.standalone.exceptions"
    ).replace("from django.core import", "from shop.support.standalone import")


@pytest.mark.parametrize(
    "other",
    [
        "from django.core.cache import cache\ncache.get('a')\n",
        "from orders.models import Order\nOrder\n",
        "from django.db import connection\nconnection\n",
        "from django.core.exceptions import ValidationError\nValidationError('a')\n",
    ],
)
def test_exceptions_are_djangos_where_it_may_raise_them(other: str) -> None:
    code = "from django.core.exceptions import ImproperlyConfigured\nImproperlyConfigured\n"
    used = convert(code, files={"orders/services/other.py": other})
    assert used.load == code
    assert "works without settings" in used.said[0]
