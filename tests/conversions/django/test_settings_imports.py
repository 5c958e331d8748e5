"""The forms of import by which code reaches settings, and what they become."""

from __future__ import annotations

from textwrap import dedent

import pytest

from conversions.django.settings_projects import COMMAND, Converted, convert
from verification.settings_proofs import unchanged

SETTINGS = 'A = 1\nB = {"k": 2}\n'
NEW = "from shop.config import project_settings"

FORMS = {
    "the usual one": (
        "from django.conf import settings\nprint(settings.A)\n",
        f"{NEW} as settings\nprint(settings.A)\n",
    ),
    "another name": (
        "from django.conf import settings as conf  # ours\nprint(conf.B['k'])\n",
        f"{NEW} as conf  # ours\nprint(conf.B['k'])\n",
    ),
    "with others": (
        "from django.conf import LazySettings, settings\nprint(settings.A, LazySettings)\n",
        f"from django.conf import LazySettings\n{NEW} as settings\n"
        "print(settings.A, LazySettings)\n",
    ),
    "in parentheses": (
        "from django.conf import (\n    settings,  # all of them\n)\nprint(settings.A)\n",
        "from shop.config import (\n    project_settings as settings,  # all of them\n)\n"
        "print(settings.A)\n",
    ),
    "in a function": (
        "def run():\n    from django.conf import settings\n    return settings.A\n",
        f"def run():\n    {NEW} as settings\n    return settings.A\n",
    ),
    "if it can be imported": (
        """
        try:
            from django.conf import settings
        except ImportError:
            settings = None
        A = getattr(settings, "A", 3)
        """,
        f"""
        try:
            {NEW} as settings
        except ImportError:
            settings = None
        A = getattr(settings, "A", 3)
        """,
    ),
    "the whole way": (
        "import django.conf\nprint(django.conf.settings.A, django.conf.settings.B)\n",
        f"{NEW}\nprint(project_settings.A, project_settings.B)\n",
    ),
    "the whole way, beside other uses": (
        "import django.conf  # why\nprint(django.conf.settings.A, django.VERSION)\n",
        f"import django.conf  # why\n{NEW}\nprint(project_settings.A, django.VERSION)\n",
    ),
    "through the module": (
        "from django import conf\nproject_settings = 1\nprint(conf.settings.A)\n",
        f"{NEW} as project_settings_2\nproject_settings = 1\nprint(project_settings_2.A)\n",
    ),
    "through the module, beside others": (
        "import os, django.conf as c\nprint(os.sep, c.settings.A)\n",
        f"import os\n{NEW}\nprint(os.sep, project_settings.A)\n",
    ),
    "the whole way, in a formatted string": (
        "import django.conf\nprint(f'{django.conf.settings.A:>3} {django.conf.settings.A!r}')\n",
        f"{NEW}\nprint(f'{{project_settings.A:>3}} {{project_settings.A!r}}')\n",
    ),
    "in a formatted string": (
        "from django.conf import settings\nprint(f'{settings.A} {getattr(settings, \"C\", 1)}')\n",
        f"{NEW} as settings\nprint(f'{{settings.A}} {{getattr(settings, \"C\", 1)}}')\n",
    ),
    "on a line with others": (
        "import os; from django.conf import settings; print(settings.A, os)\n",
        f"import os; {NEW} as settings; print(settings.A, os)\n",
    ),
    "with the line ends of the file": (
        "from django.conf import settings\r\nprint(settings.A)\r\n",
        f"{NEW} as settings\r\nprint(settings.A)\r\n",
    ),
}

UNTOUCHED = [
    "settings = {}\nprint(settings['A'])\n",
    "from shop_conf import settings\nprint(settings.A)\n",
    "from .conf import settings\nprint(settings.A)\n",
    "print('from django.conf import settings')\n",
    "# from django.conf import settings\n",
    "from django.conf.locale import LANG_INFO\nprint(LANG_INFO)\n",
    "from django.conf import LazySettings\nprint(LazySettings)\n",
    "import django.core.management\nprint(django.core.management)\n",
    "from ..django.conf import settings\nprint(settings.A)\n",
    "def broken(:\n",
]


def converted(code: str) -> Converted:
    return convert({"manage.py": "", "project/settings.py": SETTINGS, COMMAND: code})


def after_of(done: Converted) -> str:
    return done.after["packages/shop/src/shop/cli/load.py"]


@pytest.mark.parametrize("form", FORMS)
def test_an_import_takes_settings_from_the_package(form: str) -> None:
    before, after = (dedent(text) if text.startswith("\n") else text for text in FORMS[form])
    done = converted(before)
    assert after_of(done) == after
    assert unchanged(before, after, done.conversion.edits[COMMAND])


@pytest.mark.parametrize("code", UNTOUCHED)
def test_what_only_looks_like_it_is_left(code: str) -> None:
    done = converted(code)
    assert after_of(done) == code
    assert not done.conversion.edits


def test_a_name_of_another_scope_is_not_taken_for_settings() -> None:
    code = (
        "from django.conf import settings\n\n\n"
        "def run(settings):\n    return settings.NOT_ONE\n\n\nprint(settings.A)\n"
    )
    done = converted(code)
    assert done.codes == []
    assert "NOT_ONE" not in done.settings


def test_settings_that_another_module_passes_on_are_followed() -> None:
    done = convert(
        {
            "project/settings.py": SETTINGS,
            "services/__init__.py": "",
            "services/conf.py": "from django.conf import settings\n",
            COMMAND: "from services.conf import settings as s\nprint(s.B, s.C)\n",
        }
    )
    assert "B = " in done.settings
    assert "A = " not in done.settings
    assert [f.path for f in done.conversion.findings] == ["packages/shop/src/shop/cli/load.py"]
    assert list(done.conversion.edits) == ["services/conf.py"]


def test_a_star_import_of_django_conf_is_reported() -> None:
    assert (
        "django-setting-kept" in converted("from django.conf import *\nprint(settings.A)\n").codes
    )
