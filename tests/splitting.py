"""What tests of splitting share: modules that are split, and run to see what they mean."""

from __future__ import annotations

import builtins
import types
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent
from typing import Any

from relayout.conversions.splitting.cut import cut
from relayout.inventory import take_inventory
from relayout.planning.homes import Home, Homes, Territory
from relayout.planning.plan import Finding, Options
from relayout.planning.split import Split
from relayout.planning.splitting import plan_splits
from relayout.recipes import parse_recipe
from relayout.tree import Tree

_RECIPE = Path(__file__).resolve().parents[1] / "migrations/layouts/dagster.yml"
DAGSTER = parse_recipe(_RECIPE.read_text(encoding="utf-8"), "dagster.yml")
HOMES = Homes((Territory(Home("flow")),))
FOLDER = "src/flow/defs"
MODULE = f"{FOLDER}/orders.py"
AROUND: Mapping[str, bytes | str] = {
    "src/flow/__init__.py": "",
    f"{FOLDER}/__init__.py": "",
}


@dataclass(frozen=True)
class Outcome:
    """What a tree was split into: whole new contents by path, and what was found."""

    before: Tree
    splits: tuple[Split, ...]
    findings: tuple[Finding, ...]
    contents: Mapping[str, bytes]

    @property
    def after(self) -> Tree:
        """The tree in which modules are split."""
        return self.before.with_content(self.contents)

    def text(self, name: str) -> str:
        """Return the text of a module that was written, by its stem."""
        return self.contents[f"{FOLDER}/{name}.py"].decode()

    @property
    def stems(self) -> list[str]:
        """The names of the modules that were written, in order."""
        return [path.rpartition("/")[2].removesuffix(".py") for path in self.contents]


def split_files(files: Mapping[str, bytes | str], options: Options | None = None) -> Outcome:
    """Return what becomes of the modules of a tree that mix kinds of definitions."""
    tree = Tree.of({**AROUND, **files})
    inventory = take_inventory(tree)
    splits, findings = plan_splits(inventory, DAGSTER, options or Options("dagster"), HOMES)
    contents: dict[str, bytes] = {}
    for split in splits:
        contents |= cut(inventory, split)
    return Outcome(tree, splits, findings, contents)


def split_text(text: str, path: str = MODULE) -> Outcome:
    """Return what becomes of one module; its text may be indented."""
    return split_files({path: dedent(text)})


class Made:
    """What a stand-in of Dagster's decorators and classes gives."""

    def __init__(self, kind: str, *values: Any, **named: Any) -> None:
        self.kind = kind
        self.values = values
        self.named = named


def _decorator(kind: str) -> Any:
    def decorate(*values: Any, **named: Any) -> Any:
        if len(values) == 1 and isinstance(values[0], types.FunctionType):
            return Made(kind, *values)
        return lambda function: Made(kind, function, **named)

    return decorate


def _factory(kind: str) -> Any:
    return lambda *values, **named: Made(kind, *values, **named)


_DECORATORS = ("asset", "op", "job", "graph", "schedule", "sensor", "asset_check", "resource")
_FACTORIES = (
    "define_asset_job",
    "ScheduleDefinition",
    "DailyPartitionsDefinition",
    "Definitions",
    "AssetSelection",
)


def dagster_stand_in() -> types.ModuleType:
    """Return a module with the names of Dagster's that tests use; each records how it was used."""
    module = types.ModuleType("dagster")
    for name in _DECORATORS:
        setattr(module, name, _decorator(name))
    for name in _FACTORIES:
        setattr(module, name, _factory(name))
    for name in ("Config", "ConfigurableResource", "IOManager"):
        setattr(module, name, type(name, (), {}))
    return module


class Run:
    """Imports modules of a folder that import Dagster, each other and the standard library."""

    def __init__(self, tree: Tree, folder: str = FOLDER) -> None:
        self._tree = tree
        self._folder = folder
        self._dagster = dagster_stand_in()
        self._modules: dict[str, types.ModuleType] = {}

    def module(self, stem: str) -> types.ModuleType:
        """Return one module, run if it was not yet."""
        if stem not in self._modules:
            module = self._modules[stem] = types.ModuleType(stem)
            module.__dict__["__builtins__"] = {**vars(builtins), "__import__": self._import}
            text = self._tree.read(f"{self._folder}/{stem}.py")
            exec(compile(text, f"{stem}.py", "exec"), module.__dict__)  # noqa: S102
        return self._modules[stem]

    def _import(
        self, name: str, space: Any = None, local: Any = None, names: Any = (), level: int = 0
    ) -> Any:
        if level or name.startswith("flow.defs."):
            return self.module(name.rpartition(".")[2])
        return self._dagster if name == "dagster" else __import__(name, space, local, names)


def described(value: Any, depth: int = 4) -> Any:
    """Return a value in a form that says what it is and does, and can be compared."""
    if depth == 0:
        return type(value).__name__
    if isinstance(value, Made):
        named = {key: described(part, depth - 1) for key, part in value.named.items()}
        return value.kind, [described(part, depth - 1) for part in value.values], named
    if isinstance(value, types.FunctionType):
        return value.__name__, value.__doc__, described(value(), depth - 1)
    if isinstance(value, type):
        own = {k: v for k, v in vars(value).items() if not k.startswith("__")}
        bases = [base.__name__ for base in value.__bases__]
        return value.__name__, bases, {k: described(v, depth - 1) for k, v in own.items()}
    if isinstance(value, tuple | list):
        return [described(part, depth - 1) for part in value]
    return getattr(value, "name", value)
