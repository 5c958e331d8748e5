r"""Expressions in strings with escapes follow as they are written there: ``"^a\\.py$"``."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
import tomllib
from hypothesis import given
from hypothesis import strategies as st

from references import followed
from relayout.inventory.references.path_patterns.escaped_strings import is_doubled, written_in
from relayout.inventory.references.path_patterns.regular_paths import regular_references
from relayout.tree import Tree

MOVES = {
    "utils/load.py": "src/pkg/utils/load.py",
    "utils/v1.2/x.sql": "src/pkg/utils/v1.2/x.sql",
}
PLACES = [
    ("pyproject.toml", '[tool.black]\nexclude = "{}"\n'),
    ("pyproject.toml", '[tool.mypy]\nexclude = ["{}"]\n'),
    (".pre-commit-config.yaml", 'exclude: "{}"\nrepos: []\n'),
    ("renovate.json", '{{"customManagers": [{{"managerFilePatterns": ["/{}/"]}}]}}\n'),
]


@pytest.mark.parametrize(("path", "text"), PLACES)
@pytest.mark.parametrize(
    ("before", "after"),
    [
        (r"^utils/load\\.py$", r"^src/pkg/utils/load\\.py$"),
        (r"^utils/load.py$", r"^src/pkg/utils/load.py$"),
        (r"^(a\\.b|utils/load\\.py)$", r"^(a\\.b|src/pkg/utils/load\\.py)$"),
        (r"^utils/v1\\.2/", r"^src/pkg/utils/v1\\.2/"),
    ],
)
def test_an_expression_follows(path: str, text: str, before: str, after: str) -> None:
    assert followed(path, text.format(before), MOVES) == (text.format(after), [])


def test_a_string_with_other_escapes_is_not_read() -> None:
    text = '[tool.black]\nexclude = "^utils/load\\\\.py\\u0024"\n'
    assert followed("pyproject.toml", text, MOVES)[0] == text


@given(st.lists(st.sampled_from(["^utils/load", r"\.", "py", ".", "$", "|", "(", ")", r"\w", "é"])))
def test_what_is_found_stands_where_it_is_said_to(parts: Iterable[str]) -> None:
    value = "".join(parts)
    written = value.replace("\\", "\\\\")
    assert is_doubled(written, value)
    assert tomllib.loads(f'a = "{written}"') == {"a": value}
    found = regular_references(value, "any", Tree.of(dict.fromkeys(MOVES, "")))
    for reference in written_in(found, value, 0):
        assert written[reference.start : reference.end] == reference.text
