"""Makefiles and Procfiles."""

from __future__ import annotations

import pytest

from inventory.configured_paths.workspace import entries, started


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("export PYTHONPATH := $(CURDIR)/lib:$(PYTHONPATH)\n", [(1, ("lib",), "")]),
        ("export PYTHONPATH=$(shell pwd)/lib\n", [(1, ("lib",), "")]),
        ("PYTHONPATH ?= lib # where\n", [(1, ("lib",), "")]),
        ("LIB := $(CURDIR)/lib\nPYTHONPATH := $(LIB)\n", [(2, ("lib",), "")]),
        ("test: export PYTHONPATH = lib\n", [(1, ("lib",), "")]),
        ("run:\n\t@PYTHONPATH=$(PWD)/lib python jobs/load.py\n", [(2, ("lib",), "jobs/load.py")]),
        (
            "run:\n\tPYTHONPATH=$$PWD/lib:$$PYTHONPATH python jobs/load.py\n",
            [(2, ("lib",), "jobs/load.py")],
        ),
        ("run:\n\tcd jobs\n\tPYTHONPATH=lib python -c 1\n", [(3, ("lib",), "")]),
        ("export PYTHONPATH := $(ELSEWHERE)\n", [(1, None, "")]),
        ("unexport PYTHONPATH\n", []),
    ],
)
def test_what_a_makefile_puts_on_the_search_path(text: str, expected: list[object]) -> None:
    assert entries("Makefile", text) == expected


def test_a_makefile_runs_in_its_own_folder_and_speaks_for_it() -> None:
    text = "export PYTHONPATH := core:../../lib\nrun:\n\tpython -m app.main\n"
    found = entries("services/orders/Makefile", text)
    assert found == [(1, ("services/orders/core", "lib"), "services/orders")]
    [run] = started("services/orders/Makefile", text)
    assert run == (3, "services/orders/app/main.py", ("services/orders",))


def test_a_procfile() -> None:
    text = "web: gunicorn jobs.load:app\nworker: PYTHONPATH=lib python jobs/load.py\n"
    assert entries("Procfile", text) == [(2, ("lib",), "jobs/load.py")]
    assert [path for _, path, _ in started("Procfile", text)] == ["jobs/load.py"] * 2
