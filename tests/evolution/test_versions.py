"""What a version declares: for which answers it holds, and what is refused."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from packaging.version import Version

from relayout.errors import Refusal
from relayout.evolution.versions import crossed, parse_version
from relayout.planning.split import Part, Split

ANSWERS = {"layout": "src-layout", "package": "shop", "pipeline": "orders", "scope": "repository"}


def declared(name: str = "1.1.0.yml", **content: object):
    return parse_version(yaml.safe_dump(content), name)


def moves(rules: list[dict[str, object]], *paths: str, **answers: str) -> dict[str, str]:
    return declared(moves=rules).moves_of(paths, {**ANSWERS, **answers})


def test_a_folder_moves_with_all_that_is_in_it() -> None:
    rules = [{"from": "src/{{ package }}/utils", "to": "src/{{ package }}/loading"}]
    assert moves(
        rules, "src/shop/utils/a.py", "src/shop/utils/b/c.sql", "src/shop/utils2/a.py"
    ) == {
        "src/shop/utils/a.py": "src/shop/loading/a.py",
        "src/shop/utils/b/c.sql": "src/shop/loading/b/c.sql",
    }


def test_a_star_stands_within_one_part_of_a_path() -> None:
    rules = [{"from": "tests/test_{{ pipeline }}_*.py", "to": "tests/{{ pipeline }}/test_*.py"}]
    assert moves(rules, "tests/test_orders_etl.py", "tests/x/test_orders_etl.py") == {
        "tests/test_orders_etl.py": "tests/orders/test_etl.py"
    }


def test_the_first_rule_that_matches_holds() -> None:
    rules = [{"from": "a/b.py", "to": "c.py"}, {"from": "a", "to": "d"}]
    assert moves(rules, "a/b.py", "a/e.py") == {"a/b.py": "c.py", "a/e.py": "d/e.py"}


@pytest.mark.parametrize(
    "answers", [{"layout": "dagster"}, {"scope": "pipeline"}, {"pipeline": ""}, {"package": ""}]
)
def test_a_rule_for_other_answers_does_not_apply(answers: dict[str, str]) -> None:
    rule = {"from": "{{ package }}/{{ pipeline }}", "to": "x", "layouts": ["src-layout"]}
    assert not moves([{**rule, "scopes": ["repository"]}], "shop/orders", **answers)


def test_a_rule_about_what_was_never_rendered_does_not_apply() -> None:
    one = declared(moves=[{"from": "utils", "to": "loading"}])
    assert not one.moves_of(["utils/mine.py"], ANSWERS, ["README.md"])
    assert one.moves_of(["utils/mine.py"], ANSWERS, ["utils/theirs.py"])


def test_a_module_is_divided_into_its_parts() -> None:
    one = declared(
        splits=[
            {"from": "{{ package }}/a.py", "to": "{{ package }}/b.py", "names": ["f"]},
            {"from": "{{ package }}/a.py", "to": "{{ package }}/c.py", "names": ["g", "h"]},
        ]
    )
    parts = (Part("shop/b.py", "", ("f",)), Part("shop/c.py", "", ("g", "h")))
    assert one.splits_of(["shop/a.py"], ANSWERS) == (Split("shop/a.py", "", parts),)
    assert not one.splits_of(["shop/z.py"], ANSWERS)


def test_what_goes_says_why() -> None:
    one = declared(removed=[{"path": "docs/*.svg", "reason": "they are drawn anew"}])
    assert one.removals_of(["docs/a.svg", "docs/a.md"], ANSWERS) == {"docs/a.svg"}


def test_versions_are_crossed_in_their_order() -> None:
    known = [declared(f"{name}.yml") for name in ("1.10.0", "1.2.0", "1.0.0", "2.0.0")]
    found = crossed(known, Version("1.0.0"), Version("1.10.0"))
    assert [str(one.version) for one in found] == ["1.2.0", "1.10.0"]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ({"renamed": []}, "it declares renamed"),
        ({"moves": [{"from": "a"}]}, "each of moves has from, to"),
        ({"moves": [{"from": "a", "to": "../b"}]}, "is no path in a repository"),
        ({"moves": [{"from": "a*", "to": "b"}]}, "have not the same number of"),
        ({"moves": [{"from": "*/*", "to": "*/*"}]}, "more than one"),
        ({"moves": [{"from": "{{ a", "to": "b"}]}, "{{ a"),
        ({"moves": [{"from": "a", "to": "b", "layouts": ["flat"]}]}, "flat is none of"),
        ({"moves": [{"from": "a", "to": "b", "scopes": "all"}]}, "scopes are a list"),
        ({"splits": [{"from": "a/b.py", "to": "c.py", "names": ["f"]}]}, "does not stand beside"),
        ({"splits": [{"from": "b.py", "to": "c.py"}]}, "has no names"),
        ({"removed": [{"path": "a"}]}, "each of removed has path, reason"),
        ({"answers": [{"from": "a"}]}, "answers have"),
        ({"answers": [{"of": "a", "values": [1]}]}, "are pairs"),
    ],
)
def test_what_is_not_right_is_refused(content: dict[str, object], problem: str) -> None:
    with pytest.raises(Refusal) as refusal:
        declared(**content)
    assert problem in refusal.value.problem
    assert "1.1.0.yml" in refusal.value.problem


def test_a_file_that_is_called_by_no_version_is_refused() -> None:
    with pytest.raises(Refusal, match=r"is called <version>\.yml"):
        declared("next.yml")


PARTS = st.text("ab", min_size=1, max_size=2)
PATHS = st.lists(PARTS, min_size=1, max_size=4).map("/".join)


@given(st.sets(PATHS, max_size=6), PATHS, PATHS)
def test_a_move_keeps_what_is_below_its_folder(paths: set[str], old: str, new: str) -> None:
    for path, target in moves([{"from": old, "to": new}], *paths).items():
        assert path.startswith(old)
        assert target == new + path[len(old) :]
        assert path[len(old) :] == "" or path[len(old)] == "/"
