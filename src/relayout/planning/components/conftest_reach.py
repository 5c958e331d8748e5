"""Which tests a ``conftest.py`` reaches: those below its folder, before and after the moves.

See https://docs.pytest.org/en/stable/how-to/fixtures.html#conftest-py-sharing-fixtures-across-multiple-files.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from posixpath import basename, dirname

from relayout.inventory import Inventory
from relayout.inventory.paths_of_tests import is_test
from relayout.inventory.search_paths import is_quarantined
from relayout.notebook import read_source
from relayout.planning.plan import Finding, Move
from relayout.source import NotPython
from relayout.tree import is_within

_NAME = "conftest.py"
_CODE = "conftest-reach"
_FOR_ALL = frozenset({"pytest_plugins", "collect_ignore", "collect_ignore_glob"})


def about_conftests(inventory: Inventory, moves: Iterable[Move]) -> list[Finding]:
    """Return a finding for each ``conftest.py`` that counts for other tests than before.

    More tests below it are told only where it does something to all of them. Never raises for what
    files contain.
    """
    targets = {move.source: move.target for move in moves}
    tests = [p for p in inventory.python if is_test(p) and basename(p) != _NAME]
    findings = []
    for path in sorted(p for p in inventory.python if basename(p) == _NAME):
        place = targets.get(path, path)
        if is_quarantined(place):
            continue
        before = {p for p in tests if is_within(p, dirname(path))}
        after = {p for p in tests if is_within(targets.get(p, p), dirname(place))}
        less, more = sorted(before - after), sorted(after - before)
        if less:
            message = f"it does not reach {_some(less)} any more, and what they need of it"
            advice = "Move it, or what they need of it, above them."
            findings.append(Finding(_CODE, place, 0, message, advice))
        if more and _acts_on_all(path, inventory):
            message = f"what it does to all tests, it does to {_some(more)} as well now"
            advice = "Run the tests; narrow its fixtures and hooks if they fail."
            findings.append(Finding(_CODE, place, 0, message, advice))
    return findings


def _some(paths: list[str]) -> str:
    rest = f" and {len(paths) - 1} more" if len(paths) > 1 else ""
    return f"{paths[0]}{rest}"


def _acts_on_all(path: str, inventory: Inventory) -> bool:
    """Tell whether a ``conftest.py`` does more than offer fixtures: hooks, plugins, code."""
    try:
        module = read_source(path, inventory.tree.read(path)).parse()
    except NotPython:
        return True
    return any(_is_for_all(node) for node in module.body)


def _is_for_all(node: ast.stmt) -> bool:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return node.name.startswith("pytest_") or any(map(_is_autouse, node.decorator_list))
    if isinstance(node, ast.Assign):
        names = {target.id for target in node.targets if isinstance(target, ast.Name)}
        return not names.isdisjoint(_FOR_ALL)
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        return not ast.unparse(node.value.func).startswith("sys.path.")
    return False


def _is_autouse(decorator: ast.expr) -> bool:
    return isinstance(decorator, ast.Call) and any(
        keyword.arg == "autouse"
        and not (isinstance(keyword.value, ast.Constant) and not keyword.value.value)
        for keyword in decorator.keywords
    )
