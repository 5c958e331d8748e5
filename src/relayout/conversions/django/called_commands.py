"""Commands that code calls by name, with ``call_command``.

The support finds a command by the name of its module in ``cli``. A name that has changed on the way
is followed; what is no command of the project, or cannot be read off the code, is a finding.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from relayout.conversions.django.management_imports import KIND
from relayout.inventory.django.names import django_names, dotted_origin
from relayout.planning.plan import Finding
from relayout.rewriting.scopes import Scope, Scopes
from relayout.source import Edit, Source, code_of, last_name, nodes_of

CALLERS = frozenset(
    {"django.core.management.call_command", "django.core.management.base.call_command"}
)
_CODE = "django-command-called"


@dataclass(slots=True)
class CalledCommands:
    """The edits of names in one file, and the calls that need something else."""

    edits: list[Edit] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


class CallReader:
    """Reads the calls of commands in one file, which is at ``new_path`` afterwards.

    ``names`` are the project's commands: what ``manage.py`` calls each, and what the support does.
    An empty name is that of a command that still needs Django.
    """

    def __init__(
        self, source: Source, module: ast.Module, new_path: str, names: Mapping[str, str]
    ) -> None:
        self._source = source
        self._module = module
        self._new_path = new_path
        self._names = names
        self._made = CalledCommands()

    def read(self, scopes: Scopes) -> CalledCommands:
        """Return what becomes of the calls."""
        calls = list(_calls(self._module))
        if not calls:
            return self._made
        variables = _Variables(self._module, scopes)
        known: dict[int, ast.Constant] = {}
        for argument in calls:
            literals = variables.literals(argument)
            if literals is not None:
                known |= {id(literal): literal for literal in literals}
            elif not _is_command(argument):
                message = f"the command that is called is computed: {code_of(argument)}"
                advice = "It works for a command of this package; any other name is unknown now."
                finding = Finding(_CODE, self._new_path, argument.lineno, message, advice)
                self._made.findings.append(finding)
        for literal in known.values():
            self._named(literal)
        return self._made

    def _named(self, literal: ast.Constant) -> None:
        """Follow one name of a command, or say why it does not work any more."""
        name = str(literal.value)
        new = self._names.get(name)
        if new:
            start, end = self._source.span(literal)
            text = self._source.text[start:end]
            if new != name:
                self._made.edits.append(Edit(start, end, text.replace(name, new), KIND))
            return
        what = "is no command of this project" if new is None else "still needs Django"
        message = f'call_command("{name}"): {name} {what}'
        advice = "Do what it does in another way, or with manage.py where the project is now."
        finding = Finding(_CODE, self._new_path, literal.lineno, message, advice)
        self._made.findings.append(finding)


def _calls(module: ast.Module) -> Iterator[ast.expr]:
    """Yield the arguments of ``call_command`` that say which command is called."""
    names = django_names(module)
    for node in nodes_of(module):
        if isinstance(node, ast.Call) and dotted_origin(node.func, names) in CALLERS:
            given = [k.value for k in node.keywords if k.arg == "command_name"]
            yield from [*node.args[:1], *given][:1]


class _Variables:
    """What the variables of one file are bound to, as far as that is plain."""

    def __init__(self, module: ast.Module, scopes: Scopes) -> None:
        self._scopes = scopes
        self._values = _plain_values(module)
        self._used_in: dict[str, dict[int, Scope]] = {}

    def literals(self, argument: ast.expr) -> list[ast.Constant] | None:
        """Return the literals that an argument may be, or None if it may be anything else.

        It is one, or a variable that nothing binds but assignments of literals and loops over them.
        """
        pending, found = [argument], []
        seen: set[str] = set()
        while pending:
            node = pending.pop()
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.append(node)
            elif isinstance(node, ast.IfExp):
                pending += [node.body, node.orelse]
            elif isinstance(node, ast.Tuple | ast.List) and node is not argument:
                pending += node.elts
            elif isinstance(node, ast.Name) and node.id not in seen:
                seen.add(node.id)
                bound = self._bound(node)
                if not bound or any(id(binder) not in self._values for binder in bound):
                    return None
                pending += [self._values[id(binder)] for binder in bound]
            else:
                return None
        return found

    def _bound(self, name: ast.Name) -> list[ast.AST]:
        """Return what binds a name that is used."""
        if name.id not in self._used_in:
            uses = self._scopes.references(name.id)
            self._used_in[name.id] = {id(use.node): use.scope for use in uses}
        scope = self._used_in[name.id].get(id(name))
        home = self._scopes.home(name.id, scope) if scope is not None else None
        return [] if home is None else home.bound[name.id]


def _plain_values(module: ast.Module) -> dict[int, ast.expr]:
    """Return, by the id of a variable that is bound, the value or the items that it is bound to."""
    values: dict[int, ast.expr] = {}
    for node in nodes_of(module):
        if isinstance(node, ast.Assign):
            values.update((id(target), node.value) for target in node.targets)
        elif isinstance(node, ast.AnnAssign | ast.NamedExpr) and node.value is not None:
            values[id(node.target)] = node.value
        elif isinstance(node, ast.For | ast.comprehension):
            values[id(node.target)] = node.iter
    return values


def _is_command(argument: ast.expr) -> bool:
    """Tell whether an argument is a class or an instance, by how it is written."""
    node = argument.func if isinstance(argument, ast.Call) else argument
    return last_name(node)[:1].isupper()
