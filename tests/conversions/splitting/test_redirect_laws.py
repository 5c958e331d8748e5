"""The law of importers of split modules: what a program finds before, it finds after."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conversions.splitting.split_package import (
    MAIN,
    PACKAGE,
    PARTS,
    after,
    output_of,
    redirection_of,
)

LAW = settings(suppress_health_check=[HealthCheck.too_slow], max_examples=60)

NAMES = ("LIMIT", "_secret", "label", "nightly", "every_day", "every_hour", "on_file", "Watcher")
CALLS = ("label", "nightly", "every_day", "every_hour", "on_file")
PUBLIC = tuple(name for name in NAMES if not name.startswith("_"))

SHOW = "def show(*what):\n    print(*(w() if callable(w) else w for w in what))\n\n\n"

FORMS = {
    "from": "from {base} import {a} as a_{n}, {b} as b_{n}\nshow(a_{n}, b_{n})\n",
    "from, in place": "from {base} import {a}, {b}, {c}  # names\nshow({a}, {b}, {c})\n",
    "from, parentheses": (
        "from {base} import (  # all\n    {a},\n    # about\n    {b} as b_{n},  # b\n    {c},\n)\n"
        "show({a}, b_{n}, {c})\n"
    ),
    "from, backslash": "from {base} \\\n    import {a}, \\\n    {b}\nshow({a}, {b})\n",
    "from, in a function": (
        "def f_{n}():\n    from {base} import {a}, {b}; x = 1\n    return show({a}, {b}, x)\n"
        "f_{n}()\n"
    ),
    "from, in a class": (
        "class K_{n}:\n    from {base} import {a}, {b}\nshow(K_{n}.{a}, K_{n}.{b})\n"
    ),
    "from, in try": (
        "try:\n    from {base} import {a}, {b}\nexcept ImportError:\n    {a} = {b} = None\n"
        "show({a}, {b})\n"
    ),
    "star": "from {base} import *\nshow({public}, os.sep, json.dumps(1))\n",
    "module": "from {package} import jobs\nshow(jobs.{a}, jobs.{b}, jobs.{c})\n",
    "module as": "from {package} import jobs as j_{n}\nshow(j_{n}.{a}, j_{n}.{b})\n",
    "module, one name": "from {package} import jobs as j_{n}\nshow(j_{n}.{a})\n",
    "module in a function": (
        "def g_{n}():\n    from {package} import jobs; y = jobs.{a}\n    return y, jobs.{b}\n"
        "show(*g_{n}())\n"
    ),
    "module used later": (
        "from {package} import jobs as k_{n}\ndef h_{n}(x=k_{n}.{a}):\n    return [k_{n}.{b}, x]\n"
        "show(*h_{n}())\n"
    ),
    "module deleted": (
        "from {package} import jobs as l_{n}\nshow(l_{n}.{a}, l_{n}.{b})\ndel l_{n}\n"
    ),
    "dotted": "import app.defs.jobs\nshow(app.defs.jobs.{a}, app.defs.jobs.{b})\n",
    "dotted as": "import app.defs.jobs as m_{n}, sys\nshow(m_{n}.{a}, m_{n}.{b})\n",
    "dotted as, alone": "import app.defs.jobs as o_{n}\nshow(o_{n}.{a}, o_{n}.{b})\n",
    "dotted in a function": (
        "def p_{n}():\n    import app.defs.jobs\n    return app.defs.jobs.{a}\nshow(p_{n}())\n"
    ),
    "package": (
        "import app.defs.jobs\nfrom {parent} import defs\nshow(defs.jobs.{a}, defs.jobs.{b})\n"
    ),
    "package as": (
        "import app.defs.jobs\nimport app.defs as q_{n}\nshow(q_{n}.jobs.{a}, q_{n}.jobs.{b})\n"
    ),
    "whole package": "import app\nimport app.defs.jobs\nshow(app.defs.jobs.{b})\n",
    "getattr": ("from {package} import jobs\nshow(getattr(jobs, '{a}'), hasattr(jobs, '{b}'))\n"),
    "annotation": (
        "from {package} import jobs\ndef r_{n}(x: 'jobs.Watcher' = None) -> \"jobs.Watcher\":\n"
        "    return jobs.{a}\nshow(r_{n}())\n"
    ),
    "annotation that repeats": (
        "from {package} import jobs\ndef t_{n}(x: 'dict[jobs.Watcher, list[jobs.Watcher]]'): ...\n"
        "import typing\nshow(typing.get_type_hints(t_{n})['x'].__args__[0].kind)\n"
    ),
    "formatted": (
        "from {package} import jobs\n"
        "show(f'{{jobs.Watcher.kind}} {{jobs.LIMIT}} {{jobs.{call}()}}')\n"
        "show(f'{{jobs.on_file()}} {{jobs.on_file()!r}} {{jobs._secret}}')\n"
    ),
    "by name": (
        "import importlib\nshow(importlib.import_module('app.defs.jobs').{a})\n"
        "s_{n} = importlib.import_module('.jobs', package='app.defs')\nshow(s_{n}.{b})\n"
    ),
    "resolved": (
        "import pkgutil\nshow(pkgutil.resolve_name('app.defs.jobs:{a}'),"
        " pkgutil.resolve_name('app.defs.jobs.{b}'))\n"
    ),
    "patched by name": (
        "from unittest import mock\nfrom {package} import jobs\n"
        "with mock.patch('app.defs.jobs.label', lambda: 'patched'):\n    show(jobs.every_day)\n"
        "with mock.patch('app.defs.jobs._secret', 'patched'):\n    show(jobs.every_hour)\n"
        "with mock.patch('app.defs.jobs.LIMIT', 9):\n    show(jobs.nightly)\n"
        "with mock.patch('app.defs.jobs.os.sep', '|'):\n    show(jobs.every_day)\n"
        "with mock.patch('app.defs.jobs.Watcher.kind', 'other'):\n    show(jobs.Watcher.kind)\n"
    ),
    "patched object": (
        "from unittest import mock\nfrom {package} import jobs\n"
        "with mock.patch.object(jobs, '_secret', 'patched'):\n    show(jobs.every_hour)\n"
        "with mock.patch.object(jobs, 'json', mock.Mock()):\n"
        "    show(type(jobs.on_file()).__name__)\n"
    ),
    "set": (
        "from {package} import jobs\nold_{n} = jobs._secret\njobs._secret = 'set'\n"
        "show(jobs.every_hour)\nsetattr(jobs, '_secret', old_{n})\nshow(jobs.every_hour)\n"
    ),
}

BASES = {"app.defs.jobs": ("app", "app.defs"), ".defs.jobs": (".", ".defs")}


@st.composite
def programs(draw: st.DrawFn) -> str:
    """A program that uses the module in some ways, relatively or not."""
    parts = [SHOW]
    forms = st.lists(st.sampled_from(sorted(FORMS)), min_size=1, max_size=4)
    for number, form in enumerate(draw(forms)):
        base = draw(st.sampled_from(sorted(BASES)))
        parent, package = BASES[base]
        a, b, c = draw(st.permutations(NAMES))[:3]
        parts.append(
            FORMS[form].format(
                base=base,
                parent=parent,
                package=package,
                a=a,
                b=b,
                c=c,
                call=draw(st.sampled_from(CALLS)),
                n=number,
                public=", ".join(PUBLIC),
            )
        )
    return "".join(parts)


@LAW
@given(programs())
def test_a_program_finds_what_it_found_before(program: str) -> None:
    """Only a module of which names are replaced may stay whole: where several parts need them."""
    if "mock." in program and not redirection_of({MAIN: program}).splits:
        return
    check(program)


@pytest.mark.parametrize("form", sorted(FORMS))
@pytest.mark.parametrize("base", sorted(BASES))
def test_each_form_alone(form: str, base: str) -> None:
    parent, package = BASES[base]
    for a, b, c in [("nightly", "every_day", "on_file"), ("_secret", "Watcher", "LIMIT")]:
        code = FORMS[form].format(
            base=base,
            parent=parent,
            package=package,
            a=a,
            b=b,
            c=c,
            call="on_file",
            n=1,
            public=", ".join(PUBLIC),
        )
        check(SHOW + code)


def check(program: str) -> None:
    """Check that a program prints the same, and that nothing of the module before is asked for."""
    files = {MAIN: program}
    new = after(files)
    expected = output_of({**PACKAGE, **files})
    assert "Error" not in expected
    assert output_of({**PACKAGE, **PARTS, **new}) == expected, f"{program}--- after\n{new[MAIN]}"


def test_a_module_is_still_loaded_for_what_reaches_it_through_its_package() -> None:
    check(
        f"{SHOW}import app.defs.jobs\nshow(app.defs.jobs.on_file)\n"
        "from . import defs\nshow(defs.jobs.LIMIT, defs.jobs.label)\n"
    )
