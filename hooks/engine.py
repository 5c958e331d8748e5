"""How the hooks start the engine: in the suite's own version, in whatever environment is there."""

from __future__ import annotations

import importlib.metadata
import os
import re
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

SUITE = Path(__file__).resolve().parent.parent
REFUSED = 2


def suite_version() -> str:
    """Return the version of the engine that this suite belongs to."""
    text = (SUITE / "src" / "relayout" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'__version__ = "([^"]+)"', text)
    return found.group(1) if found else ""


def find_engine() -> Sequence[str] | None:
    """Return the command of the engine in the suite's own version, or None."""
    try:
        if importlib.metadata.version("relayout") == suite_version():
            return [sys.executable, "-m", "relayout"]
    except importlib.metadata.PackageNotFoundError:
        pass
    uv = shutil.which("uv")
    return [uv, "tool", "run", "--quiet", "--from", os.fspath(SUITE), "relayout"] if uv else None


def refuse(problem: str, *hints: str) -> int:
    """Print an error with what to do next; return the exit status of a refusal."""
    print("\n".join([f"error: {problem}", *(f"  {hint}" for hint in hints)]), file=sys.stderr)
    return REFUSED
