"""A pipeline's name is found in every form, and in nothing longer."""

from __future__ import annotations

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from relayout.conversions.pipeline_template.delimiters import ENVOPS, escaped
from relayout.conversions.pipeline_template.names import Names
from relayout.source import apply_edits

ENVIRONMENT = jinja2.Environment(**ENVOPS, autoescape=False)  # noqa: S701 (no HTML)


def renamed(text: str, old: str, new: str, is_code: bool = False) -> str:
    template = apply_edits(text, [*Names(old).edits(text, (), is_code)])
    return ENVIRONMENT.from_string(template).render(pipeline=new)


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ("order_lines", "goods"),
        ("stg_order_lines__raw", "stg_goods__raw"),
        ("order-lines", "goods"),
        ("ORDER_LINES_URL", "GOODS_URL"),
        ("LoadOrderLinesDaily", "LoadGoodsDaily"),
        ("Order lines are counted", "Goods are counted"),
        ("order lines", "goods"),
        ("Order Lines", "Goods"),
        ("reorder_lines", "reorder_lines"),
        ("order_lines2", "order_lines2"),
        ("https://order_lines.example/order_lines", "https://order_lines.example/order_lines"),
    ],
)
def test_forms_of_a_name_of_two_words(text: str, new: str) -> None:
    assert renamed(text, "order_lines", "goods") == new


@pytest.mark.parametrize(
    ("text", "is_code", "new"),
    [
        ("# Orders", False, "# Order lines"),
        ("class Orders:", True, "class OrderLines:"),
        ("OrdersLoader", False, "OrderLinesLoader"),
        ("orders", False, "order_lines"),
        ("reorders preorders", False, "reorders preorders"),
    ],
)
def test_a_name_of_one_word_is_that_of_a_class_in_code_alone(
    text: str, is_code: bool, new: str
) -> None:
    assert renamed(text, "orders", "order_lines", is_code) == new


NAMES = st.from_regex(r"[a-z][a-z0-9]{1,6}(_[a-z0-9]{1,5}){0,2}", fullmatch=True)
TEXTS = st.text(alphabet="abO_-. @{}%#/:\n", max_size=40)


@given(name=NAMES, around=st.lists(TEXTS, min_size=1, max_size=5), is_code=st.booleans())
def test_under_its_own_name_a_text_is_what_it_was(
    name: str, around: list[str], is_code: bool
) -> None:
    for form in (name, name.upper(), name.replace("_", " ").capitalize(), name.replace("_", "-")):
        text = form.join(around)
        edits = sorted(Names(name).edits(text, (), is_code))
        pieces, position = [], 0
        for edit in edits:
            pieces += [escaped(text[position : edit.start]), edit.replacement]
            position = edit.end
        template = "".join([*pieces, escaped(text[position:])])
        assert ENVIRONMENT.from_string(template).render(pipeline=name) == text
