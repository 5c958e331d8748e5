"""Edits of import statements are told from edits that change how other code is read."""

from __future__ import annotations

import pytest

from relayout.inventory.python import PythonFile, facts_of_content
from relayout.source import Edit, Source, apply_edits
from relayout.verification.import_edits import unexplained_import_edit

NESTED = "if c:\n    import a\nx = 1\n"


def read(text: str) -> tuple[Source, PythonFile]:
    source = Source(text, "utf-8", False)
    return source, facts_of_content("m.py", source, source.parse())


def problem(old: str, where: str, replacement: str, offset: int = 0) -> str:
    """Return what is wrong with replacing the text ``where``, or with adding behind it."""
    start = old.index(where) + offset
    end = start if offset else start + len(where)
    edits = [Edit(start, end, replacement, "import")]
    before, after = read(old), read(apply_edits(old, edits))
    return unexplained_import_edit(*before, *after, edits)


@pytest.mark.parametrize(
    ("old", "where", "replacement"),
    [
        ("import a\nx = 1\n", "import a", "import b"),
        ("import a\nx = 1\n", "import a", "import b\nfrom c import d"),
        ("import a; x = 1\n", "import a", "import b; import c"),
        ("import a  # why\nx = 1\n", "import a", "import b\nimport c"),
        ("if c:\n    import a\nx = 1\n", "import a", "import b\n    import d"),
        ("if c: import a; x = 1\n", "import a", "import b; import d"),
    ],
)
def test_imports_may_take_the_place_of_imports(old: str, where: str, replacement: str) -> None:
    assert problem(old, where, replacement) == ""


@pytest.mark.parametrize(
    ("old", "behind", "added"),
    [
        ("import a  # why\nx = 1\n", "# why", "\nimport b"),
        ("import a\nx = 1\n", "import a\n", "import b\n"),
        ("import a\r\nx = 1\r\n", "import a\r\n", "import b\r\n"),
        (NESTED, "import a\n", "    import b\n"),
        ("import a  # in c:\\\nx = 1\n", "c:\\\n", "import b\n"),
        ("import a", "import a", "\nimport b"),
        ("import a\n", "import a", "  # new"),
    ],
)
def test_imports_may_be_added_behind_imports(old: str, behind: str, added: str) -> None:
    assert problem(old, behind, added, len(behind)) == ""


@pytest.mark.parametrize(
    ("old", "behind", "added"),
    [
        ("import a; x = 1\n", "import a", " #"),
        ("if c: import a; x = 1\n", "import a; ", "\n"),
        ("import a #x = 1\n", "import a #", "\n"),
        (NESTED, "import a\n", "    "),
        (NESTED, "import a\n", "    import b; "),
        ("import a\nx = 1\n", "import a\n", "# "),
        ("import a\nx = 1\n", "import a\n", "import b  # "),
    ],
)
def test_what_follows_must_be_read_as_before(old: str, behind: str, added: str) -> None:
    assert "how the code behind it is read" in problem(old, behind, added, len(behind))


@pytest.mark.parametrize(
    ("old", "where", "replacement"),
    [
        ("import a\nx = 1\n", "import a", "import b\ny = 2"),
        ("import a\nx = 1\n", "import a", "a = 1"),
        ("import a\nx = 1\n", "1", "2"),
        ("x = 1\nimport a\n", "1", "2"),
        ("if c: import a\nx = 1\n", "import a", "import b\nimport d"),
    ],
)
def test_anything_else_is_unexplained(old: str, where: str, replacement: str) -> None:
    assert problem(old, where, replacement) != ""
