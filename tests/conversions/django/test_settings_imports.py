"""The forms of import by which code reaches settings, and what they become."""

from __future__ import annotations

from textwrap import dedent

import pytest

from conversions.django.settings_projects import COMMAND, Converted, convert
from relayout.inventory import take_inventory
from relayout.source import Edit, Source
from relayout.tree import Tree
from relayout.verification.django_settings import KIND, wrong_settings
from relayout.verification.module_strings import Side

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
    assert proof(before, after, done.conversion.edits[COMMAND]) == ""


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


# -- the proof


def proof(before: str, after: str, edits: tuple[Edit, ...], *, module: bool = True) -> str:
    old = Tree.of({"load.py": before.encode()})
    there = {"src/shop/config/project_settings.py": b""} if module else {}
    new = Tree.of({"load.py": after.encode(), **there})
    return wrong_settings(side(old), side(new), edits)


def side(tree: Tree) -> Side:
    source = Source.decode(tree.read("load.py"))
    return Side(take_inventory(tree), "load.py", source, source.parse())


BEFORE = "from django.conf import settings\nimport os\nprint(settings.A, settings.B)\n"
LENGTH = len("from django.conf import settings")

TAMPERED = {
    "another module": "from shop.config import other as settings\nimport os\n",
    "another name": f"{NEW} as other\nimport os\n",
    "one more name": f"{NEW} as settings, environ\nimport os\n",
    "code behind it": f"{NEW} as settings; print(1)\nimport os\n",
    "no import": "settings = 1\nimport os\n",
}


@pytest.mark.parametrize("what", TAMPERED)
def test_an_edit_that_does_anything_else_is_not_believed(what: str) -> None:
    after = TAMPERED[what] + "print(settings.A, settings.B)\n"
    replacement = TAMPERED[what].removesuffix("\nimport os\n")
    assert proof(BEFORE, after, (Edit(0, LENGTH, replacement, KIND),))


def test_a_use_of_another_setting_is_not_believed() -> None:
    after = f"{NEW} as settings\nimport os\nprint(settings.A, settings.C)\n"
    edit = Edit(0, LENGTH, f"{NEW} as settings", KIND)
    assert "another way" in proof(BEFORE, after, (edit,))


def test_an_edit_of_a_plain_value_is_not_believed() -> None:
    before = "import django.conf\nx = 5\nprint(django.conf.settings.A)\n"
    after = f"{NEW}\nx = 6\nprint(project_settings.A)\n"
    edits = (
        Edit(0, len("import django.conf"), NEW, KIND),
        Edit(before.index("5"), before.index("5") + 1, "6", KIND),
        Edit(before.index("django.conf.s"), before.index(".A"), "project_settings", KIND),
    )
    assert "covers something else" in proof(before, after, edits)


def test_an_edit_that_takes_another_import_along_is_not_believed() -> None:
    after = f"{NEW} as settings\nprint(settings.A, settings.B)\n"
    edit = Edit(0, LENGTH + len("\nimport os"), f"{NEW} as settings", KIND)
    assert "takes away os" in proof(BEFORE, after, (edit,))


def test_the_module_has_to_be_there() -> None:
    after = f"{NEW} as settings\nimport os\nprint(settings.A, settings.B)\n"
    edit = Edit(0, LENGTH, f"{NEW} as settings", KIND)
    assert proof(BEFORE, after, (edit,)) == ""
    assert "is not there" in proof(BEFORE, after, (edit,), module=False)
