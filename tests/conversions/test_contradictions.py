"""Of two requirements of one name, the narrower holds; what contradicts it is told apart."""

from __future__ import annotations

import pytest

from relayout.conversions.contradictions import weighed
from relayout.inventory.declared import Declared


def kept(*texts: str, groups: tuple[str, ...] = ("", "")) -> tuple[list[str], list[str]]:
    requirements = [
        Declared(text, f"{number}.txt", number, group)
        for number, (text, group) in enumerate(zip(texts, groups, strict=True), 1)
    ]
    found = weighed(requirements)
    return [d.text for d in found.kept], [d.text for d in found.problems]


@pytest.mark.parametrize(
    ("one", "other", "result"),
    [
        ("a", "a==1", "a==1"),
        ("a==1", "a", "a==1"),
        ("a>=1", "a==1.5", "a==1.5"),
        ("a==1.5", "a>=1", "a==1.5"),
        ("a>=1", "a<2", "a<2,>=1"),
        ("a[x]>=1", "a[y]", "a[x,y]>=1"),
        ("a[x]", "a==1", "a[x]==1"),
        ("a", "A", "a"),
        ("a==1", "a==1.0", "a==1"),
        ("a", "a[x]", "a[x]"),
    ],
)
def test_in_one_group_what_both_say_is_kept(one: str, other: str, result: str) -> None:
    assert kept(one, other) == ([result], [])


@pytest.mark.parametrize("groups", [("", ""), ("", "dev"), ("dev", "test")])
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a==1", "a==2"),
        ("a==1", "a>=2"),
        ("a>=2", "a==1"),
        ("a @ https://h/a.zip", "a"),
        ("a @ https://h/a.zip", "a @ https://h/b.zip"),
    ],
)
def test_what_contradicts_is_told_apart(one: str, other: str, groups: tuple[str, str]) -> None:
    assert kept(one, other, groups=groups) == ([one], [other])


def test_what_runs_goes_before_the_groups() -> None:
    assert kept("a==2", "a==1", groups=("dev", "")) == (["a==1"], ["a==2"])


def test_what_holds_under_other_conditions_stays() -> None:
    both = ("a==1; python_version < '3.11'", "a==2; python_version >= '3.11'")
    assert kept(*both) == (list(both), [])


def test_each_group_keeps_its_own() -> None:
    assert kept("a>=1", "a==1", groups=("", "dev")) == (["a>=1", "a==1"], [])


def test_groups_that_may_part_keep_what_contradicts() -> None:
    main = Declared("a==1", "requirements.txt", 1)
    spark = Declared("a==2", "spark.txt", 1, "spark")
    dev = Declared("a==3", "dev.txt", 1, "dev")
    found = weighed([main, spark, dev], may_part={"spark"})
    assert found.kept == (main, spark)
    assert found.apart == (("", "spark"),)
    assert [d.problem for d in found.problems] == ["contradicts 'a==1' in requirements.txt, line 1"]
