"""A package ``lib`` that goes to other places, and programs that use it, run for real."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from migrations import checks_of, migrate_files, migrate_tree
from relayout.migration import Migration
from relayout.planning.plan import Written
from workbench import Content, build_tree

_MODULE = "NAME = '{0}'\n\n\nclass Thing:\n    pass\n\n\ndef who():\n    return 'who ' + NAME\n"

LIBRARY: Mapping[str, str] = {
    "lib/__init__.py": "VERSION = '1'\n\n\ndef setup():\n    return 'setup'\n",
    "lib/alpha.py": _MODULE.format("alpha"),
    "lib/beta.py": _MODULE.format("beta"),
    "lib/deep/__init__.py": "LEVEL = 2\n",
    "lib/deep/leaf.py": "NAME = 'leaf'\n",
    "other/__init__.py": "",
    "other/one.py": "NAME = 'one'\n",
}

_WHOLE = {path: f"src/pipelines/{path}" for path in LIBRARY}

MOVES: Mapping[str, Mapping[str, str]] = {
    "whole": _WHOLE,
    "apart": {**_WHOLE, "lib/beta.py": "src/pipelines/second/beta.py"},
    "stays": {"lib/beta.py": "src/pipelines/beta.py"},
}
"""All goes to the package; ``beta`` goes elsewhere; ``lib`` stays and only ``beta`` goes."""


def printed(files: Mapping[str, Content], path: str) -> str:
    """Run a program of a tree and return what it prints, and how it fails if it does."""
    with TemporaryDirectory() as folder:
        build_tree(Path(folder), files)
        done = subprocess.run(
            [sys.executable, "-B", "-S", path],
            cwd=folder,
            env={"PYTHONPATH": "src"},
            capture_output=True,
            text=True,
            check=False,
            timeout=30,
        )
        return done.stdout + "".join(done.stderr.splitlines()[-1:])


def moved(
    code: str,
    how: str = "whole",
    files: Mapping[str, str] | None = None,
    moves: Mapping[str, str] | None = None,
) -> Migration:
    """Return the migration of the library and of ``main.py``, which stays in the root."""
    every = {**LIBRARY, **(files or {}), "main.py": code}
    return migrate_files(every, moves={**MOVES[how], **(moves or {})})


def program_after(
    code: str,
    how: str = "whole",
    files: Mapping[str, str] | None = None,
    moves: Mapping[str, str] | None = None,
) -> str:
    """Return ``main.py`` after a migration without findings about code, of which all is checked.

    It prints the same before and after, every check passes, and a second plan edits nothing.
    """
    migration = moved(code, how, files, moves)
    findings = [f for f in migration.plan.findings if f.code != "reference-not-followed"]
    assert not [finding.message for finding in findings]
    failed = {name: check.details for name, check in checks_of(migration).items()}
    assert not {n: d for n, d in failed.items() if d and n != "layout-rules"}
    assert not migrate_tree(migration.after, written=Written({})).plan.edits
    before, after = (
        {path: tree.read(path) for path in tree} for tree in (migration.before, migration.after)
    )
    output = printed(before, "main.py")
    assert "Error" not in output
    assert printed(after, "main.py") == output
    return after["main.py"].decode()
