"""Console scripts that are called otherwise: where they are declared, and where they are typed."""

from __future__ import annotations

import pytest

from relayout.evolution.command_names import rename_commands
from relayout.tree import Tree


def renamed(path: str, text: str, old: str, new: str) -> str:
    return rename_commands(Tree.of({path: text}), {old: new}).read(path).decode()


def test_a_declared_command_has_the_new_name() -> None:
    text = '[project.scripts]\nload-orders = "shop.load:main"  # daily\nother = "shop:other"\n'
    assert renamed("pyproject.toml", text, "load-orders", "orders") == (
        '[project.scripts]\norders = "shop.load:main"  # daily\nother = "shop:other"\n'
    )


@pytest.mark.parametrize(
    ("path", "text", "result"),
    [
        ("Makefile", "a:\n\tuv run load-orders --x\n", "a:\n\tuv run orders --x\n"),
        ("ci.yml", "run: .venv/bin/load-orders\n", "run: .venv/bin/orders\n"),
        ("Dockerfile", 'CMD ["load-orders"]\n', 'CMD ["orders"]\n'),
        ("docs/a.md", "Run `load-orders`.\n", "Run `orders`.\n"),
        ("a.sh", "load-orders-all; ./load-orders\n", "load-orders-all; ./load-orders\n"),
        ("a.sh", "cat load-orders/x load-orders.toml\n", "cat load-orders/x load-orders.toml\n"),
        ("a.py", "NAME = 'load-orders'\n", "NAME = 'load-orders'\n"),
    ],
)
def test_a_command_is_called_by_its_new_name(path: str, text: str, result: str) -> None:
    assert renamed(path, text, "load-orders", "orders") == result


def test_one_word_is_a_command_only_behind_what_starts_commands() -> None:
    text = "run:\n\tuv run load\n\tload the truck\n"
    assert (
        renamed("Makefile", text, "load", "orders") == "run:\n\tuv run orders\n\tload the truck\n"
    )


def test_one_word_is_a_command_where_it_is_declared() -> None:
    text = '[project]\nload = 1\n\n[project.scripts]\n"load" = "shop.load:main"\n'
    result = renamed("pyproject.toml", text, "load", "orders")
    assert result == text.replace('"load" =', '"orders" =')
