"""Laws of shims: a program that uses old import paths cannot tell them from the old modules."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from relayout.planning.split import Part, Split
from relayout.tree import Tree
from shim_trees import PYPROJECT, run, shimmed, write

LAW = settings(
    suppress_health_check=[HealthCheck.too_slow],
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # each example starts two interpreters
)

BASE = """\
def value(thing):
    if isinstance(thing, type):
        return thing().value()
    return thing() if callable(thing) else thing
"""
"""What generated code shows its names with."""

KINDS = {
    "constant": "{name} = [{number}, {uses}]\n",
    "function": "def {name}():\n    return [{number}, {uses}]\n",
    "class": "class {name}:\n    def value(self):\n        return [{number}, {uses}]\n",
}
FURTHER = ("import json\n", "from math import pi\n", "import os.path as osp\n", "import os.path\n")
"""Imports that nothing in the module uses: others may have them from it."""

LOOK = """
import importlib, json, sys, types, warnings
from unittest import mock
from shop.base import value

warnings.simplefilter("ignore")


def shown(names):
    return {n: value(v) for n, v in names.items() if not isinstance(v, types.ModuleType)}


def patched(old, name):
    # What is not the module's own is another matter: value shows names, and is not shown.
    with mock.patch(f"{old}.{name}", 99):
        inside = [getattr(importlib.import_module(old), name), look(old)]
    return inside, look(old)


def look(old):
    module = importlib.import_module(old)
    names = {n: getattr(module, n) for n in dir(module) if not n.startswith("__") and n != "value"}
    return shown(names)


said = {}
for old, names in json.loads(sys.argv[1]).items():
    star, one, every = {}, {}, {}
    exec(f"from {old} import *", star)
    for name in names:
        exec(f"from {old} import {name} as one_{name}", one)
    exec(f"import {old}", every)
    parent, _, last = old.rpartition(".")
    exec(f"from {parent} import {last} as alias\\nimport {old} as other", every)
    assert every["alias"] is every["other"] is sys.modules[old]
    said[old] = {
        "star": sorted(n for n in star if not (n.startswith("__") and n.endswith("__"))),
        "one": {name: value(one[f"one_{name}"]) for name in names},
        "look": look(old),
        "missing": hasattr(sys.modules[old], "missing"),
        "patched": [patched(old, name) for name in names],
    }
print(json.dumps(said, sort_keys=True, default=str))
"""

SAME = """
import importlib, json, sys, warnings
warnings.simplefilter("ignore")
for old, names in json.loads(sys.argv[1]).items():
    for name, new in names.items():
        found = getattr(importlib.import_module(old), name)
        assert found is getattr(importlib.import_module(new), name), (old, name, new)
        if isinstance(found, type):
            assert isinstance(found(), getattr(importlib.import_module(new), name))
"""


@dataclass(frozen=True)
class Name:
    """One name of a module: what binds it, what that uses, and the part that it goes to."""

    name: str
    kind: str
    number: int
    uses: tuple[str, ...]
    part: int

    @property
    def code(self) -> str:
        uses = ", ".join(f"value({used})" for used in self.uses)
        return KINDS[self.kind].format(name=self.name, number=self.number, uses=uses)


@dataclass(frozen=True)
class Module:
    """A module of ``shop.defs``; ``stays`` is the part that keeps what is no part's own."""

    stem: str
    names: tuple[Name, ...]
    listed: tuple[str, ...] | None
    further: tuple[str, ...]
    stays: int

    @property
    def parts(self) -> list[int]:
        return sorted({name.part for name in self.names} | {self.stays})

    def stem_of(self, part: int) -> str:
        return self.stem if part == self.stays else f"{self.stem}_{part}"

    def place_of(self, part: int) -> str:
        return f"shop.new{part}.{self.stem_of(part)}"

    def source(self, part: int | None = None) -> str:
        """Return the code of the module before, or of one of its parts at its new place."""
        own = [n for n in self.names if part in (None, n.part)]
        has_rest = part in (None, self.stays)
        lines = ["from shop.base import value\n", *(self.further if has_rest else ())]
        for other in self.parts if part is not None else ():
            there = {n.name for n in self.names if n.part == other}
            needed = sorted({used for n in own for used in n.uses} & there)
            if needed and other != part:
                lines.append(f"from {self.place_of(other)} import {', '.join(needed)}\n")
        if self.listed is not None:
            listed = [name for name in self.listed if name in {n.name for n in own}]
            lines.append(f"__all__ = {listed!r}\n")
        return "".join([*lines, *(name.code for name in own)])


@st.composite
def modules(draw: st.DrawFn, stem: str) -> Module:
    """A module whose names use earlier ones. Parts import each other in one direction."""
    count = draw(st.integers(1, 6))
    spellings = ("a{}", "_b{}", "C{}", "__d{}")
    names: list[Name] = []
    part = 0
    for number in range(count):
        part = min(2, part + draw(st.integers(0, 1)))
        name = draw(st.sampled_from(spellings)).format(number)
        uses = tuple(n.name for n in names if draw(st.booleans()))
        kind = draw(st.sampled_from(sorted(KINDS)))
        # A name with two underscores means another one inside of a class (private name mangling).
        if kind == "class":
            uses = tuple(used for used in uses if not used.startswith("__"))
        names.append(Name(name, kind, number, uses, part))
    if draw(st.booleans()):
        names = [Name(n.name, n.kind, n.number, n.uses, 0) for n in names]
    public = [n.name for n in names if draw(st.booleans())]
    listed = draw(st.sampled_from([None, tuple(public)]))
    further = tuple(line for line in FURTHER if draw(st.booleans()))
    stays = draw(st.sampled_from([name.part for name in names]))
    return Module(stem, tuple(names), listed, further, stays)


def trees(generated: list[Module], init: Module | None) -> tuple[Tree, Tree]:
    """Return the tree before, and the one after with shims."""
    before = {"pyproject.toml": PYPROJECT, "src/shop/__init__.py": "", "src/shop/base.py": BASE}
    before["src/shop/defs/__init__.py"] = "" if init is None else init.source()
    rewritten = {f"src/shop/new{part}/__init__.py": "" for part in range(3)}
    moves, splits, cut = {}, [], {}
    if init is not None:
        moves["src/shop/defs/__init__.py"] = "src/shop/new0/of_the_folder.py"
    for module in generated:
        old = f"src/shop/defs/{module.stem}.py"
        before[old] = module.source()
        parts = []
        for part in module.parts:
            path = f"src/shop/defs/{module.stem_of(part)}.py"
            target = f"src/{module.place_of(part).replace('.', '/')}.py"
            moves[path] = target
            rewritten[target] = module.source(part)
            if part != module.stays:
                cut[path] = module.source(part)
                own = tuple(n.name for n in module.names if n.part == part)
                parts.append(Part(path, "jobs", own))
        if parts:
            splits.append(Split(old, "jobs", tuple(parts)))
    made = shimmed(before, moves, splits, cut, rewritten)
    assert made.conversion.findings == ()
    return Tree.of(before), made.tree


def seen(tree: Tree, program: str, asked: dict[str, Any], folder: str) -> str:
    done = run(write(tree, Path(folder)), "-c", program, json.dumps(asked))
    assert done.returncode == 0, done.stderr
    return done.stdout


@LAW
@given(st.data())
def test_whoever_uses_an_old_path_sees_what_was_there(data: st.DataObject) -> None:
    """Names, stars, patches and their undoing are the same before and after."""
    generated = [data.draw(modules(stem)) for stem in ("one", "two", "three")]
    init = data.draw(modules("unused")) if data.draw(st.booleans()) else None
    before, after = trees(generated, init)
    asked = {f"shop.defs.{m.stem}": [n.name for n in m.names] for m in generated}
    note("\n".join(f"# {p}\n{after.read(p).decode()}" for p in after if "_moved" not in p))
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        expected = json.loads(seen(before, LOOK, asked, one))
        assert json.loads(seen(after, LOOK, asked, other)) == expected


@LAW
@given(st.data())
def test_an_old_path_gives_the_very_objects_of_the_new_one(data: st.DataObject) -> None:
    """No name has two objects, however it is reached."""
    generated = [data.draw(modules(stem)) for stem in ("one", "two", "three")]
    _, after = trees(generated, None)
    asked = {
        f"shop.defs.{m.stem}": {n.name: m.place_of(n.part) for n in m.names} for m in generated
    }
    with tempfile.TemporaryDirectory() as folder:
        seen(after, SAME, asked, folder)
