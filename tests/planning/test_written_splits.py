"""The modules that a written plan divides are read back, and refused if they make no sense."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from relayout.errors import Refusal
from relayout.planning.split import Part, Split
from relayout.planning.written_splits import splits_from

FOLDER = "src/shop/defs"
WRITTEN: list[Any] = [
    {
        "module": f"{FOLDER}/orders.py",
        "section": "assets",
        "parts": [
            {"to": f"{FOLDER}/orders_checks.py", "section": "checks", "names": ["a", "b"]},
            {"to": f"{FOLDER}/orders_jobs.py", "section": "jobs", "names": ["c"]},
        ],
    }
]


def test_what_was_written_is_read() -> None:
    parts = (
        Part(f"{FOLDER}/orders_checks.py", "checks", ("a", "b")),
        Part(f"{FOLDER}/orders_jobs.py", "jobs", ("c",)),
    )
    assert splits_from(WRITTEN, "plan.yml") == (Split(f"{FOLDER}/orders.py", "assets", parts),)


@pytest.mark.parametrize("nothing", [None, []])
def test_whoever_deletes_all_entries_splits_nothing(nothing: object) -> None:
    assert splits_from(nothing, "plan.yml") == ()


@pytest.mark.parametrize(
    "value",
    [
        "x",
        {"a": 1},
        [[1]],
        [{"module": 3}],
        [{**WRITTEN[0], "module": None}],
        [{**WRITTEN[0], "parts": {}}],
        [{**WRITTEN[0], "parts": ["x"]}],
        [{**WRITTEN[0], "parts": [{"to": "x.py", "section": "jobs", "names": "ab"}]}],
        [{**WRITTEN[0], "parts": [{"to": "x.py", "section": "jobs", "names": [None]}]}],
    ],
)
def test_another_form_is_refused(value: object) -> None:
    with pytest.raises(Refusal, match=r"plan.yml: 'splits' have 'module'"):
        splits_from(value, "plan.yml")


def _set(part: int, key: str, value: object) -> Callable[[list[Any]], None]:
    def change(splits: list[Any]) -> None:
        splits[0]["parts"][part][key] = value

    return change


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda splits: splits.append(splits[0]), "orders.py is split twice"),
        (lambda splits: splits[0].update(parts=[]), "orders.py is split into nothing"),
        (lambda splits: splits[0].update(section="tables"), "tables is no section: definitions,"),
        (_set(0, "section", "x"), "x is no section"),
        (_set(0, "names", []), "orders_checks.py has no names"),
        (_set(1, "names", ["b"]), "b of src/shop/defs/orders.py is in two parts"),
        (_set(1, "to", f"{FOLDER}/orders.py"), "two modules would be src/shop/defs/orders.py"),
        (_set(0, "to", f"{FOLDER}/orders_jobs.py"), "two modules would be"),
        (_set(0, "to", "src/shop/jobs/orders.py"), "no module beside src/shop/defs/orders.py"),
        (_set(0, "to", "../orders.py"), "no module beside"),
        (_set(0, "to", f"{FOLDER}/orders-x.py"), "no module beside"),
        (_set(0, "to", f"{FOLDER}/orders.txt"), "no module beside"),
    ],
)
def test_what_contradicts_itself_is_refused(
    change: Callable[[list[Any]], None], problem: str
) -> None:
    splits = copy.deepcopy(WRITTEN)
    change(splits)
    with pytest.raises(Refusal) as refused:
        splits_from(splits, "plan.yml")
    assert refused.value.problem.startswith("plan.yml: ")
    assert problem in refused.value.problem
