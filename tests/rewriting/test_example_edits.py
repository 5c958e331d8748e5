"""Where an edit of a docstring's code goes in the file, and which cannot be made."""

from __future__ import annotations

import pytest

from relayout.inventory.docstring_code import docstrings, read_shown
from relayout.inventory.string_literals import read_literal
from relayout.rewriting.example_edits import place_edits
from relayout.source import Edit, NotPython, Source, apply_edits


def placed(text: str, *changes: tuple[str, str]) -> str | None:
    """Return a file after changes of the code in its docstring, None if they cannot be made."""
    source = Source(text, "utf-8", False)
    (docstring,) = docstrings(source.parse())
    (code,) = read_shown(docstring).code
    literal = read_literal(source, docstring)
    assert literal is not None
    edits = [
        Edit(code.text.index(old), code.text.index(old) + len(old), new, "import")
        for old, new in changes
    ]
    made = place_edits(code, literal, edits)
    if made is None:
        return None
    assert {edit.kind for edit in made} <= {"example"}
    return apply_edits(text, made)


@pytest.mark.parametrize(
    ("text", "changes", "after"),
    [
        ("'''>>> import a'''", [("a", "b")], "'''>>> import b'''"),
        (
            "'''>>> import a  # doctest: +SKIP'''",
            [("import a", "import b\nimport c\nimport d")],
            "'''>>> import b  # doctest: +SKIP\n>>> import c  # doctest: +SKIP\n"
            ">>> import d  # doctest: +SKIP'''",
        ),
        (
            "'''\n >>> from a import (b, # doctest: +SKIP\n ...   c)\n 1'''",
            [("a", "x"), ("c)", "c)\nfrom y import d")],
            "'''\n >>> from x import (b, # doctest: +SKIP\n ...   c)\n"
            " >>> from y import d  # doctest: +SKIP\n 1'''",
        ),
        (
            "'''\n  >>> from a import b\n  1'''",
            [("a import b", "x import (\n    b,\n)")],
            "'''\n  >>> from x import (\n  ...     b,\n  ... )\n  1'''",
        ),
        (
            "'''\n>>> import a\n1\n>>> import b\n2'''",
            [("import a", "import a\nimport x"), ("import b", "import b\nimport y")],
            "'''\n>>> import a\n>>> import x\n1\n>>> import b\n>>> import y\n2'''",
        ),
        (
            "'''::\n\n    if 1:\n        import a\n'''",
            [("import a", "import b\n    import c")],
            "'''::\n\n    if 1:\n        import b\n        import c\n'''",
        ),
        ("'\\\\\\n>>> import a'", [("a", "b\nimport c")], "'\\\\\\n>>> import b\\n>>> import c'"),
    ],
)
def test_edits_are_placed(text: str, changes: list[tuple[str, str]], after: str) -> None:
    assert placed(text, *changes) == after


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("r'>>> import a'", ("a", "b\nimport c")),
        ("'''>>> import a'''", ("a", "a  # '")),
        ("'''>>> import a'''", ("a", "a, \\\n    b")),
        ("'''\n>>> import a\n1\n>>> import b'''", ("import a\n", "")),
    ],
)
def test_edits_that_a_literal_cannot_hold(text: str, change: tuple[str, str]) -> None:
    assert placed(text, change) is None


def test_code_has_to_stay_code() -> None:
    with pytest.raises(NotPython):
        placed("'''>>> import a'''", ("a", "+"))
