"""Modules that are used as a whole stay whole, and a finding says which line is in the way."""

from __future__ import annotations

import pytest

from conversions.splitting.split_package import JOBS, MAIN, SENSORS, SPLIT, redirection_of
from relayout.planning.split import Part, Split

IMPORT = "from app.defs import jobs\n"


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (f"{IMPORT}x = vars(jobs)\n", "2: the module is used as a whole"),
        (f"{IMPORT}x = getattr(jobs, name)\n", "2: the module is used as a whole"),
        (f"{IMPORT}import inspect\ninspect.getmembers(jobs)\n", "3: the module is used as a whole"),
        (f"{IMPORT}import importlib\nimportlib.reload(jobs)\n", "3: the module is used as a whole"),
        (f"{IMPORT}x = jobs\n", "2: the module is used as a whole"),
        (f"{IMPORT}x = jobs.__dict__\n", "2: __dict__ of it is used"),
        (f"{IMPORT}f([jobs])\n", "2: the module is used as a whole"),
        (
            f"{IMPORT}m = [jobs]\nload_assets_from_modules(m)\nf(m)\n",
            "2: the module is used as a whole",
        ),
        (
            f"try:\n    {IMPORT}except ImportError:\n    jobs = x\njobs.nightly\n",
            "2: jobs is bound to something",
        ),
        (f"def f():\n    global jobs\n    {IMPORT}", "3: jobs is bound from another scope"),
        (f"class K:\n    {IMPORT}x = K.jobs.on_file\n", "2: jobs becomes an attribute of a class"),
        (f"{IMPORT}__all__ = ['jobs']\n", "1: other files get the module from here as jobs"),
        (
            "import importlib\nx = importlib.import_module('app.defs.jobs')\nf(x)\n",
            "2: it is imported",
        ),
        (
            "import importlib\nx = importlib.import_module('app.defs.jobs')\nx.on_file\nx.LIMIT\n",
            "2: it is imported by its name, and asked for names of several parts",
        ),
        (
            "import importlib\nimportlib.import_module(f'app.defs.{x}')\n",
            "2: a module of its package",
        ),
        ("import sys\nx = sys.modules['app.defs.jobs']\nf(x)\n", "2: it is imported by its name"),
        ("import sys\nsys.modules.pop('app.defs.jobs')\n", "2: it is changed in sys.modules"),
        ("x = ['app.defs.jobs']\n", "1: a string names the module as a whole"),
        ("pytest_plugins = 'app.defs.jobs'\n", "1: a string names the module as a whole"),
        (
            "def test(monkeypatch):\n    from app.defs import jobs\n"
            "    monkeypatch.setattr('app.defs.jobs.label', 1)\n    jobs.label()\n",
            "3: label is replaced here, and several parts would use it",
        ),
        (
            "from unittest.mock import patch\npatch(f'app.defs.jobs.{x}')\n",
            "2: a name in it is only",
        ),
    ],
)
def test_a_module_that_is_used_as_a_whole_is_not_split(code: str, reason: str) -> None:
    redirection = redirection_of({MAIN: code})
    assert redirection.splits == ()
    assert redirection.edits == {}
    (finding,) = redirection.findings
    assert (finding.code, finding.path) == ("not-split", JOBS)
    assert f"{MAIN}:{reason}" in finding.message


@pytest.mark.parametrize(
    "code",
    [
        "from app.core import jobs\nx = jobs.on_file\n",
        "from app.core import *\nx = jobs.on_file\n",
        "from app import core\nx = core.jobs.on_file\n",
        "import app.core as c\nx = c.jobs.on_file\n",
    ],
)
def test_a_module_that_a_file_hands_on_is_not_split(code: str) -> None:
    redirection = redirection_of({"src/app/core.py": "from .defs import jobs\n", MAIN: code})
    assert redirection.splits == ()
    assert (
        "src/app/core.py:1: other files get the module from here" in redirection.findings[0].message
    )


@pytest.mark.parametrize(
    "line",
    [
        "ALL = globals()",
        "ALL = vars()",
        "import sys\nME = sys.modules[__name__]",
        "import dagster\nALL = dagster.load_assets_from_current_module()",
        "import app.defs.jobs",
        "def late():\n    from .jobs import nightly",
    ],
)
def test_a_module_that_uses_itself_as_a_whole_is_not_split(line: str) -> None:
    redirection = redirection_of({JOBS: f"{line}\n\n\ndef on_file():\n    return 1\n"})
    assert redirection.splits == ()
    assert f"{JOBS}:" in redirection.findings[0].message


def test_other_splits_are_not_touched_by_one_that_is_given_up() -> None:
    other = "src/app/defs/more.py"
    code = "def a():\n    return 1\n\n\ndef b():\n    return 2\n"
    more = Split(other, "jobs", (Part("src/app/defs/more_sensors.py", "sensors", ("a",)),))
    use = (
        f"{IMPORT}from app.defs.more import a\nx = vars(jobs)\nfrom app.defs.jobs import on_file\n"
    )
    redirection = redirection_of({other: code, MAIN: use}, SPLIT, more)
    assert redirection.splits == (more,)
    assert [edit.replacement for edit in redirection.edits[MAIN]] == ["app.defs.more_sensors"]


def test_a_name_that_is_replaced_is_replaced_where_it_is_read() -> None:
    """The sensor reads ``json``: it is imported where the sensor is, and replaced there."""
    code = "from unittest.mock import patch\npatch('app.defs.jobs.json')\n"
    redirection = redirection_of({MAIN: code})
    assert [e.replacement for e in redirection.edits[MAIN]] == ["app.defs.jobs_sensors"]
    assert SENSORS.endswith("jobs_sensors.py")
