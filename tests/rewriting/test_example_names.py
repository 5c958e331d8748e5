"""What became of the names that the ``import a.b`` statements of a module bound."""

from __future__ import annotations

import pytest

from relayout.rewriting.example_names import ModuleBindings
from relayout.source import Edit, Source, apply_edits

NEW = {"a.b": "p.b", "a.c": "p.c", "k.l": "k.l"}


def followed(statement: str, rewritten: str, code: str) -> tuple[str, list[int]]:
    """Return what becomes of code that uses a module's names, and the lines that are lost."""
    text = f"{statement}\n"
    source = Source(text, "utf-8", False)
    edits = [Edit(0, len(statement), rewritten, "import")] if rewritten != statement else []
    names = ModuleBindings(source, source.parse(), edits, NEW.get)
    example = Source(code, "utf-8", False)
    found, lost = names.follow(example, example.parse())
    return apply_edits(code, found), [line for line, _ in lost]


@pytest.mark.parametrize(
    ("statement", "rewritten", "code", "after"),
    [
        ("import a.b", "import p.b", "a.b.f(a.b)", "p.b.f(p.b)"),
        ("import a.b", "import p.b as b", "a.b.f()", "b.f()"),
        ("import a.b, a.c", "import p.b\nimport p.c", "a.b, a.c", "p.b, p.c"),
        ("import a.b", "import p.b\nfrom p import b as a", "a.b", "a.b"),
        ("import a.b", "import a.b", "a.b", "a.b"),
        ("import a.b as a", "import p.b as a", "a.b", "a.b"),
        ("import k.l, a.b", "import k.l\nimport p.b", "k.l, a.b", "k.l, p.b"),
        ("import a.b", "import p.b", "a = 1\na.b", "a = 1\na.b"),
        ("import a.b", "import p.b", "import a\na.b", "import a\na.b"),
        ("import a.b", "import p.b", "x.a.b, b.a", "x.a.b, b.a"),
    ],
)
def test_names_are_followed(statement: str, rewritten: str, code: str, after: str) -> None:
    assert followed(statement, rewritten, code) == (after, [])


@pytest.mark.parametrize("code", ["a", "f(a)", "a.d", "del a"])
def test_names_that_cannot_be_followed_are_lost(code: str) -> None:
    assert followed("import a.b", "import p.b", f"a.b\n{code}") == (f"p.b\n{code}", [2])
