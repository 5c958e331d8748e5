"""What stands in for Django's functions does what they do: both are asked the same."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relayout.conversions.django.standalone_text import MODULES, PROVIDED, standalone_file

OURS = "relayout.conversions.django.standalone"

TEXTS = st.text() | st.sampled_from(
    ["2024-02-30", "2024-2-3", "2024-02-03T4:05", "24:00", "7:8:9,123456789 +0530", "\ufb01 Ö-_-x"]
)
WRITTEN = st.from_regex(
    r"\d{1,4}-\d{1,2}-\d{1,2}[T ]\d{1,2}:\d{1,2}(:\d{1,2}([.,]\d{1,8})?)?\s?(Z|[+-]\d\d:?(\d\d)?)?",
    fullmatch=True,
)


def outcome(function: Callable[..., Any], *args: Any) -> str:
    """What a call returns, or the error that it raises."""
    try:
        return repr(function(*args))
    except Exception as error:
        return f"{type(error).__name__ if not isinstance(error, ValueError) else 'ValueError'}"


def both(module: str, name: str) -> tuple[Any, Any]:
    theirs = importlib.import_module(MODULES[module])
    return getattr(theirs, name), getattr(importlib.import_module(f"{OURS}.{module}"), name)


def agree(module: str, name: str, *args: Any) -> None:
    theirs, ours = both(module, name)
    assert outcome(ours, *args) == outcome(theirs, *args)


@pytest.mark.parametrize("name", ["parse_date", "parse_time", "parse_datetime"])
@given(text=TEXTS | WRITTEN)
def test_dates_and_times_are_read_alike(name: str, text: str) -> None:
    agree("dateparse", name, text)


@pytest.mark.parametrize(
    "text",
    [
        *("2024-01-31", "2024-1-3", "2024-13-01", "20240131", "2024-W05-3", " 2024-01-31", ""),
        *("2024-01-31\n", "10:20", "1:2", "10:20:30.5", "10:20:30,1234567", "25:00", "10:20+02:00"),
        *("2024-01-31T10:20", "2024-1-3 1:2:3.4", "2024-01-31T10:20:30.123456789+02"),
        *("2024-01-31T10:20Z", "2024-1-31T10:20 -0530", "2024-1-31T10:20+25", "2024-1-31T10:20-00"),
    ],
)
def test_forms_of_dates_and_times(text: str) -> None:
    for name in ("parse_date", "parse_time", "parse_datetime"):
        agree("dateparse", name, text)


@pytest.mark.parametrize("name", ["parse_date", "parse_time", "parse_datetime"])
def test_what_is_no_text_is_refused_alike(name: str) -> None:
    for value in (None, 3, b"2024-01-31"):
        agree("dateparse", name, value)


def test_offsets_have_the_same_names() -> None:
    theirs, ours = both("dateparse", "parse_datetime")
    for text in ("2024-1-3T10:20-0530", "2024-1-3T10:20+01", "2024-01-03T10:20+01:00"):
        assert ours(text).tzname() == theirs(text).tzname()


@given(TEXTS, st.booleans())
def test_slugs_are_the_same(text: str, allow_unicode: bool) -> None:
    agree("text", "slugify", text, allow_unicode)


@given(TEXTS | st.integers() | st.none())
def test_texts_are_the_same(value: object) -> None:
    agree("text", "capfirst", value)
    agree("text", "slugify", value)
    agree("html", "escape", value)
    theirs, ours = both("html", "escape")
    assert str(theirs(value)) == ours(value)


PLAIN = st.text() | st.binary() | st.integers() | st.none() | st.floats() | st.datetimes()


@pytest.mark.parametrize("name", ["force_str", "smart_str", "force_bytes", "smart_bytes"])
@given(
    PLAIN,
    st.sampled_from(["utf-8", "latin-1"]),
    st.booleans(),
    st.sampled_from(["strict", "replace"]),
)
def test_bytes_and_texts_are_the_same(
    name: str, value: object, encoding: str, strings_only: bool, errors: str
) -> None:
    agree("encoding", name, value, encoding, strings_only, errors)


@given(PLAIN, PLAIN)
def test_secrets_are_compared_alike(one: object, other: object) -> None:
    agree("crypto", "constant_time_compare", one, other)
    agree("crypto", "constant_time_compare", one, one)


def test_random_texts() -> None:
    theirs, ours = both("crypto", "get_random_string")
    assert len(ours(40)) == len(theirs(40))
    assert set(ours(200, "ab")) == {"a", "b"}
    assert len(set(both("crypto", "RANDOM_STRING_CHARS"))) == 1


@pytest.mark.parametrize(
    "dotted", ["os.path.join", "json.nothing", "nothing.here", "json", "json.decoder", "", ".a"]
)
def test_names_are_imported_alike(dotted: str) -> None:
    theirs, ours = both("module_loading", "import_string")
    results = []
    for function in (theirs, ours):
        try:
            results.append(repr(function(dotted)))
        except Exception as error:
            results.append(f"{type(error).__name__}: {error}")
    assert results[0] == results[1]


VALUES = (
    (st.datetimes() | st.datetimes(timezones=st.timezones()) | st.dates() | st.times())
    | (st.times(timezones=st.just(timezone.utc)) | st.timedeltas() | st.decimals() | st.uuids())
    | (st.text() | st.integers() | st.binary() | st.complex_numbers())
)


@given(st.recursive(VALUES, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_json_is_the_same(value: object) -> None:
    theirs, ours = both("json", "DjangoJSONEncoder")
    assert outcome(lambda: json.dumps(value, cls=ours)) == outcome(
        lambda: json.dumps(value, cls=theirs)
    )


def test_exceptions_are_caught_alike() -> None:
    names = sorted(PROVIDED["django.core.exceptions"])
    for pair in (both("exceptions", name) for name in names):
        said = [(str(e), e.args, repr(e)) for e in (kind("a", 1) for kind in pair)]
        assert said[0] == said[1]
        theirs, ours = (
            [other for other in names if issubclass(kind, both("exceptions", other)[number])]
            for number, kind in enumerate(pair)
        )
        assert theirs == ours
        assert [base.__name__ for base in pair[0].__mro__] == [b.__name__ for b in pair[1].__mro__]


def test_properties_are_computed_once() -> None:
    for cached_property in both("functional", "cached_property"):
        calls: list[int] = []

        class Job:
            @cached_property
            def rows(self) -> int:
                """Count."""
                calls.append(1)  # noqa: B023
                return 3

        job = Job()
        assert (job.rows, job.rows, len(calls), vars(job)) == (3, 3, 1, {"rows": 3})
        del job.rows
        assert (job.rows, len(calls)) == (3, 2)
        job.rows = 4
        assert job.rows == 4
        assert Job.rows.__doc__ == "Count."


SETTINGS = [
    {"USE_TZ": True, "TIME_ZONE": "UTC"},
    {"USE_TZ": True, "TIME_ZONE": "Europe/Berlin"},
    {"USE_TZ": False, "TIME_ZONE": "America/Chicago"},
    {"USE_TZ": False, "TIME_ZONE": "Asia/Kolkata", "USE_I18N": False, "LANGUAGE_CODE": "de"},
    {"USE_TZ": True, "TIME_ZONE": "Asia/Tokyo", "USE_I18N": True, "LANGUAGE_CODE": "en-us"},
    {"USE_TZ": True, "TIME_ZONE": "Asia/Tokyo", "USE_I18N": True, "LANGUAGE_CODE": "en"},
]

COMPARE = r"""
import datetime, importlib.util, json, sys
import django

values = json.loads(sys.argv[1])
django.setup()
from django.utils import timezone as their_timezone
from django.utils import translation as their_translation


def load(path, name):
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def said(function, *args):
    try:
        return repr(function(*args))
    except Exception as error:
        return f"{type(error).__name__}: {error}"


berlin = datetime.timezone(datetime.timedelta(hours=2))
naive = [datetime.datetime(2024, 7, 1, 12), datetime.datetime(2024, 3, 31, 2, 30)]
aware = [t.replace(tzinfo=datetime.timezone.utc) for t in naive] + [naive[0].replace(tzinfo=berlin)]
table = [(name, (t, *zone)) for t in [*naive, *aware] for zone in [(), (berlin,)] for name in
         ("make_aware", "make_naive", "localtime", "localdate")]
table += [(name, (t,)) for t in [*naive, *aware] for name in ("is_aware", "is_naive")]
table += [(name, ()) for name in ("get_default_timezone", "get_default_timezone_name",
          "get_current_timezone", "get_current_timezone_name")]
table += [("get_fixed_timezone", (m,)) for m in (0, 90, -330, datetime.timedelta(hours=-3))]
ours = load(sys.argv[2], "ours")
wrong = []
for name, args in table:
    pair = said(getattr(their_timezone, name), *args), said(getattr(ours, name), *args)
    if pair[0] != pair[1]:
        wrong.append([name, repr(args), *pair])
for clock in ("now", "localtime", "localdate"):
    theirs, mine = said(getattr(their_timezone, clock)), said(getattr(ours, clock))
    if theirs[:30] != mine[:30]:
        wrong.append([clock, theirs, mine])
zone = type(their_timezone.now().tzinfo), type(ours.now().tzinfo)
if zone[0] is not zone[1]:
    wrong.append([repr(zone)])
if their_timezone.now().tzinfo is None:
    if abs(their_timezone.now() - ours.now()) > datetime.timedelta(minutes=1):
        wrong.append(["now", repr(their_timezone.now()), repr(ours.now())])

if "LANGUAGE_CODE" in values:
    ours = load(sys.argv[3], "ours_too")
    texts = ["Yes", "x", "", "a\r\nb\rc", "100%% of %(n)s", "January", "view", "It is required."]
    import glob, re
    folder = django.__path__[0]
    for path in glob.glob(f"{folder}/**/locale/en/LC_MESSAGES/*.po", recursive=True):
        texts += re.findall(r'^msgid "(.*)"$', open(path, encoding="utf-8").read(), re.M)
    table = [(n, (t,)) for t in texts for n in ("gettext", "gettext_noop")]
    table += [(n, ("ctx", t)) for t in texts for n in ("pgettext",)]
    table += [(n, ("ctx", "a %d", "b", i)) for i in (0, 1, 2, -1) for n in ("npgettext",)]
    table += [("ngettext", ("a", "b", i)) for i in (0, 1, 2, 1.0, True)]
    table += [("ngettext", ("%d day", "%d days", i)) for i in (0, 1, 2)]
    for name, args in table:
        pair = said(getattr(their_translation, name), *args), said(getattr(ours, name), *args)
        if pair[0] != pair[1]:
            wrong.append([name, repr(args), *pair])
    for text in texts:
        lazy, plain = their_translation.gettext_lazy(text), ours.gettext_lazy(text)
        shown = str(lazy), lazy == plain, f"{lazy:>4}", lazy + "!"
        if shown != (plain, True, f"{plain:>4}", plain + "!"):
            wrong.append(["gettext_lazy", text])
print(json.dumps([len(table), wrong]))
"""


@pytest.mark.parametrize("settings", SETTINGS, ids=str)
def test_times_and_texts_are_those_of_the_settings(
    settings: dict[str, Any], tmp_path: Path
) -> None:
    files = []
    for name in ("timezone", "translation"):
        module = f"django.utils.{name}"
        path = tmp_path / f"ours_{name}.py"
        path.write_bytes(standalone_file(module, PROVIDED[module], settings))
        files.append(str(path))
    apps = [f"django.contrib.{app}" for app in ("admin", "auth", "contenttypes", "humanize")]
    lines = [f"{name} = {value!r}" for name, value in {**settings, "INSTALLED_APPS": apps}.items()]
    (tmp_path / "the_settings.py").write_text("\n".join(lines))
    command = [sys.executable, "-c", COMPARE, json.dumps(settings), *files]
    variables = {"DJANGO_SETTINGS_MODULE": "the_settings", "PYTHONPATH": str(tmp_path)}
    run = subprocess.run(command, capture_output=True, text=True, check=False, env=variables)
    assert run.returncode == 0, run.stderr
    compared, wrong = json.loads(run.stdout)
    assert compared > 40
    assert wrong == []


@pytest.mark.parametrize("module", sorted(PROVIDED))
def test_what_is_provided_is_djangos_too(module: str) -> None:
    gone = {"utc"}  # Django 5.0 took it away
    theirs = importlib.import_module(module)
    ours = importlib.import_module(f"{OURS}.{module.rpartition('.')[2]}")
    assert all(hasattr(theirs, name) or name in gone for name in PROVIDED[module])
    assert all(hasattr(ours, name) for name in PROVIDED[module])


@pytest.mark.parametrize("module", sorted(PROVIDED))
def test_each_function_can_be_had_alone(module: str) -> None:
    for name in PROVIDED[module]:
        text = standalone_file(module, [name], {"USE_TZ": True, "TIME_ZONE": "Europe/Berlin"})
        names: dict[str, Any] = {}
        exec(compile(text, name, "exec"), names)  # noqa: S102
        assert name in names


def test_a_module_has_no_more_than_is_asked_for() -> None:
    text = standalone_file("django.utils.timezone", ["is_naive"], {"USE_TZ": True}).decode()
    assert "USE_TZ =" not in text
    assert "ZoneInfo" not in text
    assert text.count("def ") == 1
