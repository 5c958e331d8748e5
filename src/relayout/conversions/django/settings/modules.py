"""What a settings module executes: its statements in order, those of modules it takes from too.

Nothing is run. A star import of a module of the repository stands for that module's statements, as
do ``from .base import NAME`` and ``include("base.py")`` of django-split-settings
(https://django-split-settings.readthedocs.io). A module that is not in the repository, such as the
usual ``local_settings``, may set anything: that is remembered.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from posixpath import dirname, join, normpath

from relayout.conversions.django.settings.effects import effect_of
from relayout.inventory import Inventory
from relayout.inventory.meaning import Resolution
from relayout.inventory.path_hacks import PathAnalysis
from relayout.inventory.path_meanings import PathMeanings
from relayout.inventory.python import ImportedName
from relayout.source import NotPython, Source, last_name, nodes_of

MAX_STEPS = 4000
"""A settings module of a person is a tenth of this at most."""

_DEEPEST = 20
"""Conditions in conditions, and modules that take from modules, that are followed."""

_MAX_AGAIN = 20
"""So often may a module be taken from again."""

_INCLUDE = frozenset({"include", "optional"})
_NAMESPACES = frozenset({"locals", "globals", "vars", "exec", "eval", "__import__"})


@dataclass(frozen=True, slots=True)
class Guard:
    """An ``if`` around a statement, in which file, and whether the statement is in its body."""

    node: ast.If
    path: str
    in_body: bool


Guards = tuple[Guard, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """One statement that is executed, and the conditions that it stands under, outermost first."""

    path: str
    node: ast.stmt
    guards: Guards = ()


@dataclass(frozen=True, slots=True)
class Override:
    """A statement that may set any name, and why that cannot be told."""

    path: str
    line: int
    reason: str


@dataclass(slots=True)
class SettingsModule:
    """A settings module with all that it takes from others.

    ``visible`` are the names that were taken from a module, if not all of them were.
    """

    path: str
    steps: list[Step] = field(default_factory=list)
    sources: dict[str, Source] = field(default_factory=dict)
    overrides: list[Override] = field(default_factory=list)
    visible: dict[str, frozenset[str]] = field(default_factory=dict)
    unclear: set[int] = field(default_factory=set)
    """Ids of the names ``__file__`` from which a path is computed that cannot be told."""

    def is_visible(self, step: Step, name: str) -> bool:
        """Tell whether a name that a step binds can be seen at the end."""
        return step.path not in self.visible or name in self.visible[step.path]


def read_settings(path: str, inventory: Inventory) -> SettingsModule:
    """Return what the settings module at ``path`` executes; nothing of a file that is no Python."""
    found = SettingsModule(path)
    _Reader(inventory, found).read(path, None, ())
    if len(found.steps) > MAX_STEPS:
        found.steps.clear()
        found.overrides.append(Override(path, 0, "it is too long to be read"))
    return found


class _Reader:
    """Follows the modules that one settings module takes from."""

    def __init__(self, inventory: Inventory, found: SettingsModule) -> None:
        self._inventory = inventory
        self._found = found
        self._times_again = 0
        self._depth = 0
        self._read: dict[str, list[Guards]] = {}
        self._files: dict[str, dict[tuple[int, str, int, str | None], str | None]] = {}

    def read(self, path: str, visible: frozenset[str] | None, guards: Guards) -> bool:
        """Add the statements of a module; they run once, however often it is imported.

        ``visible`` are the names that are taken from it; None if all are. Returns False if it
        cannot be told whether they run here.
        """
        before = self._read.setdefault(path, [])
        if path in self._found.visible:
            self._widen(path, visible)
        if any(guards[: len(other)] == other for other in before):
            return True
        is_sure = all(_exclude_each_other(guards, other) for other in before)
        if not is_sure or self._depth >= _DEEPEST or len(self._found.steps) > MAX_STEPS:
            return False
        try:
            source = Source.decode(self._inventory.tree.read(path))
            module = source.parse()
        except NotPython:
            self._found.overrides.append(Override(path, 0, "it cannot be read"))
            return True
        self._found.sources[path] = source
        if visible is not None and not before:
            self._found.visible[path] = visible
        if "__file__" in source.text:
            analysis = PathAnalysis(module, path, self._inventory.tree)
            self._found.unclear |= _unclear_places(analysis)
        before.append(guards)
        self._depth += 1
        for statement in module.body:
            self._visit(statement, Step(path, statement, guards))
        self._depth -= 1
        return True

    def _widen(self, path: str, visible: frozenset[str] | None) -> None:
        if visible is None:
            del self._found.visible[path]
        else:
            self._found.visible[path] |= visible

    def _visit(self, node: ast.stmt, around: Step) -> None:
        step = Step(around.path, node, around.guards)
        if isinstance(node, ast.If) and len(step.guards) < _DEEPEST and _has_own_lines(node):
            for in_body, statements in ((True, node.body), (False, node.orelse)):
                guard = Guard(node, step.path, in_body)
                for statement in statements:
                    self._visit(statement, Step(step.path, node, (*step.guards, guard)))
        elif self._leads_elsewhere(node, step):
            return
        elif uses_namespace(node):
            reason = "it sets names that cannot be told"
            self._found.overrides.append(Override(step.path, node.lineno, reason))
        elif not _says_nothing(node):
            self._found.steps.append(step)

    # -- other modules

    def _leads_elsewhere(self, node: ast.stmt, step: Step) -> bool:
        """Follow a statement that takes names from other files; tell whether it is one."""
        if isinstance(node, ast.ImportFrom):
            return self._takes_from_module(node, step)
        if isinstance(node, ast.Try):
            return self._is_about_imports(node, step)
        return isinstance(node, ast.Expr) and self._includes(node, step)

    def _takes_from_module(self, node: ast.ImportFrom, step: Step) -> bool:
        """Follow ``from module import ...`` into the repository; tell whether that was done."""
        star = node.names[0].name == "*"
        files = [self._file(step.path, node, alias.name) for alias in node.names]
        file = files[0]
        if file is None or file.endswith("/") or len(set(files)) > 1:
            if star and (node.level or not _is_django(node.module)):
                self._override(step, node, "it takes all names of a module that is not in git")
            return star
        if any(alias.asname not in (None, alias.name) for alias in node.names):
            return False
        names = None if star else frozenset(alias.name for alias in node.names)
        again = file in self._read
        if not self.read(file, names, step.guards):
            self._override(step, node, "it takes names of a module that may have run before")
        elif again and self._has_been_set_since(file, names):
            self._override(step, node, "it takes names again that were set since")
        return True

    def _has_been_set_since(self, path: str, names: frozenset[str] | None) -> bool:
        """Tell whether names of a module that was read were bound by others afterwards."""
        self._times_again += 1
        if self._times_again > _MAX_AGAIN:
            return True
        last = max((n for n, s in enumerate(self._found.steps) if s.path == path), default=0)
        own = {name for s in self._found.steps if s.path == path for name in effect_names(s.node)}
        later = {name for s in self._found.steps[last + 1 :] for name in effect_names(s.node)}
        return not later.isdisjoint(own if names is None else own & names)

    def _file(self, path: str, node: ast.ImportFrom, name: str) -> str | None:
        """Return the file that a name is taken from; one that ends in a slash is no file."""
        if path not in self._files:
            self._files[path] = {
                (imported.line, imported.module, imported.level, imported.name): _file_of(
                    imported, resolution
                )
                for imported, resolution in self._inventory.resolutions(path)
            }
        return self._files[path].get((node.lineno, node.module or "", node.level, name))

    def _override(self, step: Step, node: ast.stmt, reason: str) -> None:
        self._found.overrides.append(Override(step.path, node.lineno, reason))

    def _is_about_imports(self, node: ast.Try, step: Step) -> bool:
        """Follow ``try: from .local import *``, with or without such a module in the repository."""
        stars = [n for n in node.body if isinstance(n, ast.ImportFrom) and n.names[0].name == "*"]
        if not stars:
            return False
        known = [self._file(step.path, star, "*") for star in stars]
        if len(stars) == len(node.body) and all(known):
            for statement in [*node.body, *node.orelse, *node.finalbody]:
                self._visit(statement, step)
            return True
        self._override(step, node, "it takes all names of a module that is not in git, if it is")
        for handler in node.handlers:
            for statement in handler.body:
                self._visit(statement, step)
        return True

    def _includes(self, node: ast.Expr, step: Step) -> bool:
        """Follow ``include("components/*.py", optional("local.py"))``."""
        call = node.value
        if not isinstance(call, ast.Call) or last_name(call.func) != "include":
            return False
        for argument in call.args:
            pattern = _pattern(argument)
            paths = [] if pattern is None else list(self._matching(step.path, pattern))
            are_sure = [self.read(path, None, step.guards) for path in paths]
            if not paths or not all(are_sure):
                self._override(step, node, "it includes a file that cannot be told")
        return True

    def _matching(self, path: str, pattern: str) -> Iterator[str]:
        wanted = normpath(join(dirname(path), pattern))
        depth = wanted.count("/")
        for module in sorted(self._inventory.python):
            if module.count("/") == depth and fnmatchcase(module, wanted):
                yield module


def _exclude_each_other(one: Guards, other: Guards) -> bool:
    """Tell whether two statements are in different branches of one ``if``."""
    for mine, its in zip(one, other, strict=False):
        if mine != its:
            return mine.node is its.node
    return False


def _unclear_places(analysis: PathAnalysis) -> set[int]:
    """Return the ids of the names ``__file__`` that are in no path whose meaning is known."""
    meanings = PathMeanings(analysis)
    known = {id(node) for expression in meanings.outermost for node in ast.walk(expression)}
    return {
        id(node)
        for node in nodes_of(analysis.module)
        if isinstance(node, ast.Name) and node.id == "__file__" and id(node) not in known
    }


def effect_names(node: ast.stmt) -> set[str]:
    """Return the names that a statement may bind or change."""
    effect = effect_of(node)
    return {*effect.stores, *effect.touches}


def _file_of(imported: ImportedName, resolution: Resolution) -> str | None:
    if resolution.submodule is not None and imported.name != "*":
        return "/"
    return resolution.files[0] if resolution.files else None


def _is_django(module: str | None) -> bool:
    return (module or "").partition(".")[0] == "django"


def _pattern(node: ast.expr) -> str | None:
    """Return the pattern of an included file, ``optional("x")`` too; None if it is computed."""
    if isinstance(node, ast.Call) and last_name(node.func) in _INCLUDE and len(node.args) == 1:
        node = node.args[0]
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def uses_namespace(node: ast.stmt) -> bool:
    """Tell whether a statement may set names that it does not write out."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return False
    return any(isinstance(n, ast.Name) and n.id in _NAMESPACES for n in ast.walk(node))


def _says_nothing(node: ast.stmt) -> bool:
    """Tell whether a statement is a docstring, another constant, or ``pass``."""
    is_constant = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return is_constant or isinstance(node, ast.Pass)


def _has_own_lines(node: ast.If) -> bool:
    """Tell whether every statement of an ``if`` has lines that it shares with no other."""
    if len(node.orelse) == 1 and isinstance(node.orelse[0], ast.If):
        return _follow_each_other(node.test, node.body) and _has_own_lines(node.orelse[0])
    return _follow_each_other(node.test, node.body) and (
        not node.orelse or _follow_each_other(node.body[-1], node.orelse)
    )


def _follow_each_other(first: ast.expr | ast.stmt, body: Sequence[ast.stmt]) -> bool:
    end = first.end_lineno or 0
    for statement in body:
        if first_line(statement) <= end:
            return False
        end = statement.end_lineno or 0
    return True


def first_line(node: ast.stmt) -> int:
    """Return the line on which a statement begins, its decorators included."""
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(decorator.lineno for decorator in decorators)])
