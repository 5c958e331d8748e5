import pytest

from relayout.inventory.references.commandline.braces import alternatives, before_braces
from relayout.inventory.references.commandline.words import Word


def found(text: str) -> list[str]:
    made = list(alternatives(Word(0, len(text), text)))
    assert all(text[one.start : one.end] == one.text for _, one in made)
    return [f"{before}|{one.text}" for before, one in made]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("data/{a,b}", ["data/|a", "data/|b"]),
        ("{a,b}", ["|a", "|b"]),
        ("{a,b}/logs", ["|a", "|b"]),
        ("$ROOT/data/{a,b}", ["$ROOT/data/|a", "$ROOT/data/|b"]),
        ("${ROOT}/{a,b}", ["${ROOT}/|a", "${ROOT}/|b"]),
        ("data/{a/{x,y},b,}", ["data/|a", "data/a/|x", "data/a/|y", "data/|b"]),
        ("data/{$A,b}", ["data/|b"]),
    ],
)
def test_alternatives_are_words_of_their_own(text: str, wanted: list[str]) -> None:
    assert found(text) == wanted


@pytest.mark.parametrize("text", ["data/a", "${DATA}", "data/{a}", "x{a,b}", "{", "}", "{}", "a{,"])
def test_other_words_have_none(text: str) -> None:
    assert found(text) == []


def test_what_stands_before_them() -> None:
    assert before_braces("data/x/{a,b}/c") == "data/x/"
    assert before_braces("{a,b}") == ""
    assert before_braces("data/x") == ""


@pytest.mark.parametrize(
    "text", ["{" * 100_000, "a/" * 50_000 + "{x,y}", "{a," * 30_000, "{,}" * 9]
)
def test_hostile_words_have_none(text: str) -> None:
    assert found(text) == []
