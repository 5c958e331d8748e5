"""The words of a command, with where they begin; none counts from a folder that is left."""

from __future__ import annotations

import ast

import pytest

from relayout.inventory.path_texts import CURRENT, PathText
from relayout.inventory.path_uses import PathUse
from relayout.rewriting.command_words import words_in


def words(text: str, rest: str = "") -> list[tuple[int, str]]:
    literal = ast.Constant(text)
    found = words_in(PathUse(PathText(literal, text, rest), literal))
    return [(start, use.text.own) for start, use in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("python a/b.py", [(0, "python"), (7, "a/b.py")]),
        ("a --x=b/c", [(0, "a"), (2, "--x"), (6, "b/c")]),
        ("cat 'a b'|wc>c", [(0, "cat"), (5, "a"), (7, "b"), (10, "wc"), (13, "c")]),
        ("", []),
    ],
)
def test_words(text: str, expected: list[tuple[int, str]]) -> None:
    assert words(text) == expected


def test_a_word_that_goes_on_is_left_out() -> None:
    assert words("cat a/", "\0.sql") == [(0, "cat")]
    assert words("cat a ", "\0.sql") == [(0, "cat"), (4, "a")]


@pytest.mark.parametrize(("text", "base"), [("cat a", CURRENT), ("cd x && cat a", None)])
def test_another_folder(text: str, base: str | None) -> None:
    literal = ast.Constant(text)
    found = [use for _, use in words_in(PathUse(PathText(literal, text), literal))]
    assert {use.text.base for use in found} == {base}
