"""DAGs before and after are compared by what Airflow says of them."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from relayout.running.airflow_comparison import same_dags
from relayout.running.airflow_folders import DagFolder
from relayout.running.airflow_paths import Paths, Side
from relayout.tree import Tree
from relayout.verification import Check

OLD, NEW = "dags/sales.py", "orchestration/airflow/dags/sales.py"
MOVES = {OLD: (NEW,), "etl/load.py": ("src/shop/etl/load.py",)}
TASK = {"operator": "airflow.x:Bash", "upstream": [], "trigger_rule": "all_success"}
DAG: dict[str, Any] = {
    "schedule": "@daily",
    "start_date": "2024-01-01",
    "tasks": {
        "extract": TASK,
        "load": {
            **TASK,
            "upstream": ["extract"],
            "python_callable": "@repository@/etl/load.py:run",
        },
    },
    "groups": {"all": {"in": ""}},
}
MOVED_CALL = "@repository@/src/shop/etl/load.py:run"
ERROR = 'Traceback:\n  File "x"\nModuleNotFoundError: No module named '


def file(dags: dict[str, Any], error: str = "", **more: Any) -> dict[str, Any]:
    return {"error": error, "dags": dags, **more}


def answer(**files: Any) -> dict[str, Any]:
    return {"python": "3.11.1", "airflow": "3.3.2", "strays": [], "files": files}


def moved(**changes: Any) -> dict[str, Any]:
    dag = deepcopy(DAG)
    dag["tasks"]["load"]["python_callable"] = MOVED_CALL
    for name, value in changes.items():
        owner, _, field = name.rpartition("__")
        (dag["tasks"][owner] if owner else dag)[field] = value
    return dag


def paths() -> Paths:
    before = Tree.of({OLD: "", "etl/load.py": "", "dags/other.py": ""})
    after = Tree.of({NEW: "", "src/shop/etl/load.py": "", "dags/other.py": ""})
    return Paths(
        Side(before, (DagFolder("dags"),)), Side(after, (DagFolder("orchestration/dags"),)), MOVES
    )


def compared(before: dict[str, Any], after: dict[str, Any], again: Any = None) -> Check:
    def once_more() -> dict[str, Any]:
        return answer(**(before if again is None else again))

    return same_dags(answer(**before), answer(**after), paths(), once_more)


def test_the_same_dags_pass_with_how_many_there_are() -> None:
    check = compared({OLD: file({"sales": DAG})}, {NEW: file({"sales": moved()})})
    assert check.passed
    assert check.details == ()
    numbers = {"dags": 1, "tasks": 2, "dependencies": 1, "task_groups": 1}
    assert {name: check.figures[name] for name in numbers} == numbers
    assert check.figures["before"] == numbers
    assert check.figures["airflow"] == "3.3.2"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"schedule": "@weekly"}, "DAG sales: schedule was @daily, is @weekly"),
        ({"load__upstream": []}, "DAG sales: task load: upstream was extract, is nothing"),
        (
            {"extract__trigger_rule": "all_done"},
            "DAG sales: task extract: trigger_rule was all_success, is all_done",
        ),
        (
            {"load__python_callable": MOVED_CALL.replace("run", "walk")},
            "DAG sales: task load: python_callable was etl/load.py:run, "
            "is src/shop/etl/load.py:walk",
        ),
        ({"tasks": {"extract": TASK}}, "DAG sales: task load is gone"),
        ({"groups": {}}, "DAG sales: task group all is gone"),
    ],
)
def test_what_differs_is_told(changes: dict[str, Any], told: str) -> None:
    check = compared({OLD: file({"sales": DAG})}, {NEW: file({"sales": moved(**changes)})})
    assert not check.passed
    assert check.details == (told,)


def test_dags_that_are_gone_or_new_are_told() -> None:
    before = {OLD: file({"sales": DAG, "old": DAG})}
    check = compared(before, {NEW: file({"sales": moved(), "new": moved()})})
    assert set(check.details) == {"DAG old: is gone", "DAG new: was not there before"}


def test_two_files_may_have_dags_of_one_name() -> None:
    other = {**DAG, "schedule": "@hourly"}
    before = {OLD: file({"sales": DAG}), "dags/other.py": file({"sales": other})}
    after = {
        "dags/other.py": file({"sales": moved(schedule="@hourly")}),
        NEW: file({"sales": moved()}),
    }
    assert compared(before, after).details == ()
    assert not compared(before, {NEW: file({"sales": moved()})}).passed


def test_a_value_that_is_not_the_same_twice_does_not_count() -> None:
    again = {OLD: file({"sales": {**DAG, "start_date": "2026-02-03"}})}
    check = compared(
        {OLD: file({"sales": DAG})},
        {NEW: file({"sales": moved(start_date="2026-02-04", schedule="@weekly")})},
        again,
    )
    assert check.details == ("DAG sales: schedule was @daily, is @weekly",)
    assert check.figures["not_the_same_twice"] == ["sales start_date"]


def test_a_file_that_loaded_and_does_not_any_more_falls_short() -> None:
    broken = file({}, ERROR + "'etl'")
    check = compared({OLD: file({"sales": DAG})}, {NEW: broken})
    assert check.details[0].startswith(f"{NEW} loaded before, and does not load now: Module")
    assert "DAG sales: is gone" in check.details


def test_a_file_that_loads_only_now_is_repaired() -> None:
    before = {OLD: file({}, ERROR + "'etl'"), "dags/other.py": file({"other": DAG})}
    after = {NEW: file({"sales": moved()}), "dags/other.py": file({"other": moved()})}
    check = compared(before, after)
    assert check.figures["repaired_files"] == [NEW]
    assert check.passed


@pytest.mark.parametrize("reason", ["'airflow.providers.google'", "'pandas'"])
def test_a_missing_package_is_told_and_not_compared(reason: str) -> None:
    same = file({"other": DAG})
    before = {OLD: file({}, ERROR + reason), "dags/other.py": same}
    after = {NEW: file({}, ERROR + reason), "dags/other.py": file({"other": moved()})}
    check = compared(before, after)
    assert check.passed
    assert check.figures["not_comparable"] == 1
    assert check.figures["missing_packages"] == [reason.strip("'")]
    assert NEW in check.figures["failures"]


def test_where_nothing_could_be_compared_nothing_is_proven() -> None:
    failing = ERROR + "'pandas'"
    check = compared({OLD: file({}, failing)}, {NEW: file({}, failing)})
    assert not check.passed
    told = "no DAG could be compared: of 1 files 1 load on neither side; not installed: pandas"
    assert check.details == (told,)
    assert not compared({OLD: file({})}, {NEW: file({})}).passed


def test_another_reason_not_to_load_falls_short() -> None:
    before = {OLD: file({}, ERROR + "'pandas'"), "dags/other.py": file({"other": DAG})}
    after = {NEW: file({}, ERROR + "'etl'"), "dags/other.py": file({"other": moved()})}
    check = compared(before, after)
    assert "does not load for another reason" in check.details[0]


def test_the_folder_of_the_repository_is_no_new_crutch() -> None:
    after = {NEW: file({"sales": moved()}, needs_root=True)}
    assert not compared({OLD: file({"sales": DAG})}, after).passed
    assert compared({OLD: file({"sales": DAG}, needs_root=True)}, after).passed


def test_code_that_was_loaded_from_the_repository_itself_falls_short() -> None:
    one = answer(**{OLD: file({"sales": DAG})})
    other = {**answer(**{NEW: file({"sales": moved()})}), "strays": ["etl (etl/load.py)"]}
    check = same_dags(one, other, paths(), lambda: one)
    assert check.details == ("etl (etl/load.py) was loaded from the repository",)


def test_a_file_that_is_repaired_loses_no_dag() -> None:
    before = {OLD: file({"sales": DAG, "other": DAG}, "Traceback:\nValueError: a cycle")}
    check = compared(before, {NEW: file({"sales": moved(), "new": moved()})})
    assert check.details == ("DAG other: is gone",)


def test_a_file_that_is_looked_into_only_now_has_to_load() -> None:
    good = {OLD: file({"sales": DAG})}
    after = {NEW: file({"sales": moved()}), "dags/other.py": file({}, "ValueError: no")}
    [told] = compared(good, after).details
    assert told == "dags/other.py was not looked into before, and does not load now: ValueError: no"
    missing = {**after, "dags/other.py": file({}, ERROR + "'pandas'")}
    assert compared(good, missing).passed
