"""What each module of a Dagster project defines at its top level.

Modules that neither import Dagster, nor one that does, are read only in a folder of definitions; in
a repository without Dagster none is.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Iterator, Mapping
from posixpath import dirname

from relayout.inventory.dagster.asset_sayings import Saying
from relayout.inventory.dagster.bindings import Binding, Function
from relayout.inventory.dagster.definition import DagsterModule, Definition
from relayout.inventory.dagster.kinds import Kinds
from relayout.inventory.dagster.names import Names, Place
from relayout.inventory.dagster.sayings import Sayings
from relayout.inventory.dagster.territory import definition_folders, is_part
from relayout.inventory.dagster.vocabulary import Thing, is_of_dagster
from relayout.inventory.python import PythonFile
from relayout.inventory.resolution import Resolver
from relayout.notebook import is_notebook
from relayout.tree import Tree


def dagster_modules(
    tree: Tree, python: Mapping[str, PythonFile], resolver: Resolver
) -> dict[str, DagsterModule]:
    """Return, by path, what the modules of a Dagster project define.

    These are the modules with definitions of Dagster's, and the others in
    :func:`~relayout.inventory.dagster.territory.definition_folders`. Never raises for what files
    contain.
    """
    using = _using_dagster(python, resolver)
    if not using:
        return {}
    reader = _Reader(Names(tree, python, resolver))
    read = {path: reader.module(path) for path in sorted(using)}
    found = {path: module for path, module in read.items() if module.defines}
    folders = definition_folders(found)
    for path in sorted(python):
        if path not in found and dirname(path) in folders and is_part(path):
            found[path] = read.get(path) or reader.module(path)
    return dict(sorted(found.items()))


def _using_dagster(python: Mapping[str, PythonFile], resolver: Resolver) -> set[str]:
    """Return the modules that import Dagster, or a module of the tree that does."""
    found = {
        path
        for path, file in python.items()
        if not is_notebook(path)
        and any(is_of_dagster(m) for s in file.statements if not s.level for m in s.modules)
    }
    if not found:
        return found
    importers: dict[str, list[str]] = {}
    for path in python:
        if not is_notebook(path):
            for file in {f for _, means in resolver.resolutions(path) for f in means.files}:
                importers.setdefault(file, []).append(path)
    pending = list(found)
    while pending:
        for importer in importers.get(pending.pop(), ()):
            if importer not in found:
                found.add(importer)
                pending.append(importer)
    return found


class _Reader:
    """Reads modules one by one."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._kinds = Kinds(names)
        self._sayings = Sayings(names, self._kinds)

    def module(self, path: str) -> DagsterModule:
        """Return what a module defines."""
        bindings = self._names.bindings(path)
        twice = {name for name, times in bindings.times.items() if times > 1}
        return DagsterModule(
            path, tuple(self._definition(path, b, b.name in twice) for b in bindings.all)
        )

    def _definition(self, path: str, binding: Binding, is_twice: bool) -> Definition:
        thing = self._kinds.of_binding(path, binding)
        repeated = self._repeated(path, binding)
        kind = self._kind(binding, thing)
        if repeated and path not in repeated:  # it is defined by other modules
            kind = "value"
        said = self._sayings.of(path, binding, kind) if not repeated else Saying()
        return Definition(
            binding.name,
            kind,
            binding.first_line,
            binding.last_line,
            key=said.key,
            asset_keys=tuple(said.asset_keys),
            upstream=tuple(said.upstream),
            group=said.group,
            prefix=said.prefix,
            partitions=said.partitions,
            makes=thing.kind if thing is not None and kind == "function" else "",
            holds=self._sayings.held(path, binding) if kind == "definitions" else "",
            certain=said.certain and binding.always and not is_twice,
        )

    def _kind(self, binding: Binding, thing: Thing | None) -> str:
        if isinstance(binding.statement, ast.ClassDef):
            return thing.kind if thing is not None else "class"
        if isinstance(binding.statement, Function):
            return thing.kind if thing is not None and not thing.calls else "function"
        return thing.kind if thing is not None and not thing.calls else "value"

    def _repeated(self, path: str, binding: Binding) -> frozenset[str]:
        """Return the modules of the names that a value is made of, if it is of nothing else."""
        parts = list(_parts([binding.value] if binding.value is not None else []))
        parts += _parts(self._names.bindings(path).additions.get(binding.name, ()))
        modules: set[str] = set()
        for part in parts:
            named = self._names.meaning(path, part)
            if not isinstance(part, ast.Name | ast.Attribute) or not isinstance(named, Place):
                return frozenset()
            modules.add(named.path)
        return frozenset(modules)


def _parts(nodes: Collection[ast.expr] | Iterable[ast.expr]) -> Iterator[ast.expr]:
    """Yield the elements of collections, of sums of them and of dictionaries."""
    pending = list(nodes)
    while pending:
        node = pending.pop()
        if isinstance(node, ast.List | ast.Tuple | ast.Set):
            pending += node.elts
        elif isinstance(node, ast.Dict):
            pending += node.values
        elif isinstance(node, ast.Starred):
            pending.append(node.value)
        elif isinstance(node, ast.BinOp):
            pending += [node.left, node.right]
        else:
            yield node
