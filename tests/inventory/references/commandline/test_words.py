"""Commands are taken apart with the place of every word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relayout.inventory.references.commandline.words import Dialect, commands_in


def words(text: str, dialect: Dialect = Dialect.POSIX, folded: bool = False) -> list[list[str]]:
    commands = commands_in(text, 0, len(text), dialect, folded)
    return [[word.text for word in command.words] for command in commands if command.words]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a b\nc", [["a", "b"], ["c"]]),
        ("a b\r\nc\r\n", [["a", "b"], ["c"]]),
        ("a && b || c; d | e & f", [["a"], ["b"], ["c"], ["d"], ["e"], ["f"]]),
        ("a 'b c' \"d e\"", [["a", "b c", "d e"]]),
        ("a 'b'c", [["a", "'b'c"]]),
        ("a b\\ c", [["a", "b\\ c"]]),
        ("a \\\n  b", [["a", "b"]]),
        ("a \\\r\n  b", [["a", "b"]]),
        ("a 2>&1 b", [["a", "b"]]),
        ("a # b c\nd", [["a"], ["d"]]),
        ("a b#c", [["a", "b#c"]]),
        ("(a; b)", [["a"], ["b"]]),
        ("a $(b c) d", [["b", "c"], ["a", "$(b c)", "d"]]),
        ('a "$(b c)"', [["b", "c"], ["a", "$(b c)"]]),
        ("a ${b:-c d}", [["a", "${b:-c d}"]]),
        ("a $((1 + 2))", [["a", "$((1 + 2))"]]),
        ("a <<X b\nc d\nX\ne", [["a", "b"], ["e"]]),
        ("a <<-'X'\n\tc\n\tX\ne", [["a"], ["e"]]),
        ("a <<< b", [["a"]]),
        ("a 'b", [["a", "'b"]]),
        ("", []),
    ],
)
def test_a_text_is_taken_apart(text: str, expected: list[list[str]]) -> None:
    assert words(text) == expected


def test_the_dialects_escape_and_comment_in_their_ways() -> None:
    assert words("a `\n b # c", Dialect.POWERSHELL) == [["a", "b"]]
    assert words("a utils\\b.py", Dialect.POWERSHELL) == [["a", "utils\\b.py"]]
    assert words("rem a\na ^\n b 'c d'", Dialect.BATCH) == [["a", "b", "'c", "d'"]]


def test_line_ends_of_a_folded_text_are_blanks() -> None:
    assert words("a\n  b\n", folded=True) == [["a", "b"]]


HARD = st.text(alphabet="ab \t\n\r'\"\\$(){}<;&|#`^=./", max_size=60)


@given(HARD, st.sampled_from(Dialect), st.booleans())
def test_every_word_stands_where_it_says(text: str, dialect: Dialect, folded: bool) -> None:
    for command in commands_in(text, 0, len(text), dialect, folded):
        for word in command.words:
            assert text[word.start : word.end] == word.text
            assert 0 <= word.start <= word.end <= len(text)


@pytest.mark.parametrize(
    "text", ["$(" * 9_000, "$(a " * 600 + ")" * 600, "'" * 19_999, "(" * 9_999]
)
def test_what_is_never_closed_is_read_to_its_end(text: str) -> None:
    assert all(command.words or command.end for command in commands_in(text, 0, len(text)))
