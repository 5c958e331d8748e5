"""A new path is written as the old one was, or not at all."""

from __future__ import annotations

import ast

import pytest

from relayout.inventory.path_readings import Written
from relayout.rewriting.literal_parts import part_of_literal
from relayout.source import Edit, Source, apply_edits


def replaced(literal: str, old: str, new: str = "x/y") -> str | None:
    source = Source(f"f({literal})", "utf-8", False)
    node = source.parse().body[0].value.args[0]  # type: ignore[attr-defined]
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    own = next(p.value for p in parts if isinstance(p, ast.Constant) and old in p.value)
    written = Written(own.index(old), old.replace("\\", "/"), "\\" in old)
    part = part_of_literal(source, node, own, written, new)
    return None if part is None else apply_edits(source.text, [Edit(*part, "")])[2:-1]


@pytest.mark.parametrize(
    ("literal", "old", "expected"),
    [
        ("'a/b'", "a/b", "'x/y'"),
        ('"""./a/b"""', "a/b", '"""./x/y"""'),
        ("r'a/b'", "a/b", "r'x/y'"),
        ("'a\\\\b'", "a\\b", "'x\\\\y'"),
        ("r'a\\b'", "a\\b", "r'x\\y'"),
        ("'\\x61/b/'", "a/b", "'x/y/'"),
        ("f'a/b/{c}'", "a/b", "f'x/y/{c}'"),
        ("f'{c}/a/b/{d}'", "a/b", "f'{c}/x/y/{d}'"),
        ("f'a/{b}/a/'", "a", "f'x/y/{b}/a/'"),
        ("f'{c}/a/{d}/a/'", "a", None),
        ("'a/' 'b'", "a/b", None),
        ("f'\\x61/{b}'", "a", None),
    ],
)
def test_where_a_path_is_written(literal: str, old: str, expected: str | None) -> None:
    assert replaced(literal, old) == expected


@pytest.mark.parametrize("new", ["it's", 'a"b', "a{b}", "100%", "a\\b", "a\nb", ""])
def test_what_a_literal_cannot_hold(new: str) -> None:
    assert replaced("'a/b'", "a/b", new) is None
