"""The words of a command, with where they begin; none counts from a folder that is left."""

from __future__ import annotations

import ast

import pytest

from relayout.inventory.path_consumers import Wanted
from relayout.inventory.path_texts import CURRENT, PathText
from relayout.inventory.path_uses import PathUse
from relayout.rewriting.command_words import (
    CommandWord,
    follows_option,
    is_command,
    words_in,
)


def words(text: str, rest: str = "") -> list[tuple[int, str]]:
    literal = ast.Constant(text)
    found = words_in(PathUse(PathText(literal, text, rest), literal))
    return [(word.start, word.use.text.own) for word in found]


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


def words_of(text: str) -> list[CommandWord]:
    literal = ast.Constant(text)
    return list(words_in(PathUse(PathText(literal, text), literal)))


def test_words_after_another_folder_count_from_nowhere() -> None:
    bases = {word.use.text.own: word.use.text.base for word in words_of("pwd && cd x && cat a")}
    assert bases == {"pwd": CURRENT, "cd": CURRENT, "x": CURRENT, "cat": None, "a": None}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("dbt run --project-dir shop --profiles-dir=dbt", ["shop", "dbt"]),
        ("cd shop && dbt run", ["shop"]),
        ("cd 'shop'; cd dbt", ["shop"]),
        ("dbt run --select shop --target dev", []),
        ("load --directory-name shop", []),
    ],
)
def test_a_path_is_wanted_after_some_options_and_where_a_folder_is_entered(
    text: str, wanted: list[str]
) -> None:
    assert [word.use.text.own for word in words_of(text) if word.is_wanted] == wanted


@pytest.mark.parametrize(
    ("text", "expected"),
    [("dbt run", True), ("--project-dir=shop", True), ("--vars=shop", False), ("dbt", False)],
)
def test_what_is_a_command(text: str, expected: bool) -> None:
    literal = ast.Constant(text)
    assert is_command(PathUse(PathText(literal, text), literal, Wanted.WORDS)) is expected


def test_a_word_of_a_list_may_follow_an_option() -> None:
    words = ast.parse("['dbt', '--project-dir', 'shop', 'x']", mode="eval").body
    assert isinstance(words, ast.List)
    parents: dict[int, ast.AST] = {id(word): words for word in words.elts}
    uses = [PathUse(PathText(None, ""), word) for word in words.elts]
    assert [follows_option(use, parents) for use in uses] == [False, False, True, False]
