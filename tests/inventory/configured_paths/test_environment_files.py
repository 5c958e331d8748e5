"""Environment files: one line of them, and nothing else."""

from __future__ import annotations

import pytest

from inventory.configured_paths.workspace import configuration, entries


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        (".env", "PYTHONPATH=lib\n", [(1, ("lib",), "")]),
        (".env", "A=1\nexport PYTHONPATH='./lib:src' # here\n", [(2, ("lib", "src"), "")]),
        (".env", b"A=\xff\r\nPYTHONPATH=lib\r\n", [(2, ("lib",), "")]),
        (".env.example", "PYTHONPATH=${PWD}/lib\n", [(1, ("lib",), "")]),
        (".envrc", "use flake\nexport PYTHONPATH=$PWD/lib:$PYTHONPATH\n", [(2, ("lib",), "")]),
        (
            "services/orders/.env",
            "PYTHONPATH=core\n",
            [(1, ("services/orders/core",), "services/orders")],
        ),
        (".env", "MY_PYTHONPATH=lib\n# PYTHONPATH=lib\n", []),
        ("settings.txt", "PYTHONPATH=lib\n", []),
    ],
)
def test_the_line_that_sets_it(path: str, text: str | bytes, expected: list[object]) -> None:
    assert entries(path, text) == expected


def test_no_other_line_is_kept() -> None:
    found = configuration(".env", "TOKEN=abc123\nPYTHONPATH=lib:$TOKEN\nKEY=xyz789\n")
    assert found.paths[0].folders == ("lib",)
    assert "abc123" not in repr(found)
    assert "xyz789" not in repr(found)
