"""Values of a DAG become data of bounded size, the same in both states."""

from __future__ import annotations

import datetime
import functools
from typing import Any

import pytest

from relayout.running.airflow_facts import Describer


class Thing:
    def __init__(self, **held: Any) -> None:
        vars(self).update(held)


class DAG:
    dag_id = "sales"


class Slotted:
    __slots__ = ("cron",)

    def __init__(self, cron: str) -> None:
        self.cron = cron


class Empty:
    def __repr__(self) -> str:
        return f"<Empty object at 0x{id(self):x}>"


def work(rows: int) -> None: ...


def described(value: Any) -> Any:
    return Describer().value(value)


@pytest.mark.parametrize(
    ("value", "data"),
    [
        (None, None),
        ({"a": (1, "x", True)}, {"a": [1, "x", True]}),
        ({3, 1, 2}, [1, 2, 3]),
        (datetime.timedelta(hours=3), "3:00:00"),
        (datetime.datetime(2024, 1, 2), "2024-01-02T00:00:00"),
        (DAG(), "DAG sales"),
        (Empty(), "<Empty>"),
        (datetime.timezone.utc, "UTC"),
    ],
)
def test_plain_values_stay_what_they_are(value: Any, data: Any) -> None:
    assert described(value) == data


def test_functions_and_classes_are_told_by_file_and_name() -> None:
    own = f"{__file__}:"
    assert described(work) == own + "work"
    assert described(functools.wraps(work)(lambda rows: rows)) == own + "work"
    assert described(Thing) == own + "Thing"
    assert described(datetime.date) == "datetime:date"
    assert described(functools.partial(work, 3)) == {"partial": [own + "work", [3], {}]}


def test_objects_are_told_by_what_they_hold() -> None:
    assert described(Thing(name="a", call=work)) == {
        "object": f"{__file__}:Thing",
        "name": "a",
        "call": f"{__file__}:work",
    }
    slotted = {"object": f"{__file__}:Slotted", "cron": "@daily"}
    assert described(Slotted("@daily")) == slotted


def test_what_has_no_end_is_cut_off() -> None:
    endless = Thing()
    endless.own = endless  # type: ignore[attr-defined]
    assert described(endless)["own"] == f"{__file__}:Thing"
    deep: Any = "x"
    for _ in range(2000):
        deep = [deep]
    assert len(str(described(deep))) < 200
    assert len(str(described([[Thing()] * 100] * 1000))) < 400_000
