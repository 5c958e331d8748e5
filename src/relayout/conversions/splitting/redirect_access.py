"""What a use asks of a split module: a name, all definitions of some kinds, or the whole of it.

Names are also asked by ``getattr`` and set by ``setattr``, ``monkeypatch.setattr`` and
``patch.object`` with a literal (pytest-mock's ``spy`` is a ``patch.object``). Dagster's loaders
take lists of modules
(https://docs.dagster.io/api/dagster/assets#dagster.load_assets_from_modules).
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from relayout.conversions.splitting.redirect_uses import ModuleUse
from relayout.inventory.string_places import Surroundings
from relayout.planning.sections import SECTIONS
from relayout.rewriting.scopes import Scopes
from relayout.source import last_name

_READING = frozenset({"getattr", "hasattr"})
_SETTING = frozenset({"setattr", "delattr", "spy"})
_ALL_NAMES = frozenset({"__dict__", "__all__"})
_LOADER = re.compile(r"load_(\w+)_from_modules")
_LOADED = {"assets": ("assets",), "asset_checks": ("checks",)}


class How(Enum):
    """How a module is used."""

    READ = "a name of it is read"
    SET = "a name of it is set or deleted"
    LOADED = "definitions are loaded from it"
    IDLE = "nothing is done with it"
    WHOLE = "it is used as a whole"


@dataclass(frozen=True, slots=True, eq=False)
class Access:
    """One use, and what it asks: ``name`` of the module, or definitions of ``sections``."""

    use: ModuleUse
    how: How
    name: str = ""
    sections: frozenset[str] = frozenset()
    reason: str = ""


class Accesses:
    """Reads what uses in one file ask of modules."""

    def __init__(self, module: ast.Module, scopes: Scopes) -> None:
        self._scopes = scopes
        self._around = Surroundings(module)

    def of(self, use: ModuleUse) -> Access:
        """Return what a use asks."""
        attribute = use.attribute
        if attribute is None:
            return self._of_whole(use)
        if not isinstance(attribute.ctx, ast.Load):
            return Access(use, How.SET, attribute.attr)
        if attribute.attr in _ALL_NAMES:
            return Access(use, How.WHOLE, reason=f"{attribute.attr} of it is used")
        return Access(use, How.READ, attribute.attr)

    def asked_by_call(self, call: ast.Call, node: ast.AST) -> tuple[How, str] | None:
        """Return what a call asks of its argument by a literal name; None if it is no such call."""
        named = call.args[1] if len(call.args) > 1 and call.args[0] is node else None
        if not isinstance(named, ast.Constant) or not isinstance(named.value, str):
            return None
        name, last = named.value, last_name(call.func)
        if isinstance(call.func, ast.Name) and last in _READING:
            return How.READ, name
        return (How.SET, name) if last in _SETTING or self._is_patch(call.func) else None

    def _is_patch(self, function: ast.expr) -> bool:
        """Tell whether a call is one of ``patch.object``, of a fixture or of unittest.mock."""
        return f".{self._around.qualified(function)}".endswith(".patch.object")

    def _of_whole(self, use: ModuleUse) -> Access:
        node = use.node
        outer = None if use.reference.within is not None else self._around.parent(node)
        if isinstance(outer, ast.Expr):
            return Access(use, How.IDLE)
        if isinstance(outer, ast.Call):
            asked = self.asked_by_call(outer, node)
            if asked is not None:
                return Access(use, asked[0], asked[1])
        if isinstance(outer, ast.List | ast.Tuple | ast.Set):
            sections = self._loaded_from(outer)
            if sections:
                return Access(use, How.LOADED, sections=frozenset(sections))
        return Access(use, How.WHOLE, reason="the module is used as a whole")

    # -- lists of modules

    def _loaded_from(self, node: ast.expr) -> set[str]:
        """Return the sections that loaders take from a list of modules; nothing if others get it.

        The list may be part of a longer one, or be held by a variable.
        """
        inner: ast.AST = node
        outer = self._around.parent(node)
        while isinstance(outer, ast.List | ast.Tuple | ast.Starred | ast.BinOp | ast.keyword):
            inner, outer = outer, self._around.parent(outer)
        if isinstance(outer, ast.Call):
            return set(self._sections(outer, inner))
        if isinstance(outer, ast.Assign) and len(outer.targets) == 1:
            return self._loaded_from_variable(outer.targets[0])
        return set()

    def _sections(self, call: ast.Call, argument: ast.AST) -> Iterable[str]:
        name = self._around.qualified(call.func).rpartition(".")[2]
        loader = _LOADER.fullmatch(name)
        is_first = call.args[:1] == [argument]
        if loader is None or not (
            is_first or (isinstance(argument, ast.keyword) and argument.arg == "modules")
        ):
            return ()
        return _LOADED.get(loader[1], SECTIONS)

    def _loaded_from_variable(self, target: ast.expr) -> set[str]:
        if not isinstance(target, ast.Name) or self.times_bound(target.id) != 1:
            return set()
        found: set[str] = set()
        for reference in self._scopes.references(target.id):
            sections = set[str]()
            if not reference.attributes and reference.within is None:
                sections = self._loaded_from(reference.node)
            if not sections:
                return set()
            found |= sections
        return found

    def times_bound(self, name: str) -> int:
        """Return how often a name is stored to or deleted anywhere in the file."""
        return self._bound[name]

    @cached_property
    def _bound(self) -> Counter[str]:
        names = (node for node in self._around.nodes if isinstance(node, ast.Name))
        return Counter(name.id for name in names if not isinstance(name.ctx, ast.Load))
