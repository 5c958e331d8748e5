from __future__ import annotations

import pytest

from relayout.conversions.dagster.contents import Contents, Item
from relayout.conversions.dagster.definitions_text import (
    call_of_list,
    definitions_call,
    list_of,
    merged,
)


def test_arguments_that_nothing_is_for_are_left_out() -> None:
    assert definitions_call(Contents(), str, str, str) == ["Definitions()"]
    found = Contents(assets=["a", "b"], specs=True, jobs=[Item("m", "x"), Item("m", "y", True)])
    assert definitions_call(found, str, str, lambda item: item.name, ["    resources={},"]) == [
        "Definitions(",
        "    assets=load_assets_from_modules([a, b], include_specs=True),",
        "    jobs=[x, *y],",
        "    resources={},",
        ")",
    ]


@pytest.mark.parametrize("more", [[], ["include_specs=True"]])
def test_a_long_call_is_laid_out_as_formatters_do(more: list[str]) -> None:
    names = [f"module_{number}" for number in range(10)]
    lines = call_of_list("load", names, more)
    end = ["    ],", "    include_specs=True,"] if more else ["    ]"]
    assert lines == ["load(", "    [", *(f"        {n}," for n in names), *end, ")"]
    assert call_of_list("load", names[:2], more)[0].startswith("load([module_0, module_1]")
    assert call_of_list("load", names[:6], [], 30) == [
        "load(",
        f"    [{', '.join(names[:6])}]",
        ")",
    ]


def test_lists_and_merges() -> None:
    assert list_of([]) == ["[]"]
    assert list_of(["a"], used=88) == ["[", "    a,", "]"]
    assert merged([["one()"]], str) == ["one()"]
    assert merged([["f(", "    x,", ")"], ["g()"]], str) == [
        "Definitions.merge(",
        "    f(",
        "        x,",
        "    ),",
        "    g(),",
        ")",
    ]
