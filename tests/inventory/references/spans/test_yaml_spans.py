"""Every scalar of a YAML text is found with the place of what it says."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from relayout.inventory.references.reference import Reference
from relayout.inventory.references.spans.yaml_spans import Scalar, placed, scalars_of
from relayout.source import Edit, apply_edits


def said(text: str) -> dict[tuple[str, ...], str]:
    """Return the values of a text with the keys that lead to them, as they stand there."""
    return {s.keys: text[s.start : s.end] for s in scalars_of(text) if not s.is_key}


def found(scalar: Scalar, word: str, between: str | None = None) -> Reference:
    start = scalar.value.index(word)
    return Reference(start, start + len(word), word, word, "test", between=between)


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("a: utils/x", "utils/x"),
        ("a:   utils/x   # utils/y", "utils/x"),
        ("a: 'utils/x'", "utils/x"),
        ('a: "utils/x" ', "utils/x"),
        ("a: &here utils/x\nb: *here", "utils/x"),
        ("a: !path\n  # why\n  'utils/x'", "utils/x"),
        ("a: &here !path 'it''s'", "it''s"),
        ("\ufeffa: utils/x", "utils/x"),
        ("\ufeff# x\r\na:\r\n  utils/x\r\n", "utils/x"),
        ("a: {b: utils/x}", "utils/x"),
        ('{"a": "utils/x"}', "utils/x"),
        ("a: ä utils\nb: 1", "ä utils"),
        ("--- # one\na: x\n...\n---\na: utils/x\n", "utils/x"),
        ("a: |\n  one\n  two\n\nb: 1", "  one\n  two\n\n"),
        ("a: >-  # why\n    one\n      two\nb: 1", "    one\n      two\n"),
        ("a: |2\n    one\n", "    one\n"),
        ("a: |+\r\n  one\r\n\r\nb: 1", "  one\r\n\r\n"),
        ("a: |\n\tone", None),
    ],
)
def test_the_inside_of_a_value(text: str, inside: str | None) -> None:
    values = list(said(text).values())
    assert (not values) if inside is None else (inside in values)


def test_keys_lead_to_a_value() -> None:
    text = "on:\n  push: {paths: [a, 'b']}\njobs:\n- run: x\n  env:\n    A: 1\n"
    assert [(s.keys, s.is_key) for s in scalars_of(text)] == [
        (("on",), True),
        (("on", "push"), True),
        (("on", "push", "paths"), True),
        (("on", "push", "paths", "-"), False),
        (("on", "push", "paths", "-"), False),
        (("jobs",), True),
        (("jobs", "-", "run"), True),
        (("jobs", "-", "run"), False),
        (("jobs", "-", "env"), True),
        (("jobs", "-", "env", "A"), True),
        (("jobs", "-", "env", "A"), False),
    ]


@pytest.mark.parametrize(
    ("text", "between"),
    [
        ("a:\n  - x\n", "\n  - "),
        ("a:\r\n-   'x' # why\r\n", "'\r\n-   '"),
        ("[a, \"x\"]", '", "'),
        ("a: x", None),
        ("a:\n  - - x\n", None),
        ("a:\n  - &b x\n", None),
        ("a:\n  - |\n    x\n", None),
        ("a:\n  - k: x\n", None),
    ],
)  # fmt: skip
def test_what_stands_between_items(text: str, between: str | None) -> None:
    assert next(s for s in scalars_of(text) if s.value.strip() == "x").between == between


@pytest.mark.parametrize(
    ("text", "after"),
    [
        (
            "a: |\n    cat sql/x\n    cat \\\n      y/z\n",
            "a: |\n    cat NEW\n    cat \\\n      NEW\n",
        ),
        ("a: >\n  cat\n  sql/x\n\n  cat  y/z\n", "a: >\n  cat\n  NEW\n\n  cat  NEW\n"),
        ("a: cat\n    sql/x\n\n    y/z # sql/x\n", "a: cat\n    NEW\n\n    NEW # sql/x\n"),
        ("a: 'it''s sql/x\n  y/z'", "a: 'it''s NEW\n  NEW'"),
        (r'a: "\"sql/x\"\ty/z \u0041"', r'a: "\"NEW\"\tNEW \u0041"'),
        ('a: "sql/x \\\n    y/z"', 'a: "NEW \\\n    NEW"'),
        ('a: "cat s\\x71l/x y/z"', 'a: "cat s\\x71l/x NEW"'),
        ("a: |\r\n  sql/x\r\n  y/z\r\n", "a: |\r\n  NEW\r\n  NEW\r\n"),
    ],
)
def test_a_part_of_a_value_is_replaced(text: str, after: str) -> None:
    scalar = next(s for s in scalars_of(text) if not s.is_key)
    references = [found(scalar, word) for word in ("sql/x", "y/z")]
    edits = [Edit(r.start, r.end, "NEW", "") for r in placed(references, scalar, text)]
    assert apply_edits(text, edits) == after


def test_what_stands_between_words_is_written_as_its_scalar_wants_it() -> None:
    for text, between, written in (
        ("a: 'x'", "' '", None),
        ("a: 'x'", '" "', '" "'),
        ('a: "x"', '" "', None),
        ("a: x", "' '", "' '"),
        ("a: |\n    - x\n", "\n- ", "\n    - "),
    ):
        scalar = next(s for s in scalars_of(text) if not s.is_key)
        (reference,) = placed([found(scalar, "x", between)], scalar, text)
        assert reference.between == written


@pytest.mark.parametrize(
    "text",
    [
        "a: [",
        "\0",
        "a: *nothing",
        'a: "\\UFFFFFFFF"',
        "[" * 100_000,
        "- " * 100_000,
        "a: " + "x" * 1_000_000,
        "a: &a [*a, *a]",
        "&a : *a",
        "? [a, b]\n: c",
        "a: '" + " " * 90_000 + "'",
        "a: |\n" + " " * 90_000 + "\n  x",
        "{" * 900 + "}" * 900,
    ],
)
def test_no_text_is_too_strange(text: str) -> None:
    for scalar in scalars_of(text):
        assert 0 <= scalar.start < scalar.end <= len(text)


_VALUES = st.recursive(
    st.text(st.sampled_from("ab/. \n'\"\\:#-|>&*\tä"), max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc"), inner, max_size=3),
    max_leaves=6,
)


@given(
    value=_VALUES,
    style=st.sampled_from([None, "'", '"', "|", ">"]),
    flow=st.booleans(),
    width=st.sampled_from([8, 80]),
)
def test_every_letter_of_a_value_has_its_place(
    value: object, style: str | None, flow: bool, width: int
) -> None:
    """Law: however a value was written, each visible letter that needs no escape is found."""
    text = yaml.safe_dump(
        {"key": value},
        default_style=style,
        default_flow_style=flow,
        width=width,
        allow_unicode=True,
    )
    scalars = [s for s in scalars_of(text) if s.keys != ("key",) or not s.is_key]
    assert "".join(s.value for s in scalars) == "".join(_texts(yaml.compose(text)))
    for scalar in scalars:
        for place, letter in enumerate(scalar.value):
            start, end = scalar.span(place, place + 1)
            if letter.isalpha() or letter in "/.":
                assert text[start:end] == letter


def _texts(node: yaml.Node) -> list[str]:
    """Return the values of the scalars below the one key of a document, in order."""
    if isinstance(node, yaml.ScalarNode):
        return [node.value]
    parts = (
        node.value if isinstance(node, yaml.SequenceNode) else [n for p in node.value for n in p]
    )
    texts = [text for part in parts for text in _texts(part)]
    return texts[1:] if node.start_mark.index == 0 else texts


@given(st.text(st.sampled_from("ab:-|>'\"\\[]{}&*!#? \n\r\t,"), max_size=60))
def test_any_text_is_read_or_not(text: str) -> None:
    """Law: no text makes it fail, and values never overlap."""
    end = 0
    for scalar in scalars_of(text):
        assert end <= scalar.start < scalar.end <= len(text)
        end = scalar.end
