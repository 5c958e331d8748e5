"""Where the texts of a file that may be paths are used, and what is wanted there."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from relayout.inventory.path_consumers import (
    Wanted,
    holds_folder,
    holds_no_path,
    holds_path,
    wanted_by_keyword,
    wanted_by_position,
)
from relayout.inventory.path_texts import PathText, PathTexts
from relayout.source import last_name, nodes_of

_CANDIDATES = (
    ast.Constant | ast.JoinedStr | ast.BinOp | ast.Call | ast.Name | ast.Attribute | ast.IfExp
)
_GROUPS = ast.List | ast.Tuple | ast.Set | ast.Starred | ast.IfExp | ast.BoolOp | ast.NamedExpr


_DEFAULTS = dict.fromkeys(("os.environ.get", "os.getenv"), Wanted.DEFAULT)
"""Calls that give what they are handed, if nothing else is said."""

_Context = tuple[Wanted | None, bool, str, str, bool]
"""The fields of a use from ``wanted`` on."""


@dataclass(frozen=True, slots=True)
class PathUse:
    """One use of a text that begins with a literal: ``wanted`` says what is expected there.

    ``hint`` tells that the name, keyword or key it is given to is one of paths; ``bound`` that it
    is only given to a name, whose own uses are listed as well; ``visible_as`` is the name, or the
    class, by which other files may see it.
    """

    text: PathText
    node: ast.expr
    wanted: Wanted | None = None
    hint: bool = False
    bound: str = ""
    visible_as: str = ""
    has_own_folder: bool = False
    """Whether it is among the words of a command that is started in a folder of its own."""


def is_text(use: PathUse) -> bool:
    """Tell whether a use is no path: a key, a text for people, or the beginning of one."""
    if use.wanted is None and not use.text.is_path and " " in use.text.rest:
        return True
    return use.wanted is Wanted.NOT_A_PATH


def uses_in(module: ast.Module, texts: PathTexts) -> list[PathUse]:
    """Return every use of a text in a file, in the order of the syntax tree."""
    finder = _Finder(texts)
    return [use for node in nodes_of(module) for use in finder.look(node)]


class _Finder:
    def __init__(self, texts: PathTexts) -> None:
        self.texts = texts
        self.parents: Mapping[int, ast.AST] = texts.bindings.parents
        self._covered: set[int] = set()

    def look(self, node: ast.AST) -> Iterator[PathUse]:
        """Yield the uses that an expression is, if it is no part of another one."""
        if not isinstance(node, _CANDIDATES) or id(node) in self._covered:
            return
        if isinstance(node, ast.Name | ast.Attribute) and not isinstance(node.ctx, ast.Load):
            return
        if self._is_mere_text(node):
            return
        found = [text for text in self.texts.of(node) if text.literal is not None]
        if isinstance(node, ast.Attribute | ast.Name) and self._is_only_callee(node):
            return
        if not found:
            if isinstance(node, ast.JoinedStr):
                self._covered.update(id(part) for part in node.values)
            return
        self._cover(node)
        context = self._context(node)
        for text in found:
            use = PathUse(text, node, *context)
            if use.wanted is None and isinstance(node, ast.Call):
                use = replace(use, wanted=_DEFAULTS.get(self._name_of(node)))
            yield self._from_own_folder(use)

    def _from_own_folder(self, use: PathUse) -> PathUse:
        """Return a use among the words of a command, counted from where that is started."""
        if not use.has_own_folder or use.text.text.startswith("/"):
            return use
        call = self.parents.get(id(use.node))
        while call is not None and not isinstance(call, ast.Call):
            call = self.parents.get(id(call))
        if call is None:
            return use
        [folder] = [k.value for k in call.keywords if k.arg == "cwd"][:1]
        told = self.texts.of(folder)
        if len(told) != 1 or told[0].literal is not None:
            return use
        return replace(use, text=replace(use.text, base=told[0].base), has_own_folder=False)

    def _cover(self, node: ast.expr) -> None:
        """Note that what an expression is made of is no use of its own."""
        pending: list[ast.AST] = list(ast.iter_child_nodes(node))
        if isinstance(node, ast.Name | ast.Attribute):
            pending = []
        while pending:
            part = pending.pop()
            if isinstance(part, ast.FormattedValue | ast.Tuple | ast.keyword):
                pending += ast.iter_child_nodes(part)
            elif isinstance(part, ast.expr) and (
                self.texts.is_told(part) or isinstance(part, ast.Constant)
            ):
                self._covered.add(id(part))
                pending += ast.iter_child_nodes(part)
            elif isinstance(part, ast.Attribute):
                pending += ast.iter_child_nodes(part)

    def _is_only_callee(self, node: ast.expr) -> bool:
        parent = self.parents.get(id(node))
        return isinstance(parent, ast.Call) and parent.func is node

    def _is_mere_text(self, node: ast.expr) -> bool:
        """Tell whether an expression is a docstring, an annotation or in a formatted text."""
        parent = self.parents.get(id(node))
        if isinstance(parent, ast.Expr | ast.JoinedStr):
            return isinstance(node, ast.Constant)
        if isinstance(parent, ast.AnnAssign | ast.arg):
            return parent.annotation is node
        return isinstance(parent, ast.FunctionDef) and parent.returns is node

    def _context(self, node: ast.expr) -> _Context:
        """Return what is wanted where an expression stands, and what it is given to."""
        inner: ast.AST = node
        outer = self.parents.get(id(node))
        while isinstance(outer, _GROUPS):
            inner, outer = outer, self.parents.get(id(outer))
        match outer:
            case ast.Call():
                return self._in_call(outer, inner)
            case ast.keyword(arg=str(name)):
                return self._in_keyword(outer, name)
            case ast.Dict():
                return self._in_dictionary(outer, inner)
            case ast.Assign(targets=[target, *_]) | ast.AnnAssign(target=target):
                bound = last_name(target) if inner is node or isinstance(node, ast.Name) else ""
                return self._given_to(last_name(target), bound, outer)
            case ast.arguments():
                return self._given_to(self._parameter(outer, inner), "", outer)
            case ast.Subscript() | ast.Compare():
                return Wanted.NOT_A_PATH, False, "", "", False
        return None, False, "", "", False

    def _given_to(self, name: str, bound: str, where: ast.AST) -> _Context:
        if holds_no_path(name):
            return Wanted.NOT_A_PATH, False, bound, "", False
        wanted = Wanted.PATH if holds_folder(name) else None
        return wanted, holds_path(name), bound, self._visible_as(bound, where), False

    def _visible_as(self, name: str, where: ast.AST) -> str:
        """Return the name by which other files see what a statement gives a name to."""
        around = self.parents.get(id(where))
        if isinstance(around, ast.ClassDef):
            return around.name
        return name if self.texts.bindings.is_global(where) else ""

    def _name_of(self, call: ast.Call) -> str:
        return self.texts.names.qualified(call.func) or f".{last_name(call.func)}"

    def _in_call(self, call: ast.Call, inner: ast.AST) -> _Context:
        position = next((i for i, part in enumerate(call.args) if part is inner), -1)
        if position < 0:
            return None, False, "", "", False
        wanted = wanted_by_position(self._name_of(call), position)
        return wanted, False, "", "", any(k.arg == "cwd" for k in call.keywords)

    def _in_keyword(self, keyword: ast.keyword, name: str) -> _Context:
        call = self.parents.get(id(keyword))
        wanted = None
        if isinstance(call, ast.Call):
            wanted = wanted_by_keyword(self._name_of(call), name)
        return wanted, holds_path(name), "", "", False

    def _in_dictionary(self, dictionary: ast.Dict, inner: ast.AST) -> _Context:
        for key, value in zip(dictionary.keys, dictionary.values, strict=True):
            if value is inner and isinstance(key, ast.Constant) and isinstance(key.value, str):
                if holds_no_path(key.value):
                    return Wanted.NOT_A_PATH, False, "", "", False
                return None, holds_path(key.value), "", "", False
            if key is inner:
                return Wanted.NOT_A_PATH, False, "", "", False
        return None, False, "", "", False

    def _parameter(self, arguments: ast.arguments, default: ast.AST) -> str:
        positional = [*arguments.posonlyargs, *arguments.args]
        last = positional[len(positional) - len(arguments.defaults) :]
        pairs = [*zip(last, arguments.defaults, strict=True)]
        keyword_only = zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
        named = {id(value): parameter.arg for parameter, value in [*pairs, *keyword_only]}
        return named.get(id(default), "")
