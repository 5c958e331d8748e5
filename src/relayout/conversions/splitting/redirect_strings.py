"""Strings of Python code that name a split module, or a name in it, and what they are for.

``"a.b.name"`` and ``"a.b:name"`` name what is in the module. ``patch`` and ``monkeypatch.setattr``
set a name (https://docs.python.org/3/library/unittest.mock.html#unittest.mock.patch); everything
else reads it. A module that is loaded by a string may be asked for any name, unless the code around
the string shows for which.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Set
from dataclasses import dataclass

from relayout.conversions.splitting.redirect_access import Accesses, How
from relayout.inventory import Inventory
from relayout.inventory.module_strings import Literal, literals_of
from relayout.inventory.string_meanings import Meaning, meaning_of, modules_below
from relayout.inventory.string_places import Place, Surroundings
from relayout.rewriting.scopes import Scopes
from relayout.source import last_name

_SETTING = frozenset({"patch", "setattr", "delattr"})
_IMPORTING = frozenset({"import_module", "importorskip"})
_DAGSTER = frozenset({"dagster", "dg", "dagit", "dagster-webserver", "dagster-daemon"})
"""Programs that load a code location, and take it from what Dagster calls its definitions
(https://docs.dagster.io/api/clis/cli)."""


@dataclass(frozen=True, slots=True, eq=False)
class StringUse:
    """A string that names a split module; ``names`` are those that it asks for.

    ``is_reached`` tells that something behind the name is meant: an attribute of what it names.
    """

    literal: Literal
    meaning: Meaning
    split: str
    how: How
    names: tuple[str, ...] = ()
    is_reached: bool = False
    reason: str = ""

    @property
    def line(self) -> int:
        """The line that it stands on."""
        return self.literal.string.line


class StringReader:
    """Reads the strings of one file that name modules of ``paths``, or what is in them."""

    def __init__(
        self,
        inventory: Inventory,
        path: str,
        module: ast.Module,
        scopes: Scopes,
        paths: Set[str],
    ) -> None:
        self._inventory = inventory
        self._path = path
        self._module = module
        self._scopes = scopes
        self._paths = paths
        self._around = Surroundings(module)
        self._accesses = Accesses(module, scopes)

    def read(self) -> Iterator[StringUse]:
        """Yield what the strings name."""
        for literal in literals_of(self._module):
            meaning = meaning_of(self._inventory, self._path, literal.string)
            if meaning is None or literal.string.place is Place.LOGGER:
                continue
            if meaning.module.file in self._paths:
                yield self._use(literal, meaning, meaning.module.file or "")
            elif literal.string.is_open and literal.string.place is not Place.ELSEWHERE:
                reason = "a module of its package is named when the program runs"
                for path in modules_below(self._inventory, meaning.module):
                    if path in self._paths:
                        yield StringUse(literal, meaning, path, How.WHOLE, reason=reason)

    def loggers(self) -> Iterator[tuple[int, str, str]]:
        """Yield (line, name, path) of loggers that have the name of a split module."""
        for literal in literals_of(self._module):
            string = literal.string
            if string.place is Place.LOGGER and not string.is_open:
                meaning = meaning_of(self._inventory, self._path, string)
                if meaning is not None and meaning.module.file in self._paths and not meaning.rest:
                    yield string.line, string.text, meaning.module.file or ""

    def _use(self, literal: Literal, meaning: Meaning, split: str) -> StringUse:
        def use(how: How, *names: str, is_reached: bool = False, reason: str = "") -> StringUse:
            return StringUse(literal, meaning, split, how, names, is_reached, reason)

        string = literal.string
        if string.is_open:
            return use(How.WHOLE, reason="a name in it is only known when the program runs")
        name, _, further = meaning.rest.partition(".")
        if name:
            how = How.SET if self._is_set(literal) and not further else How.READ
            return use(how, name, is_reached=bool(further))
        if string.place is Place.MODULE:
            how, names, reason = self._of_module(literal)
            return use(how, *names, reason=reason)
        if string.is_shared:
            return use(How.IDLE)
        return use(How.WHOLE, reason="a string names the module as a whole")

    def _is_set(self, literal: Literal) -> bool:
        """Tell whether what a string names is replaced by something else."""
        if literal.string.place is not Place.OBJECT:
            return False
        outer = self._around.parent(literal.node)
        if isinstance(outer, ast.keyword):
            outer = self._around.parent(outer)
        if not isinstance(outer, ast.Call):
            return True
        return self._around.qualified(outer.func).rpartition(".")[2] in _SETTING

    # -- strings that are the name of a module and nothing else

    def _of_module(self, literal: Literal) -> tuple[How, tuple[str, ...], str]:
        """Return how a module is used that a string names, for which names, or why not."""
        outer = self._around.parent(literal.node)
        if literal.offset or isinstance(outer, ast.List | ast.Tuple):
            return self._of_command(outer)
        if isinstance(outer, ast.Compare):
            return How.IDLE, (), ""
        if isinstance(outer, ast.Subscript):
            return self._of_loaded(outer)
        if isinstance(outer, ast.keyword):
            outer = self._around.parent(outer)
        if not isinstance(outer, ast.Call):
            return How.WHOLE, (), "a string names the module as a whole"
        name = self._around.qualified(outer.func)
        if name.startswith("sys.modules") or last_name(outer.func) in (
            "setitem",
            "delitem",
            "dict",
        ):
            return How.WHOLE, (), "it is changed in sys.modules"
        if name.rpartition(".")[2] in _IMPORTING and not literal.string.yields_top:
            return self._of_loaded(outer)
        if literal.string.yields_top:
            return How.WHOLE, (), "it is imported by its name, and used as a whole"
        return How.IDLE, (), ""

    def _of_command(self, outer: ast.AST | None) -> tuple[How, tuple[str, ...], str]:
        """Return what a command does with a module: its program stays, definitions may not."""
        words = outer.elts if isinstance(outer, ast.List | ast.Tuple) else []
        said = {word.value for word in words if isinstance(word, ast.Constant)}
        if said & _DAGSTER:
            return How.LOADED, (), ""
        if "-m" in said or not words:
            return How.IDLE, (), ""
        return How.WHOLE, (), "a list of strings names the module as a whole"

    def _of_loaded(self, node: ast.expr) -> tuple[How, tuple[str, ...], str]:
        """Return what is asked of a module that an expression has loaded."""
        outer = self._around.parent(node)
        if isinstance(outer, ast.Expr):
            return How.IDLE, (), ""
        if isinstance(outer, ast.Attribute) and isinstance(outer.ctx, ast.Load):
            return How.READ, (outer.attr,), ""
        if isinstance(outer, ast.Call):
            asked = self._accesses.asked_by_call(outer, node)
            if asked is not None:
                return asked[0], (asked[1],), ""
        if isinstance(outer, ast.Assign) and len(outer.targets) == 1:
            names = self._asked_of(outer.targets[0])
            if names:
                return How.READ, names, ""
        return How.WHOLE, (), "it is imported by its name, and used as a whole"

    def _asked_of(self, target: ast.expr) -> tuple[str, ...]:
        """Return the attributes that a variable is asked for; nothing if it is used otherwise."""
        if not isinstance(target, ast.Name):
            return ()
        names: list[str] = []
        for reference in self._scopes.references(target.id):
            if not reference.attributes or reference.within is not None:
                return ()
            first = reference.attributes[0]
            if not isinstance(first.ctx, ast.Load) or first.attr.startswith("__"):
                return ()
            names.append(first.attr)
        is_sure = self._accesses.times_bound(target.id) == 1
        return tuple(dict.fromkeys(names)) if is_sure else ()
