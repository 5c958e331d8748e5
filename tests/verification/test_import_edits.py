"""Edits of import statements give import statements, and touch nothing else."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from relayout.inventory.python import PythonFile, facts_of_content
from relayout.source import Edit, Source, apply_edits
from relayout.verification.import_edits import unexplained_import_edit


def facts_of(source: Source) -> PythonFile:
    return facts_of_content("a.py", source, source.parse())


def problem(text: str, changes: Sequence[tuple[str, str]], after: str | None = None) -> str:
    """Return what is wrong with replacing texts, each of which stands once in the file.

    ``after`` is what the file is found to be; by default, what the edits make of it.
    """
    places = [(text.index(old), old, new) for old, new in changes]
    edits = [Edit(start, start + len(old), new, "import") for start, old, new in places]
    old = Source(text, "utf-8", False)
    new = Source(apply_edits(text, edits) if after is None else after, "utf-8", False)
    return unexplained_import_edit(old, facts_of(old), new, facts_of(new), edits)


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("import a\nx = 1\n", [("a", "p.a")]),
        ("import a; x = 1\n", [("import a", "from p import a")]),
        ("if x:\n    import a, b\n", [("import a, b", "import p.a\n    import q.b")]),
        ("from a import (\n    b,  # why\n    c,\n)\n", [("a", "p"), ("    c,\n", "")]),
        ("import a\r\nx = 1\r\n", [("import a", "import p.a  # new")]),
        ("import a", [("import a", "import p.a  # at the end of the file")]),
        ("x = 1; import a  # noqa\n", [("import a", "import p.a; import b  # noqa")]),
    ],
)
def test_imports_in_the_place_of_imports(text: str, changes: list[tuple[str, str]]) -> None:
    assert problem(text, changes) == ""


@pytest.mark.parametrize("added", ["\nimport b", "\nimport b  # why not"])
def test_imports_behind_an_import_and_its_comment(added: str) -> None:
    text = "import a  # why\nx = 1\n"
    end = text.index("\n")
    edits = [Edit(end, end, added, "import")]
    old, new = Source(text, "utf-8", False), Source(apply_edits(text, edits), "utf-8", False)
    assert unexplained_import_edit(old, facts_of(old), new, facts_of(new), edits) == ""


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("import a\nx = 1\n", [("import a", "y = 2")]),
        ("import a\nx = 1\n", [("import a", "import p.a; y = 2")]),
        ("import a\nx = 1\n", [("import a", "")]),
        ("import a\nx = 1\n", [("x = 1", "import b")]),
        ("import a\nx = 1\n", [("import a\nx = 1", "import a")]),
        ("x = 1\nimport a\n", [("x = 1\nimport a", "import a")]),
        ("import a; x = 1\n", [("import a", "import p.a  # ")]),
        ("import a; x = 1\n", [("import a", "import p.a\nimport b  # ")]),
        ("if x:\n    import a\ny = 1\n", [("import a", "import p.a\nimport b")]),
    ],
)
def test_anything_else_is_a_problem(text: str, changes: list[tuple[str, str]]) -> None:
    assert problem(text, changes)


def test_a_file_that_is_not_what_the_edits_make_of_it() -> None:
    assert problem("import a\nx = 1\n", [("a", "p.a")], after="import p.a\nx = 2\n")
