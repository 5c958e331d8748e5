"""What a top-level statement is for a module that may be split."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence
from typing import Literal

from relayout.inventory.statements import bodies
from relayout.source import dotted_name, last_name, nodes_in

Role = Literal[
    "header",
    "docstring",
    "future",
    "import",
    "block",
    "exports",
    "guard",
    "logger",
    "setting",
    "code",
    "acts",
    "tail",
]
"""``header`` and ``tail`` are comments at the ends of a file, ``block`` imports on conditions.

``logger`` is a statement that may be repeated by whoever needs it, ``setting`` one of the process
that says the same however often it runs; ``code`` binds names, ``acts`` does something else.
"""

_LOGGERS = frozenset(
    {"getLogger", "logging.getLogger", "get_dagster_logger", "dagster.get_dagster_logger"}
    | {"dg.get_dagster_logger", "structlog.get_logger", "get_logger"}
)
"""Calls that give the same logger, or one of the same settings, wherever they stand."""

_SETTINGS = frozenset(
    {"warnings.filterwarnings", "warnings.simplefilter", "filterwarnings", "simplefilter"}
    | {"logging.basicConfig", "load_dotenv", "dotenv.load_dotenv"}
)
"""Calls that change nothing when they are repeated.

https://docs.python.org/3/library/warnings.html#warnings.filterwarnings,
https://docs.python.org/3/library/logging.html#logging.basicConfig ("does nothing if the root logger
already has handlers"), https://saurabh-kumar.com/python-dotenv/ (what is set already stays).
"""

_SIMPLE = ast.Constant | ast.Name


def role_of(nodes: Sequence[ast.stmt], is_first: bool) -> Role:
    """Return the role of statements that share their lines."""
    first = nodes[0]
    if is_first and len(nodes) == 1 and is_text(first):
        return "docstring"
    if all(isinstance(node, ast.Import | ast.ImportFrom) for node in nodes):
        is_future = isinstance(first, ast.ImportFrom) and first.module == "__future__"
        return "future" if is_future else "import"
    if len(nodes) == 1:
        role = _role_of_one(first)
        if role is not None:
            return role
    return "code" if all(map(_defines, nodes)) else "acts"


def changed_name(node: ast.stmt) -> str:
    """Return the name whose value a statement changes in place, or an empty string.

    It is that of ``name.append(..)``, of ``name[..] = ..`` and of ``name.attribute = ..``.
    """
    target: ast.expr | None = None
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        target = node.value.func if isinstance(node.value.func, ast.Attribute) else None
    elif isinstance(node, ast.Assign) and len(node.targets) == 1:
        target = node.targets[0]
    elif isinstance(node, ast.AugAssign):
        target = node.target
    if not isinstance(target, ast.Attribute | ast.Subscript):
        return ""
    while isinstance(target, ast.Attribute | ast.Subscript):
        target = target.value
    return target.id if isinstance(target, ast.Name) else ""


def exported_names(node: ast.stmt) -> list[ast.Constant] | None:
    """Return the strings in a literal ``__all__ = [..]``, or None if it is something else."""
    value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
    if not isinstance(value, ast.List | ast.Tuple) or not _binds_exports(node):
        return None
    names = [item for item in value.elts if isinstance(item, ast.Constant)]
    if len(names) != len(value.elts) or not all(isinstance(n.value, str) for n in names):
        return None
    return names


def _role_of_one(node: ast.stmt) -> Role | None:
    if _binds_exports(node):
        return "exports" if exported_names(node) is not None else "acts"
    if _is_guard(node):
        return "guard"
    if isinstance(node, ast.If | ast.Try) and (_imports_only(node) or is_for_types(node)):
        return "block"
    if isinstance(node, ast.Expr) and _is_call(node.value, _SETTINGS):
        return "setting"
    if isinstance(node, ast.Assign) and all(isinstance(t, ast.Name) for t in node.targets):
        if _is_call(node.value, _LOGGERS):
            return "logger"
    return None


def _binds_exports(node: ast.stmt) -> bool:
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    return any(isinstance(target, ast.Name) and target.id == "__all__" for target in targets)


def is_text(node: ast.stmt) -> bool:
    """Tell whether a statement is a string and nothing else."""
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def _is_guard(node: ast.stmt) -> bool:
    if not isinstance(node, ast.If) or node.orelse or not isinstance(node.test, ast.Compare):
        return False
    sides = [node.test.left, *node.test.comparators]
    has_name = any(isinstance(side, ast.Name) and side.id == "__name__" for side in sides)
    return has_name and any(
        isinstance(side, ast.Constant) and side.value == "__main__" for side in sides
    )


def _is_call(value: ast.expr, names: frozenset[str]) -> bool:
    """Tell whether a value is a call of one of these, with nothing but constants and names."""
    if not isinstance(value, ast.Call) or dotted_name(value.func) not in names:
        return False
    arguments = [*value.args, *(keyword.value for keyword in value.keywords)]
    return all(isinstance(a, _SIMPLE) or dotted_name(a) for a in arguments)


def leaves(node: ast.stmt) -> Iterator[ast.stmt]:
    """Yield the statements inside of ``if`` and ``try`` that are neither."""
    pending = [node]
    while pending:
        statement = pending.pop()
        if isinstance(statement, ast.If | ast.Try):
            pending.extend([inner for body in bodies(statement) for inner in body])
        else:
            yield statement


def is_for_types(node: ast.stmt) -> bool:
    """Tell whether a block is for type checkers alone: ``if TYPE_CHECKING:`` (PEP 484)."""
    return isinstance(node, ast.If) and not node.orelse and last_name(node.test) == "TYPE_CHECKING"


def names_on_all_paths(body: Sequence[ast.stmt], bound: Callable[[ast.stmt], set[str]]) -> set[str]:
    """Return the names that statements bind whichever way they are run.

    ``bound`` gives those of a statement that is neither ``if`` nor ``try``.
    """
    found: set[str] = set()
    for node in body:
        if isinstance(node, ast.If):
            found |= set.intersection(*(names_on_all_paths(arm, bound) for arm in _arms(node)))
        elif isinstance(node, ast.Try):
            whole = names_on_all_paths([*node.body, *node.orelse], bound)
            for handler in node.handlers:
                if not any(isinstance(s, ast.Raise) for s in handler.body):
                    whole &= names_on_all_paths(handler.body, bound)
            found |= whole | names_on_all_paths(node.finalbody, bound)
        else:
            found |= bound(node)
    return found


def _arms(node: ast.If) -> Iterator[list[ast.stmt]]:
    """Yield what an ``if`` may run: its body, those of each ``elif``, and what is left at last.

    A chain of ``elif`` may be longer than Python's stack is deep.
    """
    yield node.body
    while len(node.orelse) == 1 and isinstance(node.orelse[0], ast.If):
        node = node.orelse[0]
        yield node.body
    yield node.orelse


def _imports_only(node: ast.stmt) -> bool:
    """Tell whether a block has imports, and beside them only what stands in for them."""
    has_import = False
    for leaf in leaves(node):
        if isinstance(leaf, ast.Import | ast.ImportFrom):
            has_import = True
        elif isinstance(leaf, ast.Assign):
            if not isinstance(leaf.value, _SIMPLE):
                return False
            if not all(isinstance(target, ast.Name) for target in leaf.targets):
                return False
        elif not isinstance(leaf, ast.Pass | ast.Raise) and not is_text(leaf):
            return False
    return has_import


def _defines(node: ast.stmt) -> bool:
    """Tell whether all that a statement does is to give values to names of the module."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Pass):
        return True
    if isinstance(node, ast.If | ast.Try):
        return all(_defines(leaf) for leaf in leaves(node))
    if isinstance(node, ast.Import | ast.ImportFrom) or type(node).__name__ == "TypeAlias":
        return True
    if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        return bool(changed_name(node)) or all(map(_is_names, targets))
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant) or bool(changed_name(node))
    return False


def _is_names(target: ast.expr) -> bool:
    """Tell whether a target of an assignment is a name, or names in brackets."""
    return all(
        isinstance(node, ast.Name | ast.Tuple | ast.List | ast.Starred) for node in nodes_in(target)
    )
