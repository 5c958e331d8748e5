"""What a tool left behind: files it changed, files that do not parse, imports of what is gone."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Collection, Iterator
from pathlib import Path

from choice import ModuleMove


def describe(before: Path, after: Path, moves: Collection[ModuleMove]) -> str:
    """Return a sentence about the files of a folder after some moves."""
    targets = {move.source: move.target for move in moves}
    gone = {move.old_name for move in moves}
    changed = unparsable = stale = 0
    for path in sorted(before.rglob("*.py")):
        name = path.relative_to(before).as_posix()
        old, new = path.read_bytes(), (after / targets.get(name, name)).read_bytes()
        changed += old != new
        module = _parsed(new)
        if module is None:
            unparsable += _parsed(old) is not None
            continue
        stale += not gone.isdisjoint(_imported(module, targets.get(name, name)))
    broken = f", {unparsable} files broken" if unparsable else ""
    left = f", {stale} files still import what is gone" if stale else ""
    return f"{changed} files changed{broken}{left}"


def _parsed(content: bytes) -> ast.Module | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return ast.parse(content)
        except (SyntaxError, ValueError):
            return None


def _imported(module: ast.Module, path: str) -> Iterator[str]:
    """Yield the dotted names that a file's import statements may need as modules."""
    package = path.removesuffix(".py").split("/")[:-1]
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)
