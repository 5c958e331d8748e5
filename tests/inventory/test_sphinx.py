"""Sphinx's configuration is known by its name and its settings."""

import ast

import pytest

from relayout.inventory.sphinx import is_sphinx_configuration, sphinx_extensions


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("docs/conf.py", "extensions = []", True),
        ("docs/conf.py", "html_theme: str = 'furo'", True),
        ("conf.py", "extensions += ['a']", True),
        ("shop/conf.py", "DEBUG = True", False),
        ("docs/settings.py", "extensions = []", False),
    ],
)
def test_configuration(path: str, text: str, expected: bool) -> None:
    assert is_sphinx_configuration(path, ast.parse(text)) is expected


def test_extensions_are_those_assigned_and_those_added() -> None:
    text = 'extensions = ["a", "b.c"]\nif x:\n    extensions.append("d")\nextensions += ["e"]\n'
    assert sphinx_extensions(ast.parse(text + 'other = ["f"]')) == {"a", "b.c", "d", "e"}
