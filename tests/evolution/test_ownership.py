"""Whether a file was made from the template's, or has only its path in common."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relayout.evolution.ownership import is_own_file

TEMPLATE = b"""\
.PHONY: setup test lint

setup:
\tuv sync --all-groups

test: setup
\tuv run pytest

lint: setup
\tuv run ruff check .
\tuv run mypy
"""
OWN = b"""\
IMAGE ?= registry/etl:latest

build:
\tdocker build -t $(IMAGE) .

push: build
\tdocker push $(IMAGE)

deploy: push
\tkubectl apply -f deploy.yml
"""


@pytest.mark.parametrize(
    ("ours", "is_own"),
    [
        (TEMPLATE, False),
        (OWN, True),
        (TEMPLATE.replace(b"\n", b"\r\n"), False),
        (TEMPLATE.replace(b"uv run pytest", b"uv run pytest -x --cov"), False),
        (TEMPLATE + OWN * 5, False),
        (TEMPLATE[: len(TEMPLATE) // 2], False),
        (b"\n".join(reversed(TEMPLATE.split(b"\n"))), False),
        (b"", False),
    ],
    ids=["same", "own", "CRLF", "one line", "grown", "half", "sorted anew", "emptied"],
)
def test_a_file_is_the_templates_if_half_of_the_smaller_is_shared(
    ours: bytes, is_own: bool
) -> None:
    assert is_own_file(TEMPLATE, ours) is is_own
    assert is_own_file(ours, TEMPLATE) is is_own


@pytest.mark.parametrize(
    ("base", "ours", "is_own"),
    [
        (b"", b"from .load import load\n" * 9, False),
        (b"3.11\n", b"3.12\n", False),
        (b'"""Loading."""\n', b'"""How orders get in."""\n', False),
        (b"# shop\n\nA description.\n", OWN, True),
    ],
    ids=["an empty __init__.py", "a version", "a docstring", "a short one and a long one"],
)
def test_a_short_file_that_stays_short_was_edited(base: bytes, ours: bytes, is_own: bool) -> None:
    assert is_own_file(base, ours) is is_own


@given(st.binary(max_size=300), st.binary(max_size=300))
def test_what_was_added_before_or_after_makes_no_file_another(content: bytes, more: bytes) -> None:
    assert not is_own_file(content, content)
    assert not is_own_file(content + b"\n", content + b"\n" + more)
