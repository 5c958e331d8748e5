"""Importers of split modules: how each form reads afterwards."""

from __future__ import annotations

import json

import pytest

from conversions.splitting.split_package import (
    JOBS,
    MAIN,
    PACKAGE,
    SENSORS,
    SPLIT,
    after,
    redirection_of,
    with_edits,
)
from relayout.conversions.splitting.redirect import asked_names, redirect, redirected
from relayout.inventory import take_inventory
from relayout.planning.split import Part, Split
from relayout.tree import Tree


def becomes(before: str, expected: str, path: str = MAIN) -> None:
    assert after({path: before})[path] == expected


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (
            "from .defs.jobs import every_day as day, nightly  # both\n",
            "from .defs.jobs_schedules import every_day as day  # both\n"
            "from .defs.jobs import nightly\n",
        ),
        (
            "from app.defs.jobs import (\n    # runs at night\n    nightly,\n"
            "    on_file,  # a sensor\n)\n",
            "from app.defs.jobs import (\n    # runs at night\n    nightly,\n)\n"
            "from app.defs.jobs_sensors import on_file  # a sensor\n",
        ),
        (
            "from .defs.jobs import on_file, Watcher\n",
            "from .defs.jobs_sensors import on_file, Watcher\n",
        ),
        (
            "from .defs import jobs\nx = [jobs.nightly, jobs.on_file]\n",
            "from .defs import jobs, jobs_sensors\nx = [jobs.nightly, jobs_sensors.on_file]\n",
        ),
        (
            "from .defs import jobs  # noqa\nx = jobs.on_file\n",
            "from .defs import jobs_sensors  # noqa\nx = jobs_sensors.on_file\n",
        ),
        (
            "from app.defs import jobs as j\nx = j.on_file\n",
            "from app.defs import jobs_sensors as j\nx = j.on_file\n",
        ),
        (
            "import app.defs.jobs as j\nx = [j.on_file, j.every_day, j.LIMIT]\n",
            "import app.defs.jobs as j\nfrom app.defs import jobs_schedules, jobs_sensors\n"
            "x = [jobs_sensors.on_file, jobs_schedules.every_day, j.LIMIT]\n",
        ),
        (
            "import app.defs.jobs\nx = app.defs.jobs.on_file\n",
            "import app.defs.jobs_sensors\nx = app.defs.jobs_sensors.on_file\n",
        ),
        (
            "jobs_sensors = 1\nfrom .defs import jobs\nx = jobs.on_file\n",
            "jobs_sensors = 1\nfrom .defs import jobs_sensors as jobs_sensors_2\n"
            "x = jobs_sensors_2.on_file\n",
        ),
        (
            "try:\n    from .defs import jobs\nexcept ImportError:\n    jobs = None\n"
            "jobs.on_file\n",
            "try:\n    from .defs import jobs, jobs_sensors\nexcept ImportError:\n    jobs = None\n"
            "jobs_sensors.on_file\n",
        ),
        (
            "from .defs import jobs\nx = jobs.on_file\njobs = [x]\njobs.append(x)\n",
            "from .defs import jobs, jobs_sensors\nx = jobs_sensors.on_file\njobs = [x]\n"
            "jobs.append(x)\n",
        ),
        (
            "def f(jobs):\n    return jobs.on_file\ndef g():\n    from .defs import jobs\n"
            "    return jobs.on_file\n",
            "def f(jobs):\n    return jobs.on_file\ndef g():\n    from .defs import jobs_sensors\n"
            "    return jobs_sensors.on_file\n",
        ),
        (
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n"
            "    from .defs.jobs import Watcher\n",
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n"
            "    from .defs.jobs_sensors import Watcher\n",
        ),
    ],
)
def test_names_are_imported_from_their_parts(before: str, expected: str) -> None:
    becomes(before, expected)


@pytest.mark.parametrize(
    "code",
    [
        "from .defs.jobs import nightly, LIMIT, label as name\n",
        "from .defs.jobs import json, missing\n",
        "import app.defs.jobs\n",
        "from .defs import jobs\nx = [jobs.nightly, jobs.__name__, jobs.__file__]\n",
        "from .defs import jobs\njobs\ndel jobs\n",
        "import app.defs\nx = app.defs.on_file\n",
        "from .other import on_file, every_day\n",
        "class jobs:\n    on_file = 1\nx = jobs.on_file\n",
        'x = ["jobs.on_file", "defs/jobs.py", "every_day", "jobs:on_file", "app.jobs.on_file"]\n',
        'print("see app.defs.jobs.on_file")\n',
        '"""app.defs.jobs.on_file"""\n',
        'from unittest.mock import patch\npatch("app.defs.jobs.LIMIT", 2)\n',
        'import runpy\nrunpy.run_module("app.defs.jobs")\n',
        'import subprocess\nsubprocess.run(["python", "-m", "app.defs.jobs"])\n',
        'import logging\nlogging.getLogger("app.defs.jobs").setLevel(10)\n',
    ],
)
def test_nothing_else_changes(code: str) -> None:
    other = {"src/app/other.py": "on_file = every_day = 1\n"}
    assert after({MAIN: code, **other}) == {MAIN: code, **other}


def test_bytes_around_the_edits_stay() -> None:
    code = (
        b"\xef\xbb\xbf# caf\xc3\xa9\r\nfrom .defs.jobs import (\r\n\tnightly,\r\n"
        b"\ton_file, \r\n)\r\nx = 1"
    )
    inventory = take_inventory(Tree.of({**PACKAGE, MAIN: code}))
    made = redirected(inventory, redirect(inventory, (SPLIT,)))
    assert made[MAIN] == (
        b"\xef\xbb\xbf# caf\xc3\xa9\r\nfrom .defs.jobs import (\r\n\tnightly, \r\n)\r\n"
        b"from .defs.jobs_sensors import on_file\r\nx = 1"
    )


def test_a_star_is_one_of_all_parts_with_listed_names() -> None:
    listed = PACKAGE[JOBS] + '\n\n__all__ = ["nightly", "on_file", "_secret"]\n'
    files = {JOBS: listed, MAIN: "from .defs.jobs import *  # noqa\n"}
    split = Split(
        JOBS,
        "jobs",
        (
            Part("src/app/defs/jobs_utils.py", "utils", ("label",)),
            Part(SENSORS, "sensors", ("on_file", "Watcher")),
        ),
    )
    assert after(files, split)[MAIN] == (
        "from .defs.jobs import *  # noqa\nfrom .defs.jobs_sensors import *\n"
    )


def test_a_package_that_has_the_module_keeps_it() -> None:
    init = "src/app/defs/__init__.py"
    before = "from . import jobs\n\nx = jobs.on_file\n"
    becomes(before, "from . import jobs, jobs_sensors\n\nx = jobs_sensors.on_file\n", init)


def test_a_notebook_follows() -> None:
    source = ["from app.defs import jobs\n", "print(jobs.on_file())"]
    cell = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
    notebook = {"cells": [{**cell, "source": source}], "metadata": {}, "nbformat": 4}
    text = json.dumps({**notebook, "nbformat_minor": 5}, indent=1)
    made = json.loads(after({"notebooks/look.ipynb": text})["notebooks/look.ipynb"])
    assert made["cells"][0]["source"] == [
        "from app.defs import jobs_sensors\n",
        "print(jobs_sensors.on_file())",
    ]


def test_what_one_split_module_needs_of_another_is_edited_too() -> None:
    other = "src/app/defs/more.py"
    code = "from .jobs import nightly, on_file\n\n\ndef a():\n    return on_file\n\n\nb = nightly\n"
    more = Split(other, "jobs", (Part("src/app/defs/more_sensors.py", "sensors", ("a",)),))
    redirection = redirection_of({other: code}, SPLIT, more)
    assert redirection.splits == (SPLIT, more)
    assert with_edits(code, redirection.edits[other]).startswith(
        "from .jobs import nightly\nfrom .jobs_sensors import on_file\n"
    )
    inventory = take_inventory(Tree.of({**PACKAGE, other: code}))
    assert other not in redirected(inventory, redirection)


def test_examples_in_docstrings_follow() -> None:
    before = '''\
def f():
    """Show how it is done::

        from app.defs.jobs import on_file as g  # so

    >>> from app.defs.jobs import nightly, on_file
    >>> from other.jobs import on_file
    >>> on_file()
    """
'''
    expected = '''\
def f():
    """Show how it is done::

        from app.defs.jobs_sensors import on_file as g  # so

    >>> from app.defs.jobs import nightly
    >>> from app.defs.jobs_sensors import on_file
    >>> from other.jobs import on_file
    >>> on_file()
    """
'''
    becomes(before, expected)


def test_what_pytest_mock_spies_on_is_watched_where_it_is_read() -> None:
    code = "def test(mocker):\n    from app.defs import {0}\n    mocker.spy({0}, '_secret')\n"
    becomes(code.format("jobs"), code.format("jobs_schedules"))


@pytest.mark.parametrize(("logs", "expected"), [(True, 1), (False, 0)])
def test_a_logger_of_which_there_are_several_now_is_reported(logs: bool, expected: int) -> None:
    own = "import logging\nlogger = logging.getLogger(__name__)\n" if logs else ""
    code = "def test(caplog):\n    caplog.set_level(10, logger='app.defs.jobs')\n"
    redirection = redirection_of({JOBS: own + PACKAGE[JOBS], MAIN: f"import app.defs.jobs\n{code}"})
    assert redirection.splits == (SPLIT,)
    assert [(f.code, f.path, f.line) for f in redirection.findings] == [
        ("module-name-visible", MAIN, 3)
    ] * expected


def test_names_that_others_ask_for() -> None:
    code = (
        "from .defs.jobs import json, nightly\nfrom .defs import jobs\nx = jobs.LIMIT\n"
        "import pkgutil\npkgutil.resolve_name('app.defs.jobs:on_file')\n"
    )
    star = "from app.defs.jobs import *\n"
    inventory = take_inventory(Tree.of({**PACKAGE, MAIN: code, "src/app/all.py": star}))
    assert asked_names(inventory, (SPLIT,)) == {
        JOBS: frozenset({"json", "nightly", "LIMIT", "on_file", "*"})
    }


@pytest.mark.parametrize(
    "content",
    [b"from .defs.jobs import (\n", b"\x00\xff", b"from .defs.jobs import " + b"(" * 9000],
)
def test_what_cannot_be_read_is_passed_over(content: bytes) -> None:
    inventory = take_inventory(Tree.of({**PACKAGE, MAIN: content}))
    assert redirect(inventory, (SPLIT,)).edits == {}


@pytest.mark.parametrize(
    "code",
    [
        "from .defs import jobs\nx = [" + "jobs.on_file, " * 4000 + "]\n",
        "from .defs import jobs\nx = f'" + "{jobs.on_file}" * 400 + "'\n",
        "def f():\n    from .defs import jobs\n    jobs.on_file\n" * 1000,
        "import importlib\n"
        + "".join(
            f"m{i} = importlib.import_module('app.defs.jobs')\nm{i}.Watcher\n" for i in range(500)
        ),
        '"""' + " " * 200_000 + "\n>>> from app.defs.jobs import " + "on_file, " * 20_000 + '"""\n',
    ],
)
def test_files_of_many_uses_are_followed(code: str) -> None:
    assert redirection_of({MAIN: code}).splits == (SPLIT,)
