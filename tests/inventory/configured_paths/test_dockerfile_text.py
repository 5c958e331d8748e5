"""The text of a Dockerfile is taken apart, and every place in it is a place in the file."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relayout.inventory.configured_paths.dockerfile_text import parse_dockerfile


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("FROM a", [("FROM", 1, ["a"])]),
        ("from a as b\n\nCopy x  y", [("FROM", 1, ["a", "as", "b"]), ("COPY", 3, ["x", "y"])]),
        ("COPY --from=a --link x y", [("COPY", 1, ["x", "y"])]),
        ("COPY x \\\n  # why\n\n  y\nRUN z", [("COPY", 1, ["x", "y"]), ("RUN", 5, ["z"])]),
        ("COPY x \\ \t\r\n  y\r\n", [("COPY", 1, ["x", "y"])]),
        ("# escape=`\nCOPY a\\ `\n b", [("COPY", 2, ["a\\", "b"])]),
        ("# a comment\n# escape=`\nCOPY a \\\n b", [("COPY", 3, ["a", "b"])]),
        ('COPY ["a b", "c"]', [("COPY", 1, ["a b", "c"])]),
        ('COPY ["a b", c]', [("COPY", 1, ['["a', 'b",', "c]"])]),
        ("ONBUILD COPY a b", [("COPY", 1, ["a", "b"])]),
        ("\ufeffFROM a", [("FROM", 1, ["a"])]),
        ("RUN <<EOF\nCOPY a b\nEOF\nCOPY c d", [("RUN", 1, ["<<EOF"]), ("COPY", 4, ["c", "d"])]),
        ("RUN <<-EOF\n\tx\n\tEOF\nCOPY c d", [("RUN", 1, ["<<-EOF"]), ("COPY", 4, ["c", "d"])]),
        ("RUN a <<EOF\nno end", [("RUN", 1, ["a", "<<EOF"])]),
        ("= x\n123\n", []),
        ("WORKDIR", [("WORKDIR", 1, [])]),
    ],
)  # fmt: skip
def test_instructions(text: str, expected: list[tuple[str, int, list[str]]]) -> None:
    parsed = parse_dockerfile(text)
    assert [
        (i.name, i.line, [word.text for word in parsed.words(i)]) for i in parsed.instructions
    ] == expected


def test_flags_and_bodies_have_places() -> None:
    text = "COPY --from=base \\\n --chown=a:b x y\nRUN <<A <<B\none\nA\ntwo\nB\n"
    parsed = parse_dockerfile(text)
    copy, run = parsed.instructions
    flags = [(name, text[value.start : value.end]) for name, value in parsed.flags(copy)]
    assert flags == [("from", "base"), ("chown", "a:b")]
    assert [text[slice(*body)] for body in run.bodies] == ["one\n", "two\n"]


@given(st.text(alphabet="COPYRUN \t\n\r\\\"'[]<>#=-./xEF`\ufeff", max_size=300))
def test_places_are_those_of_the_file(text: str) -> None:
    """What is read of an instruction stands in the file; nothing raises."""
    parsed = parse_dockerfile(text)
    assert len(parsed.flat) == len(text)
    for instruction in parsed.instructions:
        for word in parsed.words(instruction):
            assert text[word.start : word.end] == word.text


def test_long_files_are_read_in_a_moment() -> None:
    text = "RUN a \\\n" * 20_000 + "COPY x y\n" * 20_000 + "RUN <<E\n" + "x\n" * 50_000
    assert len(parse_dockerfile(text).instructions) == 20_000
