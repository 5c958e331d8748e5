"""``__all__`` of a module that is cut, and names that only type checkers know."""

from __future__ import annotations

import pytest

from relayout.verification.split_unchanged import split_problems
from splitting import MODULE, Outcome, split_files

TEXT = """\
import os

import dagster as dg

{between}


@dg.asset
def orders():
    # reads
    return os.sep


@dg.asset_check(asset=orders)
def fresh():
    return 1
{below}"""


def outcome_of(between: str, below: str = "") -> Outcome:
    """Return what becomes of a module, in which the check finds nothing wrong."""
    outcome = split_files({MODULE: TEXT.format(between=between, below=below)})
    assert outcome.splits, outcome.findings
    assert split_problems(outcome.before, outcome.after, outcome.splits) == []
    return outcome


@pytest.mark.parametrize(
    ("listed", "stays", "part"),
    [
        ('("orders", "fresh")', '("orders",)', '("fresh",)'),
        ('"orders", "fresh"', '("orders",)', '("fresh",)'),
        ('("fresh",)', "()", '("fresh",)'),
        ('["fresh"]', "[]", '["fresh"]'),
        ('("os", "orders", "fresh")', '("os", "orders")', '("fresh",)'),
    ],
)
def test_exports_stay_what_they_are(listed: str, stays: str, part: str) -> None:
    outcome = outcome_of(f"__all__ = {listed}")
    assert f"\n__all__ = {stays}\n" in outcome.text("orders")
    assert f"\n__all__ = {part}\n" in outcome.text("orders_checks")


def test_what_is_for_type_checkers_is_never_imported_from_another_part() -> None:
    block = """\
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    Rows = Iterator[int]

    class Row: ...
"""
    below = '\n\n@dg.asset_check(asset=orders)\ndef complete() -> "Row": ...\n'
    outcome = outcome_of(block, below)
    for stem in ("orders", "orders_checks"):
        assert "    class Row: ...\n" in outcome.text(stem)
    assert "import Row" not in outcome.text("orders_checks")
