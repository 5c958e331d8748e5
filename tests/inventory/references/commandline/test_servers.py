"""Servers and workers are told by options which module or file they load."""

from __future__ import annotations

import pytest

from relayout.inventory.references import read_references
from relayout.tree import Tree

FILES = {"meters/__init__.py": "", "meters/repo.py": "", "worker": ""}


@pytest.mark.parametrize(
    ("command", "named"),
    [
        ("dagster dev -m meters.repo", "meters.repo"),
        ("dagster dev -f meters/repo.py -a defs", "meters/repo.py"),
        ("dagster api grpc --module-name=meters.repo -p 1", "meters.repo"),
        ("dagster asset list --python-file=meters/repo.py", "meters/repo.py"),
        ("uv run dagster dev --package-name meters", "meters"),
        ("python -m dagster dev -m meters", "meters"),
        ("dagster-webserver -h 0.0.0.0 -m meters.repo", "meters.repo"),
        ("dagster-daemon run --module-name meters.repo", "meters.repo"),
        ("dagit -f meters/repo.py", "meters/repo.py"),
        ("gunicorn --bind=0.0.0.0:80 meters.repo:app", "meters.repo"),
        ("gunicorn --log-level=debug --chdir=. meters.repo:app", "meters.repo"),
    ],
)
def test_what_is_loaded_is_found(command: str, named: str) -> None:
    found = read_references("Makefile", Tree.of({**FILES, "Makefile": f"a:\n\t{command}\n"}))
    assert named in [reference.text for reference in found]


@pytest.mark.parametrize(
    "command",
    [
        "dagster job execute -j meters",
        "dagster dev --log-level meters",
        "rq worker meters_queue",
        "dagster asset materialize --select meters.readings",
    ],
)
def test_what_only_looks_like_it_is_no_module(command: str) -> None:
    found = read_references("Makefile", Tree.of({**FILES, "Makefile": f"a:\n\t{command}\n"}))
    assert [r for r in found if r.form.value == "module" and r.path == "meters/repo.py"] == []
