"""Modules that name a split one say what they said, and what was tampered with is told."""

from __future__ import annotations

import pytest

from relayout.conversions.splitting.division import Division, divide
from relayout.inventory import Inventory, take_inventory
from relayout.planning.plan import Options
from relayout.planning.splitting import plan_splits
from relayout.tree import Tree
from relayout.verification.split_importers import importer_problems
from splitting import AROUND, DAGSTER, FOLDER, HOMES

JOBS = """\
import dagster as dg

daily = dg.define_asset_job("daily")
RETRIES = 3


@dg.schedule(cron_schedule="0 6 * * *", job=daily)
def morning(context):
    return {"retries": RETRIES}


@dg.sensor(job=daily)
def arrivals(context):
    return []
"""
USER = '''\
"""Everything.

>>> from flow.defs.jobs import morning
"""
import dagster as dg
from flow.defs import jobs
from flow.defs.jobs import arrivals, daily

LIMIT = 3
loaded = dg.load_definitions_from_modules([jobs])


def started():
    import flow.defs.jobs as own

    return own.morning, jobs.daily, arrivals, daily, "flow.defs.jobs:morning", LIMIT
'''
PATH = "src/flow/user.py"


def divided(user: str) -> tuple[Inventory, Division]:
    files = {**AROUND, f"{FOLDER}/jobs.py": JOBS, PATH: user}
    before = take_inventory(Tree.of(files))
    splits, _ = plan_splits(before, DAGSTER, Options("dagster"), HOMES)
    return before, divide(before, splits)


BEFORE, DIVISION = divided(USER)


def problems(text: str) -> list[str]:
    after = DIVISION.tree.with_content({PATH: text.encode()})
    return list(importer_problems(BEFORE.tree, after, DIVISION.splits))


def test_what_follows_a_split_says_what_it_said() -> None:
    followed = DIVISION.tree.read(PATH).decode()
    assert followed != USER
    assert "jobs_schedules" in followed
    assert "jobs_sensors" in followed
    assert problems(followed) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("LIMIT = 3", "LIMIT = 4", "the statement of line 9 is another one"),
        ("LIMIT = 3\n", "", "it had 4 statements beside its imports, and has 3"),
        ("jobs.daily, ", "", "the statement of line 13 is another one"),
        ("return ", "return dg, ", "the statement of line 13 is another one"),
        ("def started", "def begun", "the statement of line 13 is another one"),
        ("def started():", "def started(:", "invalid syntax"),
    ],
)
def test_what_says_something_else_is_told(old: str, new: str, said: str) -> None:
    followed = DIVISION.tree.read(PATH).decode()
    assert old in followed
    found = problems(followed.replace(old, new, 1))
    assert any(problem.startswith(f"{PATH}: ") and said in problem for problem in found), found
