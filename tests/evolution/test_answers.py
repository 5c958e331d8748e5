"""Answers are carried over to the questions of a later version."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from relayout.evolution.answers import AnswerChange, carried_over, rewritten_answers

DATABASE = AnswerChange("database_kind", "database", {"postgres": "postgresql"})
PYTHON = AnswerChange("python_version", "python_version", {"3.9": "3.10"})


def test_a_renamed_question_keeps_its_answer_at_its_place() -> None:
    answers = {"package": "shop", "database_kind": "duckdb", "python_version": "3.11"}
    carried = carried_over(answers, [DATABASE])
    assert list(carried.items()) == [
        ("package", "shop"),
        ("database", "duckdb"),
        ("python_version", "3.11"),
    ]


def test_a_renamed_value_is_mapped_with_its_question() -> None:
    answers = {"database_kind": "postgres", "python_version": "3.9"}
    carried = carried_over(answers, [DATABASE, PYTHON])
    assert carried == {"database": "postgresql", "python_version": "3.10"}


def test_an_answer_under_the_new_name_stays() -> None:
    assert carried_over({"database_kind": "duckdb", "database": "trino"}, [DATABASE]) == {
        "database": "trino"
    }


def test_changes_follow_one_another() -> None:
    again = AnswerChange("database", "warehouse", {"postgresql": "pg"})
    assert carried_over({"database_kind": "postgres"}, [DATABASE, again]) == {"warehouse": "pg"}


def test_what_copier_records_stays() -> None:
    answers = {"_commit": "1.0.0", "_src_path": "1.0.0"}
    changes = [AnswerChange("_commit", "_commit", {"1.0.0": "2"}), AnswerChange("_src_path", "x")]
    assert carried_over(answers, changes) == answers
    text = "_commit: 1.0.0\n_src_path: 1.0.0\n"
    assert rewritten_answers(text, changes) == text


@pytest.mark.parametrize(
    ("value", "values", "mapped"),
    [
        (True, {1: "one"}, True),
        (3.1, {"3.1": "3.10"}, 3.1),
        (None, {None: False}, False),
        (["a", "b"], {"b": "c"}, ["a", "c"]),
        ({"a": 1}, {"a": "b"}, {"a": 1}),
    ],
)
def test_a_value_is_mapped_if_it_is_the_same_of_the_same_type(
    value: object, values: dict[Any, Any], mapped: object
) -> None:
    assert carried_over({"q": value}, [AnswerChange("q", "q", values)]) == {"q": mapped}


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_the_text_changes_where_an_answer_does(newline: str) -> None:
    text = """\
# Changes here will be overwritten by Copier
_commit: 1.0.0
database_kind: postgres  # as the others have it
groups:
- dev

- old # a remark
note: |
  two
  lines
python_version: '3.9'
unset:
""".replace("\n", newline)
    changes = [
        DATABASE,
        PYTHON,
        AnswerChange("groups", "sets", {"old": "new"}),
        AnswerChange("note", "note", {"two\nlines\n": "one: line"}),
        AnswerChange("unset", "unset", {None: False}),
    ]
    assert (
        rewritten_answers(text, changes)
        == """\
# Changes here will be overwritten by Copier
_commit: 1.0.0
database: postgresql  # as the others have it
sets:
- dev

- new # a remark
note: 'one: line'
python_version: '3.10'
unset: false
""".replace("\n", newline)
    )


def test_an_answer_whose_question_is_answered_already_goes_with_its_line() -> None:
    text = "database_kind: duckdb  # once\ndatabase: trino\n"
    assert rewritten_answers(text, [DATABASE]) == "database: trino\n"


def test_a_text_without_answers_stays() -> None:
    assert rewritten_answers("# nothing yet\n", [DATABASE]) == "# nothing yet\n"


SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-9, 9),
    st.sampled_from(["", "a", "b: c", "# d", "yes", "1", "3.10", "two\nlines", "ü 'x' \"y\""]),
)
NAMES = st.sampled_from(["database", "database_kind", "pipeline", "yes", "_commit", "a b"])
ANSWERS = st.dictionaries(NAMES, st.one_of(SCALARS, st.lists(SCALARS, max_size=3)))
CHANGES = st.lists(
    st.builds(AnswerChange, NAMES, NAMES, st.dictionaries(SCALARS, SCALARS, max_size=3)),
    max_size=3,
)


@given(ANSWERS, CHANGES, st.booleans())
def test_the_text_says_what_the_answers_carried_over_are(
    answers: dict[str, Any], changes: list[AnswerChange], sorts: bool
) -> None:
    text = yaml.safe_dump(answers, sort_keys=sorts, allow_unicode=True)
    said = yaml.safe_load(rewritten_answers(text, changes))
    assert (said or {}) == carried_over(answers, changes)


@given(ANSWERS, CHANGES)
def test_answers_that_no_change_names_stay(
    answers: dict[str, Any], changes: list[AnswerChange]
) -> None:
    named = {name for change in changes for name in (change.old, change.new)}
    carried = carried_over(answers, changes)
    assert {k: v for k, v in answers.items() if k not in named}.items() <= carried.items()
