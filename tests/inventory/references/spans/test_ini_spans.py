"""Where the sections and values of an INI file stand."""

from __future__ import annotations

import configparser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relayout.inventory.references.spans.ini_spans import ini_items, ini_texts

FILE = """\
# no = value
[tool:pytest]
testpaths = tests  other/tests
[flake8]
exclude =
    .git,
    # a comment
    etl/old.py,

per-file-ignores : etl/a.py:E501
flag
[mypy-etl.*,jobs]
ignore_errors=True
"""


def values(text: str) -> dict[tuple[str, str], list[str]]:
    return {
        (t.section, t.key): [text[start:end] for start, end in t.lines]
        for t in ini_texts(text)
        if t.key is not None
    }


@pytest.mark.parametrize("text", [FILE, f"\ufeff{FILE}", FILE.replace("\n", "\r\n")])
def test_every_value_has_its_place(text: str) -> None:
    assert values(text) == {
        ("tool:pytest", "testpaths"): ["tests  other/tests"],
        ("flake8", "exclude"): ["", ".git,", "etl/old.py,"],
        ("flake8", "per-file-ignores"): ["etl/a.py:E501"],
        ("flake8", "flag"): [],
        ("mypy-etl.*,jobs", "ignore_errors"): ["True"],
    }


def test_sections_and_keys_have_their_places() -> None:
    found = ini_texts(FILE)
    assert all(FILE[t.start : t.end] == (t.section if t.key is None else t.key) for t in found)
    sections = [t.section for t in found if t.key is None]
    assert sections == ["tool:pytest", "flake8", "mypy-etl.*,jobs"]


@pytest.mark.parametrize(
    ("value", "separators", "items", "between"),
    [
        ("a b", " ", ["a", "b"], " "),
        ("a, b", ",", ["a", "b"], ", "),
        ("a b/c d", ",", ["a b/c d"], ", "),
        ("a,b", ", ", ["a", "b"], ", "),
        ("a b", ", ", ["a", "b"], " "),
        ("\n  a\n  b # c", "\n", ["a", "b"], "\n  "),
        ("a", "\n", ["a"], "\n    "),
        ("\n  a,\n  b,", ", ", ["a", "b"], ",\n  "),
        ("\n  a # b", " ", ["a"], "\n  "),
        ("", ",", [], ""),
    ],
)
def test_a_list_has_items(value: str, separators: str, items: list[str], between: str) -> None:
    text = f"[s]\nk = {value}\n"
    found = list(ini_items(text, ini_texts(text)[1], separators))
    assert [i.value for i in found] == items
    assert all(text[i.start : i.end] == i.value for i in found)
    assert {i.between for i in found} <= {between}


@pytest.mark.parametrize("text", ["a = b", "[s]\n = \n  x\n= y", "[s]\na = b\rc = d", "[s\n", "\0"])
def test_what_cannot_be_read_has_none(text: str) -> None:
    assert all(t.key != "a" for t in ini_texts(text))


@pytest.mark.parametrize("mark", ["[", "[s]\na=", "[s]\na ", "a=", " ", "\n", "[s]\na\n b\n", "#"])
def test_much_of_one_thing_is_read_in_no_time(mark: str) -> None:
    ini_texts(mark * 50_000)


@given(st.lists(st.text(alphabet="ab/ #,=:[];\t", max_size=12)))
def test_replacing_a_value_changes_that_value_alone(lines: list[str]) -> None:
    text = "[s]\n" + "\n".join(lines)
    last = {(t.section, t.key): t for t in ini_texts(text)}
    for found in last.values():
        if not found.key or len(found.lines) != 1:
            continue
        start, end = found.lines[0]
        before, after = read(text), read(f"{text[:start]}other{text[end:]}")
        if before[found.section][found.key] == text[start:end]:
            assert after == {
                **before,
                found.section: {**before[found.section], found.key: "other"},
            }


def read(text: str) -> dict[str, dict[str, str]]:
    parser = configparser.RawConfigParser(strict=False, allow_no_value=True)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(text)
    return {section: dict(parser.items(section)) for section in parser.sections()}


@given(st.text(alphabet="[]=:#;\\ \t\r\n\fab"))
def test_no_text_is_too_bad(text: str) -> None:
    ini_texts(text)
