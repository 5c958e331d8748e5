"""Paths of the host in compose files, and where the source of a volume ends."""

from __future__ import annotations

import pytest

from relayout.inventory.references.commandline.words import Word
from relayout.inventory.references.containers.host_paths import host_path, source_of
from relayout.inventory.references.reference import Base


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("./data", ("./data", "deploy/data", "")),
        ("../data", ("../data", "data", "")),
        (".", (".", "deploy", "")),
        ("${DATA:-./data}", ("./data", "deploy/data", "")),
        ("${PWD}/data", ("${PWD}/data", "deploy/data", "${PWD}/")),
        ("${ROOT:-.}/data", ("${ROOT:-.}/data", "deploy/data", "${ROOT:-.}/")),
        ("./data/${STAGE}", ("./data", "deploy/data", "")),
        ("../../data", None),
        ("/data", None),
        ("~/data", None),
        ("C:\\data", None),
        ("${DATA}", None),
        ("", None),
    ],
)
def test_what_a_text_names(text: str, expected: tuple[str, str, str] | None) -> None:
    found = list(host_path(Word(3, 3 + len(text), text), Base("deploy", of_file=True), "compose"))
    assert [(r.text, r.path, r.prefix) for r in found] == ([expected] if expected else [])
    assert all(text[r.start - 3 : r.end - 3] == r.text for r in found)


@pytest.mark.parametrize(
    ("volume", "source"),
    [
        ("./data:/data", "./data"),
        ("../a/b:/data:ro,z", "../a/b"),
        ("${DATA:-./data}:/data", "${DATA:-./data}"),
        ("$PWD:/app", "$PWD"),
        ("data:/data", ""),
        ("/srv/data:/data", ""),
        ("/data", ""),
        ("C:\\data:/data", ""),
        ("", ""),
    ],
)
def test_where_the_source_of_a_volume_ends(volume: str, source: str) -> None:
    assert volume[: source_of(volume)] == source
