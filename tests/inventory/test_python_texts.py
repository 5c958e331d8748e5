"""What the strings of Python files say."""

from __future__ import annotations

import json

from relayout.inventory.python_texts import Texts, read_texts
from relayout.tree import Tree


def texts(code: str | bytes, path: str = "a.py") -> Texts:
    return read_texts(path, Tree.of({path: code}))


def test_strings_are_read_and_docstrings_are_not() -> None:
    assert texts('"""Doc."""\ndef f():\n    """Of f."""\n    return "a"\n').said == ("a",)


def test_what_is_computed_in_a_string_is_left_open() -> None:
    assert texts('x = f"select * from {schema}.orders"\n').said == ("select * from {}.orders",)


def test_tables_that_functions_are_handed() -> None:
    code = 'df.to_sql("raw_orders", con)\npd.read_sql_table(table_name="a", con=c)\nf("b")\n'
    assert texts(code).tables == ("raw_orders", "a")


def test_a_notebook_has_magics() -> None:
    cells = [
        {
            "cell_type": "code",
            "source": ["%%sql\n", "select * from a"],
            "metadata": {},
            "outputs": [],
        },
        {"cell_type": "code", "source": ['x = "b"'], "metadata": {}, "outputs": []},
    ]
    found = texts(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4}), "a.ipynb")
    assert found.said == ("b",)
    assert any("select * from a" in magic for magic in found.magics)


def test_what_cannot_be_read_says_nothing() -> None:
    assert texts("x = (\n") == Texts()
    assert texts(b"\xff\xfe\x00") == Texts()
    assert texts("{", "a.ipynb") == Texts()
