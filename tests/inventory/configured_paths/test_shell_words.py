"""Lines of shell, taken apart."""

from __future__ import annotations

import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relayout.inventory.configured_paths.shell_words import joined, split, words_of


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("a && b; c | d || e", ["a", "b", "c", "d", "e"]),
        ("(cd x; a) && b", ["(", "cd x", "a", ")", "b"]),
        ("a '&& b' \"; c\"", ["a '&& b' \"; c\""]),
        ('A="$(cd "$(dirname "$0")" && pwd)"; b', ['A="$(cd "$(dirname "$0")" && pwd)"', "b"]),
        ("a `b; c` d", ["a `b; c` d"]),
        ("a # && b", ["a"]),
        ("a#b", ["a#b"]),
        ("a > b 2>&1 &", ["a > b 2>&1"]),
        ("set PATHS=a;b", ["set PATHS=a;b"]),
        ("a \\; b", ["a \\; b"]),
    ],
)
def test_commands_of_a_line(line: str, expected: list[str]) -> None:
    assert [part.strip() for part in split(line) if part.strip()] == expected


def test_continued_lines_keep_the_number_of_the_first() -> None:
    lines = [(1, "a \\"), (2, "  b"), (3, "# c"), (4, "d ^"), (5, "e"), (6, "f \\")]
    assert [(n, text.split()) for n, text in joined(lines)] == [
        (1, ["a", "b"]),
        (4, ["d", "e"]),
        (6, ["f"]),
    ]


_PLAIN = st.text("ab./:=-", min_size=1, max_size=6)
_WORDS = st.lists(
    st.one_of(
        _PLAIN,
        st.text("ab $;&|()#'", max_size=6).map(lambda text: f'"{text}"'.replace("$", "")),
        st.text('ab $;&|()#"`', max_size=6).map(lambda text: f"'{text}'"),
    ),
    min_size=1,
    max_size=5,
)


@given(_WORDS)
def test_words_are_those_that_a_shell_sees(words: list[str]) -> None:
    """Words without substitutions: as many as, and what, shlex says."""
    line = " ".join(words)
    assert [shlex.split(word)[0] for word in words_of(line)] == shlex.split(line)
