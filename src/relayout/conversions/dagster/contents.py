"""What a set of modules gives to a Definitions object, by the arguments that it is given in."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from relayout.inventory import Inventory
from relayout.inventory.dagster import ASSETS, LOADABLE, Definition
from relayout.inventory.python import ImportedName
from relayout.notebook import read_source
from relayout.source import NotPython, last_name

_JOBS = ("job", "asset_job")
_LISTS = (ast.List, ast.ListComp)


@dataclass(frozen=True, slots=True)
class Item:
    """One name of a module; ``many`` says that it is a list, ``called`` that it is a function."""

    module: str
    name: str
    many: bool = False
    called: bool = False


@dataclass(slots=True)
class Contents:
    """What modules hold, in their order.

    ``assets`` and ``checks`` are modules, ``specs`` tells of specs of assets among them.
    ``definitions`` are Definitions objects, or functions that return them. ``unsure`` are the names
    of which it is not known that Dagster would find exactly one thing there.
    """

    assets: list[str] = field(default_factory=list)
    checks: list[str] = field(default_factory=list)
    specs: bool = False
    jobs: list[Item] = field(default_factory=list)
    schedules: list[Item] = field(default_factory=list)
    sensors: list[Item] = field(default_factory=list)
    definitions: list[Item] = field(default_factory=list)
    unsure: list[Item] = field(default_factory=list)

    @property
    def modules(self) -> list[str]:
        """The modules that hold anything but Definitions objects, in order."""
        lists = (self.jobs, self.schedules, self.sensors)
        named = [item.module for items in lists for item in items]
        return list(dict.fromkeys([*self.assets, *self.checks, *named]))


def without_unsure(contents: Contents) -> tuple[Contents, list[str]]:
    """Return what can be listed by name, and the modules of which Dagster has to say what is there.

    A name that is bound only sometimes cannot be imported; what holds for one name of a module then
    holds for all.
    """
    whole = list(dict.fromkeys(item.module for item in contents.unsure))

    def sure(items: Sequence[Item]) -> list[Item]:
        return [item for item in items if item.module not in whole]

    found = replace(
        contents,
        assets=[path for path in contents.assets if path not in whole],
        checks=[path for path in contents.checks if path not in whole],
        jobs=sure(contents.jobs),
        schedules=sure(contents.schedules),
        sensors=sure(contents.sensors),
        unsure=[],
    )
    return found, whole


def contents_of(paths: Sequence[str], inventory: Inventory, object_speaks: bool) -> Contents:
    """Return what the modules at some paths hold.

    ``object_speaks`` is the rule of ``defs`` folders: where a module has a Definitions object,
    nothing else of that module is loaded.
    """
    reader = _Reader(paths, inventory)
    for path in paths:
        reader.read(path, object_speaks)
    return reader.found


class _Reader:
    def __init__(self, paths: Iterable[str], inventory: Inventory) -> None:
        self._paths = frozenset(paths)
        self._inventory = inventory
        self.found = Contents()

    def read(self, path: str, object_speaks: bool) -> None:
        """Add what a module holds."""
        module = self._inventory.dagster.get(path)
        own = module.definitions if module is not None else ()
        statements = _statements(path, self._inventory) if own else {}
        if object_speaks:
            objects = [d for d in own if d.kind == "definitions"]
            for definition in objects:
                self._add_object(path, definition, statements)
            if objects:
                return
        for definition in own:
            self._add(path, definition, statements)
        for name, definition in self._brought(path):
            self._add_brought(path, name, definition)

    def _add(self, path: str, definition: Definition, statements: dict[int, ast.stmt]) -> None:
        kind = definition.kind
        if kind not in LOADABLE:
            return
        value = _value(statements.get(definition.first_line))
        many = isinstance(value, _LISTS)
        item = Item(path, definition.name, many)
        if isinstance(value, ast.Tuple | ast.Dict | ast.Set | ast.SetComp | ast.DictComp):
            return  # Dagster looks into lists alone
        is_listed = kind not in ("asset_check", *ASSETS)
        if is_listed and not definition.certain and not many:
            self.found.unsure.append(item)
        self._take(path, kind, item)
        if isinstance(value, ast.List):
            named = {last_name(element) for element in value.elts}
            bound = {(i.name) for i in self._items(kind) if i.module == path}
            if is_listed and named <= bound:
                self._items(kind).remove(item)

    def _items(self, kind: str) -> list[Item]:
        if kind in _JOBS:
            return self.found.jobs
        return self.found.schedules if kind == "schedule" else self.found.sensors

    def _take(self, path: str, kind: str, item: Item) -> None:
        if kind in ASSETS:
            self.found.specs |= kind == "asset_spec"
            if path not in self.found.assets:
                self.found.assets.append(path)
        elif kind == "asset_check":
            if path not in self.found.checks:
                self.found.checks.append(path)
        else:
            self._items(kind).append(item)

    def _brought(self, path: str) -> list[tuple[str, Definition]]:
        """Return the definitions that a module imports from modules that are not loaded."""
        found = []
        for name, resolution in self._inventory.resolutions(path):
            file = resolution.module.file if resolution.module is not None else None
            if file in self._paths or file is None or not resolution.works:
                continue
            for definition in self._meant(file, name):
                found.append((name.bound, definition))
        return found

    def _meant(self, file: str, name: ImportedName) -> list[Definition]:
        module = self._inventory.dagster.get(file)
        if module is None or name.name is None:
            return []
        return [d for d in module.definitions if d.kind in LOADABLE and name.name in ("*", d.name)]

    def _add_brought(self, path: str, name: str, definition: Definition) -> None:
        own = definition.name if name == "*" else name
        item = Item(path, own)
        if not definition.certain and definition.kind not in ("asset_check", *ASSETS):
            self.found.unsure.append(item)
        if definition.kind in (*ASSETS, "asset_check") or all(
            other.name != own for other in self._items(definition.kind)
        ):
            self._take(path, definition.kind, item)

    def _add_object(
        self, path: str, definition: Definition, statements: dict[int, ast.stmt]
    ) -> None:
        statement = statements.get(definition.first_line)
        called = isinstance(statement, ast.FunctionDef)
        item = Item(path, definition.name, called=called)
        if isinstance(statement, ast.FunctionDef) and (
            statement.args.args or statement.args.posonlyargs
        ):
            self.found.unsure.append(item)
        self.found.definitions.append(item)


def _statements(path: str, inventory: Inventory) -> dict[int, ast.stmt]:
    """Return the statements at the top level of a module by the first line of each."""
    try:
        module = read_source(path, inventory.tree.read(path)).parse()
    except NotPython:
        return {}
    return {_first_line(node): node for node in module.body}


def _first_line(node: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(decorator.lineno for decorator in decorators)])


def _value(node: ast.stmt | None) -> ast.expr | None:
    return node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
