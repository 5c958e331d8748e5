"""Settings that several modules set, that are computed, or that count from their file's place."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from conversions.django.settings_projects import (
    COMMAND,
    HOME,
    LEGACY,
    convert,
    reading,
    values_after,
    values_before,
    write,
)

CLI = f"{HOME.root}/cli/load.py"


LAYERS = {
    "project/__init__.py": "",
    "project/settings/__init__.py": "",
    "project/settings/base.py": """\
import os
from decimal import Decimal

_rate = Decimal("0.1")
NAME = "base"
APPS = ["a"]
RATE = _rate
STAGE = os.environ.get("STAGE", "none")
""",
    "project/settings/parts.py": "HIDDEN = 1\nQUEUE = 'q'\nfrom os import sep as SEP\n",
    "project/settings/dev.py": """\
from .base import *
from .base import _rate
from project.settings.parts import QUEUE
from django.conf.global_settings import *

NAME = "dev"
APPS += ["b"]
RATE = RATE + _rate
""",
    "project/settings/prod.py": 'from .base import *\nNAME = "prod"\nTOKEN_URL = "x"\n',
    COMMAND: reading("NAME", "APPS", "RATE", "STAGE", "QUEUE", "HIDDEN", "TOKEN_URL"),
}


def test_modules_that_take_from_each_other_are_one(tmp_path: Path) -> None:
    done = convert(LAYERS, ["project/settings/dev.py", "project/settings/prod.py"])
    names = ["NAME", "APPS", "RATE", "STAGE", "QUEUE", "HIDDEN", "TOKEN_URL", "_rate"]
    for variables in ({}, {"STAGE": "x"}):
        root = write(tmp_path / "before", done.before)
        before = values_before(root, "", "project.settings.dev", names, variables)
        after = values_after(write(tmp_path / "after", done.after), names, variables)
        assert after.pop("_rate") == "Decimal('0.1')"
        before.pop("_rate")
        assert after == before
    assert done.said("django-setting-unknown") == [
        "settings.HIDDEN is not known: no settings module sets it",
        f"settings.TOKEN_URL is not known: {LEGACY}/project/settings/prod.py sets it, "
        "project/settings/dev.py does not",
    ]
    assert done.said("django-setting-differs") == [
        "it sets APPS, NAME, RATE in another way than project/settings/dev.py, which is taken"
    ]


def test_parts_that_are_included_are_followed(tmp_path: Path) -> None:
    files = {
        "project/__init__.py": "",
        "project/settings/__init__.py": (
            'from split_settings.tools import include, optional\n\ninclude("parts/*.py", '
            'optional("local.py"))\n'
        ),
        "project/settings/parts/a.py": "ONE = 1\n",
        "project/settings/parts/b.py": "TWO = ONE + 1\n",
        COMMAND: reading("TWO"),
    }
    done = convert(files, ["project/settings/__init__.py"])
    after = values_after(write(tmp_path, done.after), ["TWO"], {})
    assert after == {"TWO": "2"}
    assert done.codes == ["django-setting-override"]


CONDITIONAL = {
    "project/__init__.py": "",
    "project/settings/__init__.py": """\
import os
from .base import *

# which one
if os.environ.get("STAGE") == "prod":  # live
    from .prod import *
elif os.environ.get("STAGE") == "test":
    TEXT = '''a
b'''
else:
    from .dev import *
    NAME += "!"

try:
    from .local import *
except ImportError:
    if NAME == "dev!":
        # nothing local
        LOCAL = ["no",
                 "local"]
""",
    "project/settings/base.py": "NAME = 'base'\nTEXT = ''\nLOCAL = None\n",
    "project/settings/common.py": "COMMON = 1\n",
    "project/settings/prod.py": "from .common import *\nNAME = 'prod'\nif TEXT:\n    NAME = 'x'\n",
    "project/settings/dev.py": "from .common import *\nNAME = 'dev'\nTEXT = '''c\n  d'''\n",
    COMMAND: reading("NAME", "TEXT", "LOCAL", "COMMON"),
}


def test_modules_that_are_taken_under_conditions_are_followed(tmp_path: Path) -> None:
    settings = {**CONDITIONAL, "project/settings/prod.py": "from .common import *\nNAME = 'prod'\n"}
    done = convert(settings, ["project/settings/__init__.py"])
    names = ["NAME", "TEXT", "LOCAL", "COMMON"]
    for stage in ("prod", "test", "dev"):
        root = write(tmp_path / "before", done.before)
        before = values_before(root, "", "project.settings", names, {"STAGE": stage})
        after = values_after(write(tmp_path / "after", done.after), names, {"STAGE": stage})
        assert after == before
    assert done.codes == ["django-setting-override"]
    assert "import *" not in done.settings


COMPUTED = {
    "by Django": "from django.utils.translation import gettext_lazy as _\nX = [('en', _('a'))]\n",
    "by a program": "import subprocess\nX = subprocess.check_output(['date'])\n",
    "by a library that is not known": "import boto3\nX = boto3.client('ssm').get_parameter()\n",
    "from the arguments": "import sys\nX = sys.argv[1] == 'test'\n",
    "by a module of the repository": "from project import numbers\nX = numbers.ONE\n",
    "from its own name": "X = __name__.split('.')[0]\n",
    "in a class": "class X:\n    A = 1\n",
    "by something that was computed": "import uwsgi\nY = uwsgi.opt\nX = {'a': [Y]}\n",
    "under a condition that is": "import uwsgi\nif uwsgi.opt:\n    X = 1\nelse:\n    X = 2\n",
    "by a change of it": "import uwsgi\nX = {}\nuwsgi_values = X\nuwsgi_values.update(uwsgi.opt)\n",
    "by a helper": "import requests\ndef get():\n    return requests.get('x')\nX = get()\n",
    "by an import that may fail": "try:\n    import fast as json\nexcept ImportError:\n"
    "    import json\nX = json.loads('1')\n",
    "by names that come from a library": "from os.path import *\nX = join('a', 'b')\n",
    "from a path that cannot be told": "import environ\nX = environ.Path(__file__) - 2\n",
    "by a match": "X = 1\nmatch X:\n    case Y:\n        X = Y\n",
    "by code in a text": "X = eval('1')\n",
}


@pytest.mark.parametrize("how", COMPUTED)
def test_what_is_computed_is_reported_and_left_out(how: str) -> None:
    files = {
        "project/__init__.py": "",
        "project/numbers.py": "ONE = 1\n",
        "project/settings.py": f"KEPT = 1\n{COMPUTED[how]}",
        COMMAND: reading("KEPT", "X"),
    }
    done = convert(files)
    reported = [*done.said("django-setting-computed"), *done.said("django-setting-override")]
    assert reported
    assert "KEPT = 1" in done.settings
    assert "X" not in done.settings.replace("KEPT", "")


def test_settings_of_a_class_are_reported_as_such() -> None:
    settings = "from configurations import Configuration\n\nclass Dev(Configuration):\n    A = 1\n"
    done = convert({"project/settings.py": settings, COMMAND: reading("A")})
    assert done.said("django-setting-unknown") == [
        "settings.A is not known: a class of the settings module sets it"
    ]


def test_names_that_may_be_set_elsewhere_are_reported() -> None:
    settings = "A = 1\ntry:\n    from .local_settings import *\nexcept ImportError:\n    B = 2\n"
    done = convert({"project/settings.py": settings, COMMAND: reading("A", "B")})
    assert done.said("django-setting-override") == [
        "this may set any of the settings that the package has: it takes all names of a module "
        "that is not in git, if it is"
    ]
    assert "A = 1" in done.settings
    assert "B = 2" in done.settings


def test_a_secret_is_copied_and_never_shown() -> None:
    settings = dedent(
        """
        import os
        SECRET_KEY = "hunter2hunter2"
        API_TOKEN = os.environ["API_TOKEN"]
        SMTP = {"host": "x", "password": os.environ.get("SMTP_PASSWORD", "hunter3")}
        BROKER_URL = "amqp://user:hunter4@queue"
        PASSWORD_MIN_LENGTH = 8
        """
    )
    names = ["SECRET_KEY", "API_TOKEN", "SMTP", "BROKER_URL", "PASSWORD_MIN_LENGTH"]
    done = convert({"project/settings.py": settings, COMMAND: reading(*names)})
    said = done.said("django-setting-secret")
    assert [text.partition(":")[0] for text in said] == ["BROKER_URL", "SECRET_KEY", "SMTP"] or [
        text.partition(":")[0] for text in said
    ] == ["SECRET_KEY", "SMTP", "BROKER_URL"]
    assert "hunter" not in repr(done.conversion.findings)
    assert "hunter2hunter2" in done.settings


def test_an_app_without_a_project_keeps_its_own_defaults(tmp_path: Path) -> None:
    code = """\
from django.conf import settings

SIZE = getattr(settings, "ORDERS_SIZE", 5)
KNOWN = hasattr(settings, "ORDERS_SIZE")
print(settings.ORDERS_URL, settings.DEBUG, SIZE, KNOWN)
"""
    done = convert({COMMAND: code}, settings=[])
    assert values_after(write(tmp_path, done.after), ["DEBUG", "ORDERS_SIZE"], {}) == {
        "DEBUG": "False",
        "ORDERS_SIZE": "AttributeError",
    }
    assert done.said("django-setting-unknown") == [
        "settings.DEBUG is not known: the project that uses the app sets it",
        "settings.ORDERS_URL is not known: no settings module sets it",
    ]


def test_code_that_changes_settings_or_asks_for_any_is_reported() -> None:
    code = """\
from django.conf import settings

settings.LIMIT = 3
name = "LIMIT"
print(getattr(settings, name))
print(vars(settings))
"""
    settings = "import uwsgi\nLIMIT = 1\nOTHER = 2\nBAD = uwsgi.opt\n"
    done = convert({"project/settings.py": settings, COMMAND: code})
    assert done.codes == ["django-setting-changed"] + ["django-setting-dynamic"] * 2
    assert "OTHER = 2" in done.settings
    assert "BAD" not in done.settings


def test_code_about_djangos_own_object_keeps_it() -> None:
    code = (
        "from django.conf import settings\nif not settings.configured:\n    settings.configure()\n"
    )
    done = convert({"project/settings.py": "A = 1\n", COMMAND: code})
    assert done.codes == ["django-setting-kept"]
    assert done.after[CLI] == code


def test_what_code_takes_from_the_settings_modules_is_carried() -> None:
    code = """\
from project.settings import A, B as b
from project import settings as s
import project.settings

print(s.C, project.settings.D)
"""
    settings = "A = 1\nB = 2\nC = 3\nD = 4\nE = 5\n"
    done = convert({"project/__init__.py": "", "project/settings.py": settings, COMMAND: code})
    assert all(f"{name} = " in done.settings for name in "ABCD")
    assert "\nE = " not in done.settings
    assert not done.conversion.edits


def test_names_of_modules_in_values_are_the_new_ones() -> None:
    files = {
        "project/settings.py": (
            'LOADER = "services.load.Loader"\nOTHERS = ["services.load", "services.load.gone"]\n'
            'HOST = "services.example.org"\nKEYS = {"services.load": 1}\n'
        ),
        "services/__init__.py": "",
        "services/load.py": "class Loader:\n    pass\n",
        COMMAND: reading("LOADER", "OTHERS", "HOST", "KEYS"),
    }
    done = convert(files)
    assert 'LOADER = "shop.processors.load.Loader"\n' in done.settings
    assert 'OTHERS = ["shop.processors.load", "services.load.gone"]\n' in done.settings
    assert 'HOST = "services.example.org"\nKEYS = {"services.load": 1}\n' in done.settings


def test_libraries_that_read_the_environment_are_kept_and_required() -> None:
    settings = """\
import environ
from decouple import config

env = environ.Env(DEBUG=(bool, False))
environ.Env.read_env("/etc/shop.env")
URL = env("URL", default="x")  # the shop
PORT = config("PORT", default=80, cast=int)
"""
    files = {
        "requirements.txt": "django-environ>=0.11,<1\nDjango==5.2\n",
        "project/settings.py": settings,
        COMMAND: reading("URL", "PORT"),
    }
    done = convert(files)
    assert settings.partition("\n\n")[2] in done.settings
    assert done.conversion.requirements == {
        "packages/shop": ("django-environ>=0.11,<1", "python-decouple")
    }
    assert not done.conversion.findings


@pytest.mark.parametrize(
    "text",
    [
        "def broken(:\n",
        "\0",
        "A = " + "(" * 3000 + ")" * 3000 + "\n",
        "A = " + " + ".join(["1"] * 20_000) + "\n",
        "A = 1\n" * 20_000,
        "\n".join(f"A{n} = A{n - 1} if True else 0" for n in range(1, 1500)) + "\nA = A1499\n",
        "if A:\n" * 1
        + "\n".join(" " * n + "if A:" for n in range(1, 90))
        + "\n"
        + " " * 90
        + "A=1",
        "from .settings import *\nA = 1\n",
        "from project.other import *\nB = 1\n" * 5000 + "A = 1\n",
        "A = 'x" + "y" * 1_000_000 + "'\n",
    ],
)
def test_settings_that_nobody_wrote_by_hand_do_no_harm(text: str) -> None:
    other = "B = 1\n" * 50
    files = {"project/settings.py": text, "project/other.py": other, COMMAND: reading("A")}
    done = convert(files)
    assert done.settings.startswith('"""')
