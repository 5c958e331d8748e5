"""``split-unchanged`` finds whatever is not the same in the parts of a module."""

from __future__ import annotations

import pytest

from relayout.verification.split_unchanged import split_problems
from splitting import FOLDER, MODULE, split_files

TEXT = '''\
"""Orders."""

import json
import logging
import os

import dagster as dg

logger = logging.getLogger(__name__)
LIMIT = 1


def helper(rows):
    return [row for row in rows if row], LIMIT


@dg.asset
def orders():
    logger.info(json.dumps(1))
    return helper([1])


@dg.asset
def customers():
    return 1


@dg.asset_check(asset=orders)
def fresh():
    logger.info("")
    return helper([2])


@dg.asset_check(asset=customers)
def complete():
    return True


__all__ = ["orders", "fresh"]
'''
OUTCOME = split_files({MODULE: TEXT})
STAYS, UTILS, CHECKS = MODULE, f"{FOLDER}/orders_utils.py", f"{FOLDER}/orders_checks.py"


def problems(path: str, old: str, new: str) -> list[str]:
    """Return what is wrong when a text in a part is another one."""
    text = OUTCOME.after.read(path).decode()
    assert old in text
    tampered = OUTCOME.after.with_content({path: text.replace(old, new, 1).encode()})
    return split_problems(OUTCOME.before, tampered, OUTCOME.splits)


def test_nothing_is_wrong_with_what_was_cut() -> None:
    assert set(OUTCOME.contents) == {STAYS, UTILS, CHECKS}
    assert split_problems(OUTCOME.before, OUTCOME.after, OUTCOME.splits) == []


@pytest.mark.parametrize(
    ("path", "old", "new", "said"),
    [
        (STAYS, "    return 1\n", "    return 2\n", "this was not said before"),
        (STAYS, "@dg.asset\ndef customers", "def customers", "this was not said before"),
        (STAYS, '"""Orders."""\n', "", "its docstring is not the one of before"),
        (STAYS, "import os\n", "", "os is not imported any more"),
        (STAYS, "import os\n", "import os, re\n", "re was not imported before"),
        (STAYS, '__all__ = ["orders"]\n', "", "__all__ does not list what it did"),
        (STAYS, '["orders"]', '["orders", "orders"]', "__all__ does not list what it did"),
        (CHECKS, '["fresh"]', '["orders"]', "__all__ lists orders, which is not of this part"),
        (CHECKS, "import logging\n", "", "logging is bound nowhere"),
        (CHECKS, "import customers, orders", "import customers", "orders is bound nowhere"),
        (CHECKS, "import customers, orders", "import customers, LIMIT", "does not bind LIMIT"),
        (CHECKS, "logger = logging", "logs = logging", "this was not said before"),
        (CHECKS, "def complete", "def orders", "this was not said before"),
        (UTILS, "LIMIT = 1\n", "LIMIT = 1\nLIMIT = 1\n", "stands in another part as well"),
        (UTILS, "LIMIT = 1\n", "", "LIMIT is to be bound there, and is bound in nowhere"),
        (UTILS, "LIMIT = 1\n", "(\n", "line"),
        (UTILS, "if row]", "if not row]", "this was not said before"),
    ],
)
def test_what_is_not_the_same_is_told(path: str, old: str, new: str, said: str) -> None:
    found = problems(path, old, new)
    assert any(said in problem for problem in found), found


def test_a_definition_in_two_parts_is_told() -> None:
    found = problems(
        CHECKS, "@dg.asset_check(asset=customers)", "LIMIT = 1\n\n@dg.asset_check(asset=customers)"
    )
    assert any("LIMIT is to be bound there" in problem for problem in found)


def test_another_order_is_told() -> None:
    text = OUTCOME.after.read(CHECKS).decode()
    first, second = (
        text.index("@dg.asset_check(asset=orders)"),
        text.index("@dg.asset_check(asset=customers)"),
    )
    end = text.index("__all__")
    swapped = text[:first] + text[second:end] + text[first:second] + text[end:]
    after = OUTCOME.after.with_content({CHECKS: swapped.encode()})
    (problem,) = split_problems(OUTCOME.before, after, OUTCOME.splits)
    assert problem.endswith("this stood further up")


def test_a_part_that_is_not_there_is_told() -> None:
    (problem,) = split_problems(OUTCOME.before, OUTCOME.before, OUTCOME.splits)[:1]
    assert problem == f"{UTILS}: it is not there"
