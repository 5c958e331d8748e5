from __future__ import annotations

import ast

import pytest

from relayout.conversions.dagster.import_changes import ImportChanges
from relayout.source import Source, apply_edits

REST = "x = gone_call(gone)\nstays()\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("from a import gone\n", "from new import n\n"),
        ("from a import gone, stays\n", "from a import stays\nfrom new import n\n"),
        (
            "from a import (\n    gone,\n    b,\n    c,\n)\n",
            "from a import (\n    b,\n    c,\n)\n@",
        ),
        ("import gone\nimport b\n", "from new import n\nimport b\n"),
        ("import b\n\nimport gone_call\n", "import b\n\nfrom new import n\n"),
        ("import gone.deep\n", "from new import n\n"),
        ("from dagster import gone_call\n", "from dagster import made\nfrom new import n\n"),
        ("from dagster import a as b, gone_call\n", "from dagster import a as b, made\n@"),
        ("import b  # why\n", "import b  # why\nfrom dagster import made\nfrom new import n\n"),
        ("", "from dagster import made\nfrom new import n\n"),
        ("from a import needed as gone\n", "from new import n\n"),
    ],
)
def test_imports_after_a_call_is_written_anew(before: str, after: str) -> None:
    text = before + REST
    source = Source(text, "utf-8", False)
    start = text.index("gone_call(gone)")
    changes = ImportChanges(
        source, ast.parse(text), [(start, start + len("gone_call(gone)"))], {"gone"}, {"needed"}
    )
    dagster = {"made"} if "made" in after or ("@" in after and "dagster" in after) else set()
    edits = changes.edits([["from new import n"]], dagster)
    assert apply_edits(text, edits).replace(REST, "") == after.replace("@", "from new import n\n")


def test_a_file_without_imports_gets_them_behind_its_docstring() -> None:
    text = '#!/usr/bin/env python\n"""What it is."""\n\n@d\ndef f():\n    g()\n'
    source = Source(text, "utf-8", False)
    edits = ImportChanges(source, ast.parse(text), [], (), ()).edits([["import n"]], ())
    assert apply_edits(text, edits) == text.replace("@d", "import n\n@d")


def test_what_others_need_or_all_lists_stays() -> None:
    text = "from a import gone\nfrom b import other\n__all__ = ['other']\nx = f(gone, other)\n"
    source = Source(text, "utf-8", False)
    start = text.index("f(gone")
    changes = ImportChanges(source, ast.parse(text), [(start, len(text))], set(), {"gone"})
    assert changes.gone == set()
