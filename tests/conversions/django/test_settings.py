"""Settings of Django projects, as Django has them and as the package's module has them."""

from __future__ import annotations

import ast
from pathlib import Path
from textwrap import dedent

import django.conf.global_settings
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversions.django.settings_projects import (
    COMMAND,
    convert,
    values_after,
    values_before,
    write,
)
from relayout.conversions.conversion import Conversion
from relayout.conversions.django.settings.defaults import DEFAULTS, VARYING

SAME = {
    "plain values": (
        """
        NAME = "shop"
        SIZES = [1, 2, {"a": (3, None)}]
        BOTH = SIZES + [NAME * 2]
        TEXT = f"{NAME}-{len(SIZES)}"
        HOUR = 60 * 60
        """,
        [{}],
    ),
    "the environment": (
        """
        import os
        from os import environ as env, getenv

        URL = os.environ.get("SHOP_URL", "http://localhost")
        PORT = int(getenv("SHOP_PORT", "80"))
        KEY = env["SHOP_KEY"] if "SHOP_KEY" in env else None
        HOSTS = os.environ.get("SHOP_HOSTS", "a,b").split(",")
        ON = os.getenv("SHOP_ON", "").lower() in {"1", "true"}
        """,
        [
            {},
            {"SHOP_URL": "x", "SHOP_PORT": "1", "SHOP_KEY": "k", "SHOP_HOSTS": "", "SHOP_ON": "1"},
        ],
    ),
    "what is changed after it was set": (
        """
        APPS = ["a"]
        APPS += ["b"]
        APPS.append("c")
        ROWS = {"x": {"n": 1}}
        ROWS["x"]["n"] = 2
        ROWS["x"].update(m=3)
        inner = ROWS["x"]
        inner["late"] = True
        for row in ROWS.values():
            row["seen"] = 1
        del APPS[0]
        FIRST, (SECOND, *REST) = 1, (2, 3, 4)
        """,
        [{}],
    ),
    "branches": (
        """
        import os

        DEBUG = os.environ.get("DEBUG") == "1"
        if DEBUG:
            LEVEL, UNUSED = "debug", open
            # the queue
            QUEUE = "test"
        elif os.environ.get("STAGE") == "prod":
            LEVEL = "error"
            SECRET_SERVICE = "s"
        else:
            LEVEL = "info"
            if "QUEUE" in os.environ:
                QUEUE = os.environ["QUEUE"]
        if DEBUG: SHORT = 1
        else: SHORT = 2
        EMAIL_PORT = 26 if DEBUG else 27
        if DEBUG:
            EMAIL_HOST = "debug"
        """,
        [{}, {"DEBUG": "1"}, {"STAGE": "prod"}, {"QUEUE": "q"}],
    ),
    "helpers": (
        """
        import json
        import os
        from datetime import timedelta
        from decimal import Decimal as D

        def read(name, default=None, *, cast=str):
            value = os.environ.get(PREFIX + name, default)
            return value if value is None else cast(value)

        as_list = lambda text: [part.strip() for part in text.split(",") if part]
        PREFIX = "SHOP_"
        DAYS = read("DAYS", "7", cast=int)
        NAMES = read("NAMES", "a, b", cast=as_list)
        MAP = json.loads(read("MAP", '{"a": 1}'))
        WAIT = timedelta(days=DAYS)
        RATE = D("0.19")
        PAIRS = {n: len(n) for n in NAMES if n}
        PREFIX = "LATER_"
        """,
        [{}, {"SHOP_DAYS": "1", "SHOP_NAMES": "x,y", "SHOP_MAP": "[]"}],
    ),
    "two names for one thing": (
        """
        COMMON = {"retries": 3}
        JOBS = {"load": COMMON, "save": dict(COMMON)}
        COMMON["retries"] = 4
        alias = JOBS
        alias["more"] = {}
        """,
        [{}],
    ),
    "annotations, and questions about the arguments": (
        """
        import sys
        LATE: int
        SIZE: int = 3
        SIZE: int
        TESTING = "test" in sys.argv
        if "pytest" not in sys.argv:
            import math
            ROOM: float = math.floor(SIZE / 2)
        """,
        [{}],
    ),
    "line ends and indentation of others": (
        'import os\r\nTEXT = """a\r\n  b"""\r\nif TEXT:\r\n\tMORE = (TEXT +\r\n\t\t\'c\')\r\n'
        '\tif MORE:\r\n\t\tMOST = """\r\n\t\tx"""\r\n\t\tunused = os\r\n',
        [{}],
    ),
    "conditions on several lines": (
        """
        import os
        if (  # why
            os.environ.get("A") == "1"
            and os.environ.get("B") != "2"
        ):
            # first

            ONE = 1
        elif not (os.environ.get("A")
                  or os.environ.get("B")):
            TWO = "zwei"
        else:
            if os.environ.get("B"):
                ONE = "ünï"
            else:
                pass
        """,
        [{}, {"A": "1"}, {"B": "1"}, {"A": "2"}],
    ),
    "addresses": (
        """
        STATIC_URL = "static/"
        MEDIA_URL = "/media/"
        """,
        [{}],
    ),
    "an address that is empty": ('STATIC_URL = ""\nMEDIA_URL = "https://cdn.example.org/"\n', [{}]),
    "statements that share a line": ("A = 1; B = A + 1\nC = (\n    B\n)  # sum\n", [{}]),
    "tries": (
        """
        import os
        try:
            LIMIT = int(os.environ.get("LIMIT", "none"))
        except ValueError:
            LIMIT = None
        with open(os.devnull) as empty:
            NOTHING = empty.read()
        while False:
            NOTHING = 1
        """,
        [{}, {"LIMIT": "5"}],
    ),
    "the environment, when it is set here": (
        """
        import os
        os.environ.setdefault("SHOP_STAGE", "dev")
        os.environ["SHOP_ZONE"] = "a" + os.environ["SHOP_STAGE"]
        ZONE = os.environ["SHOP_ZONE"]
        STAGE = os.getenv("SHOP_STAGE")
        """,
        [{}, {"SHOP_STAGE": "prod"}],
    ),
}


def code_using(*names: str) -> str:
    """Return a command that reads settings."""
    reads = "".join(f"        print(settings.{name})\n" for name in names)
    return f"""\
from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    def handle(self, **options):
{reads or "        pass"}
"""


def names_in(text: str) -> list[str]:
    """Return the names in capitals of a text, and some that are nowhere."""
    words = "".join(c if c.isalnum() or c == "_" else " " for c in text).split()
    return sorted(
        {w for w in words if w.isidentifier() and w.isupper()} | {"NOWHERE", "EMAIL_PORT"}
    )


def project(settings: str, *names: str, **more: str) -> dict[str, str]:
    """Return a project with one command that reads settings."""
    return {
        "manage.py": "",
        "project/__init__.py": "",
        "project/settings.py": settings,
        COMMAND: code_using(*names),
        **{path.replace("__", "/"): text for path, text in more.items()},
    }


@pytest.mark.parametrize("what", SAME)
def test_the_package_has_what_django_had(what: str, tmp_path: Path) -> None:
    text, environments = SAME[what]
    settings = dedent(text)
    names = names_in(settings)
    done = convert(project(settings, *names))
    write(tmp_path / "before", done.before)
    write(tmp_path / "after", done.after)
    for variables in environments:
        before = values_before(tmp_path / "before", "", "project.settings", names, variables)
        assert values_after(tmp_path / "after", names, variables) == before
    assert not done.said("django-setting-computed")


NAMES = ["ALPHA", "BETA", "GAMMA", "DELTA"]

literals = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
    | st.binary(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=5), inner, max_size=3)
        | st.tuples(inner, inner)
        | st.sets(st.integers(), max_size=3)
    ),
    max_leaves=6,
)

statements = st.one_of(
    st.builds(lambda name, value: f"{name} = {value!r}", st.sampled_from(NAMES), literals),
    st.builds(
        lambda name, other: f"{name} = [{other}, {other}]",
        st.sampled_from(NAMES),
        st.sampled_from(NAMES),
    ),
    st.builds(
        lambda name, other: f"if {name}:\n    {other} = 1\nelse:\n    # no\n    {name} = {other}",
        st.sampled_from(NAMES),
        st.sampled_from(NAMES),
    ),
    st.builds(
        lambda name, other: f"same = {name} = {{'a': [{other}]}}\nsame['b'] = {name}['a']",
        st.sampled_from(NAMES),
        st.sampled_from(NAMES),
    ),
    st.builds(
        lambda name: f"for item in [{name}]:\n    if isinstance(item, list): item.append(0)",
        st.sampled_from(NAMES),
    ),
)


@given(st.lists(statements, max_size=12), st.sets(st.sampled_from(NAMES), min_size=1))
def test_each_setting_alone_has_the_value_it_had(lines: list[str], wanted: set[str]) -> None:
    """Whatever a module of plain statements sets, a part of it sets the same."""
    first = [f"{name} = {number}" for number, name in enumerate(NAMES)]
    text = "\n".join([*first, *lines]) + "\n"
    done = convert(project(text, *sorted(wanted)))
    was: dict[str, object] = {}
    now: dict[str, object] = {}
    exec(text, was)  # noqa: S102
    exec(done.settings, now)  # noqa: S102
    assert {n: repr(now[n]) for n in wanted} == {n: repr(was[n]) for n in wanted}


def test_the_defaults_are_djangos_own() -> None:
    for name, code in DEFAULTS.items():
        assert ast.literal_eval(code) == getattr(django.conf.global_settings, name), name
    others = {n for n in dir(django.conf.global_settings) if n.isupper()} - DEFAULTS.keys()
    assert others & VARYING


def test_nothing_is_made_where_nothing_asks_for_settings() -> None:
    done = convert({"project/settings.py": "A = 1\n", "services/a.py": "print(1)\n"})
    assert done.conversion == Conversion()
