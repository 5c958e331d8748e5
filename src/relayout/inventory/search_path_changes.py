"""Which statements change the search path, and the expression of what they add.

Recognised are the methods of ``sys.path`` that change it, assignments to it or to a part of it,
``site.addsitedir``, and the environment variable ``PYTHONPATH``
(https://docs.python.org/3/library/sys.html#sys.path,
https://docs.python.org/3/using/cmdline.html#envvar-PYTHONPATH).
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from relayout.inventory.assignments import own_expressions
from relayout.inventory.library_names import LibraryNames

_VARIABLE = "PYTHONPATH"

_ADDERS = {
    "sys.path.insert": (1, "front"),
    "sys.path.append": (0, "back"),
    "sys.path.extend": (0, "back"),
    "site.addsitedir": (0, "back"),
}
_REMOVERS = frozenset(
    {"sys.path.pop", "sys.path.remove", "sys.path.reverse", "sys.path.clear", "sys.path.sort"}
)
_METHODS = frozenset(_ADDERS) | _REMOVERS | {"sys.path.__iadd__", "sys.path.__setitem__"}
_VARIABLE_SETTERS = frozenset({"os.environ.setdefault", "os.putenv", "os.environ.__setitem__"})
_VARIABLE_REMOVERS = frozenset({"os.environ.pop", "os.unsetenv"})
_VARIABLE_CHANGERS = _VARIABLE_REMOVERS | {"os.environ.update"}


@dataclass(frozen=True, slots=True)
class Change:
    """What a statement does to the search path.

    ``expression`` is what it adds: an entry, a list of entries, or, if ``is_text``, entries in one
    text. It is None if nothing is added (``where`` is ``none`` then), or if the statement does more
    than can be told apart. Else ``where`` is ``front``, ``second`` (behind the first entry, which
    is the folder of a script) or ``back``.
    """

    expression: ast.expr | None
    where: str
    is_text: bool = False


_UNCLEAR = Change(None, "front")
_TAKES_AWAY = Change(None, "none")


def search_path_change(names: LibraryNames, node: ast.stmt) -> Change | None:
    """Return what a statement itself does to the search path, or None if it leaves it alone."""
    change: Change | None = None
    if isinstance(node, ast.Expr):
        change = _of_expression(names, node.value)
    elif isinstance(node, ast.AugAssign):
        change = _of_augmentation(names, node)
    elif isinstance(node, ast.Assign):
        change = _of_assignment(names, node)
    elif isinstance(node, ast.Delete):
        change = _of_deletion(names, node)
    if change is None and _changes_somewhere(names, node):
        return _UNCLEAR
    return change


def _is_search_path(names: LibraryNames, node: ast.expr) -> bool:
    if isinstance(node, ast.Subscript):
        return names.qualified(node.value) == "sys.path"
    return names.qualified(node) == "sys.path"


def _is_variable(names: LibraryNames, node: ast.expr) -> bool:
    return (
        isinstance(node, ast.Subscript)
        and names.qualified(node.value) == "os.environ"
        and _says_variable(node.slice)
    )


def _says_variable(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Constant) and node.value == _VARIABLE


def _of_expression(names: LibraryNames, node: ast.expr) -> Change | None:
    if isinstance(node, ast.Call):
        return _of_call(names, node)
    if isinstance(node, ast.ListComp | ast.SetComp):
        each = _of_expression(names, node.elt)
        if each is None or each.expression is None or each.is_text:
            return each
        if _is_extension(names, node.elt):
            return _UNCLEAR
        return Change(ast.ListComp(each.expression, node.generators), each.where)
    if isinstance(node, ast.BoolOp):
        return _of_expression(names, node.values[-1])
    if isinstance(node, ast.IfExp):
        changes = [_of_expression(names, part) for part in (node.body, node.orelse)]
        found = [change for change in changes if change is not None]
        return found[0] if len(found) == 1 else None
    return None


def _is_behind_first(position: ast.expr | None) -> bool:
    """Tell whether a position lets the first entry, a script's own folder, stay the first."""
    return isinstance(position, ast.Constant) and position.value not in (0, None)


def _is_extension(names: LibraryNames, node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and names.qualified(node.func) == "sys.path.extend"


def _of_call(names: LibraryNames, node: ast.Call) -> Change | None:
    name = names.qualified(node.func)
    if name in _REMOVERS:
        return _TAKES_AWAY
    if name in _ADDERS:
        position, where = _ADDERS[name]
        given = [*node.args, *(keyword.value for keyword in node.keywords)]
        if position and _is_behind_first(given[0]):
            where = "second"
        return Change(given[position] if len(given) > position else None, where)
    says_variable = bool(node.args) and _says_variable(node.args[0])
    if name in _VARIABLE_SETTERS and says_variable and len(node.args) == 2:
        return Change(node.args[1], "front", is_text=True)
    if name in _VARIABLE_REMOVERS and says_variable:
        return _TAKES_AWAY
    if name == "os.environ.update":
        return _of_update(node)
    if name == "exec" and any(_names_search_path(argument) for argument in node.args):
        return _UNCLEAR
    return None


def changes_search_path(names: LibraryNames, node: ast.Call) -> bool:
    """Tell whether a call is one of a function that changes the search path, or its variable."""
    name = names.qualified(node.func)
    return name in _METHODS or name in _VARIABLE_SETTERS or name in _VARIABLE_CHANGERS


def _of_update(node: ast.Call) -> Change | None:
    """Return what ``os.environ.update`` does; with other variables in it, it cannot go."""
    given: list[tuple[ast.expr | str | None, ast.expr]] = [(k.arg, k.value) for k in node.keywords]
    for argument in node.args:
        if isinstance(argument, ast.Dict):
            given += zip(argument.keys, argument.values, strict=True)
    values = [
        value
        for key, value in given
        if key == _VARIABLE or (isinstance(key, ast.expr) and _says_variable(key))
    ]
    if not values:
        return None
    return Change(values[0], "front", is_text=True) if len(given) == 1 else _UNCLEAR


def _names_search_path(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and "sys.path" in str(node.value)


def _of_augmentation(names: LibraryNames, node: ast.AugAssign) -> Change | None:
    if _is_variable(names, node.target):
        return Change(node.value, "back", is_text=True)
    if _is_search_path(names, node.target):
        return Change(node.value, "back") if isinstance(node.op, ast.Add) else _UNCLEAR
    return None


def _of_assignment(names: LibraryNames, node: ast.Assign) -> Change | None:
    parts = [part for target in node.targets for part in _parts(target)]
    variable = any(_is_variable(names, part) for part in parts)
    if not variable and not any(_is_search_path(names, p) for p in parts if not _is_name(p)):
        return None
    if len(parts) > 1:
        return _UNCLEAR
    part = parts[0].slice if isinstance(parts[0], ast.Subscript) else None
    behind = isinstance(part, ast.Slice) and _is_behind_first(part.lower)
    return Change(node.value, "second" if behind else "front", is_text=variable)


def _is_name(node: ast.expr) -> bool:
    """Tell whether a target is a plain name: giving it another value changes no search path."""
    return isinstance(node, ast.Name)


def _of_deletion(names: LibraryNames, node: ast.Delete) -> Change | None:
    gone = [
        isinstance(target, ast.Subscript)
        and (_is_search_path(names, target) or _is_variable(names, target))
        for target in node.targets
    ]
    if not any(gone):
        return None
    return _TAKES_AWAY if all(gone) else _UNCLEAR


def _parts(target: ast.expr) -> Iterator[ast.expr]:
    if isinstance(target, ast.Tuple | ast.List):
        for part in target.elts:
            yield from _parts(part)
    else:
        yield target


def _changes_somewhere(names: LibraryNames, node: ast.stmt) -> bool:
    """Tell whether the search path is changed deep in an expression of a statement."""
    for expression in own_expressions(node):
        for inner in ast.walk(expression):
            if isinstance(inner, ast.Attribute | ast.Name) and _is_method(names, inner):
                return not _only_names_it(node, inner)
    return False


def _is_method(names: LibraryNames, node: ast.Attribute | ast.Name) -> bool:
    if isinstance(node.ctx, ast.Store):
        return isinstance(node, ast.Attribute) and names.qualified(node) == "sys.path"
    return names.qualified(node) in _METHODS


def _only_names_it(node: ast.stmt, method: ast.expr) -> bool:
    """Recognise ``add = sys.path.append``, which changes nothing as yet."""
    return isinstance(node, ast.Assign) and node.value is method
