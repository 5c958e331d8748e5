"""What is known of an expression that hands over a name: its text, up to where that is known.

Followed are concatenations, formatting, conditions, and variables of which every binding in the
file is a literal, or a loop over literals.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

NAME = r"[^\W\d]\w*"
"""A pattern for a name of Python."""
FORM = re.compile(rf"(?:ext://)?{NAME}(?:(?:\.{NAME})+|(?:\.{NAME})*:{NAME}(?:\.{NAME})*)")
"""A dotted name, or an entry point: ``a.b``, ``a.b:c.d``, ``ext://a.b``."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The text of an expression, and the literal that it begins in with that literal's own text.

    If it ``is_open``, more follows when the program runs. If it ``is_shared``, the file uses the
    variable that holds it for something else, too.
    """

    node: ast.Constant | ast.JoinedStr
    own: str
    text: str
    is_open: bool = False
    is_shared: bool = False


@dataclass
class _Variable:
    """What a file does with a name: the values of its bindings, and how it is used."""

    values: list[ast.expr] = field(default_factory=list)
    understood: int = 0
    bindings: int = 0
    is_shared: bool = False


def is_dotted_name(text: str) -> bool:
    """Tell whether a text has the form of a dotted name, and not of a file's name."""
    return bool(FORM.fullmatch(text)) and not text.endswith(".py")


class Readings:
    """Reads expressions of one file.

    ``arguments`` are all expressions that are read: a variable that is only used in them is not
    shared.
    """

    def __init__(self, nodes: Sequence[ast.AST], arguments: Sequence[ast.expr]) -> None:
        self._nodes = nodes
        self._arguments = arguments
        self._variables: dict[str, _Variable] | None = None

    def of(self, node: ast.expr) -> list[Reading]:
        """Return what the text of an expression may be; nothing if it cannot be told."""
        return self._readings(node)

    def _readings(self, node: ast.expr, follow: bool = True) -> list[Reading]:
        if isinstance(node, ast.Constant):
            return [Reading(node, node.value, node.value)] if isinstance(node.value, str) else []
        if isinstance(node, ast.JoinedStr):
            return self._of_joined(node, follow)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            return self._joined_to(self._readings(node.left, follow), [node.right])
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod):
            return [_until(r, "%") for r in self._readings(node.left, follow=False)]
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr == "format":
                return [_until(r, "{") for r in self._readings(node.func.value, follow=False)]
            return []
        if isinstance(node, ast.IfExp):
            return [*self._readings(node.body, follow), *self._readings(node.orelse, follow)]
        if isinstance(node, ast.BoolOp):
            return [r for value in node.values for r in self._readings(value, follow)]
        return self._of_name(node) if follow and isinstance(node, ast.Name) else []

    def _of_joined(self, node: ast.JoinedStr, follow: bool) -> list[Reading]:
        if not node.values:
            return []
        first, *rest = node.values
        if isinstance(first, ast.Constant) and isinstance(first.value, str):
            return self._joined_to([Reading(node, first.value, first.value)], rest)
        if isinstance(first, ast.FormattedValue) and not first.format_spec:
            if first.conversion == -1:
                return self._joined_to(self._readings(first.value, follow), rest)
        return []

    def _joined_to(self, begun: list[Reading], rest: Sequence[ast.expr]) -> list[Reading]:
        """Return readings with what follows them, as far as that is known."""
        for part in rest:
            known = part.value if isinstance(part, ast.Constant) else None
            begun = [
                r
                if r.is_open
                else replace(r, text=r.text + known)
                if isinstance(known, str)
                else replace(r, is_open=True)
                for r in begun
            ]
        return begun

    def _of_name(self, name: ast.Name) -> list[Reading]:
        """Return what a variable holds, if every binding of it in the file is understood."""
        if self._variables is None:
            self._variables = self._read_variables()
        variable = self._variables.get(name.id)
        if variable is None or not variable.understood == variable.bindings > 0:
            return []
        return [
            replace(r, is_shared=variable.is_shared and (r.is_open or not is_dotted_name(r.own)))
            for value in variable.values
            for r in self._readings(value, follow=False)
        ]

    def _read_variables(self) -> dict[str, _Variable]:
        in_arguments = {
            id(n) for e in self._arguments for n in ast.walk(e) if isinstance(n, ast.Name)
        }
        found: dict[str, _Variable] = {}
        for node in self._nodes:
            if isinstance(node, ast.Name):
                variable = found.setdefault(node.id, _Variable())
                if not isinstance(node.ctx, ast.Load):
                    variable.bindings += 1
                elif id(node) not in in_arguments:
                    variable.is_shared = True
            elif isinstance(node, ast.arg):
                found.setdefault(node.arg, _Variable()).bindings += 1
            else:
                name, values = _bound_values(node)
                if name:
                    variable = found.setdefault(name, _Variable())
                    variable.understood += 1
                    variable.values += values
        return found


def _until(reading: Reading, mark: str) -> Reading:
    text, found, _ = reading.text.partition(mark)
    return replace(reading, text=text, own=text, is_open=reading.is_open or bool(found))


def _bound_values(node: ast.AST) -> tuple[str, list[ast.expr]]:
    """Return (a name, the expressions that a node binds it to) if its form tells; else nothing."""
    target: ast.expr | None = None
    values: list[ast.expr] = []
    if isinstance(node, ast.Assign) and len(node.targets) == 1:
        target, values = node.targets[0], [node.value]
    elif isinstance(node, ast.AnnAssign) and node.value is not None:
        target, values = node.target, [node.value]
    elif isinstance(node, ast.For | ast.comprehension):
        if isinstance(node.iter, ast.List | ast.Tuple | ast.Set):
            target, values = node.target, node.iter.elts
    return (target.id, values) if isinstance(target, ast.Name) else ("", [])
