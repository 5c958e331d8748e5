"""What the rest of a repository has to know of a module that is split: who has, and reads, a name.

A patched name must be patched in the modules whose code looks it up
(https://docs.python.org/3/library/unittest.mock.html#where-to-patch); after a split, those are the
parts that read it, and not the part that defines it.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from relayout.inventory import Inventory
from relayout.inventory.python import top_level_names
from relayout.inventory.search_paths import module_stem
from relayout.notebook import read_source
from relayout.planning.sections import SECTION_OF
from relayout.planning.split import Split, stem_of
from relayout.rewriting.name_uses import listed_names
from relayout.rewriting.scopes import Reference, Scopes
from relayout.source import dotted_name, nodes_in, nodes_of
from relayout.tree import Tree

_OWN_NAMESPACE = frozenset({"globals", "vars", "dir", "locals"})
_ITSELF = frozenset({"sys.modules[__name__]", "import_module(__name__)", "__import__(__name__)"})


@dataclass(frozen=True, slots=True)
class Unfollowed:
    """Why a module cannot be split: what ``line`` of the file at ``path`` does with it."""

    split: str
    path: str
    line: int
    reason: str


def renamed(dotted: str, path: str) -> str:
    """Return the dotted name of a module with the last part that the module at ``path`` has.

    Parts stand beside the module, so that the rest of their name is the same.
    """
    parent, dot, _ = dotted.rpartition(".")
    return f"{parent}{dot}{stem_of(path)}"


def dotted_names(inventory: Inventory, path: str) -> Iterator[str]:
    """Yield the dotted names by which a module is imported from somewhere."""
    for root in inventory.resolver.roots:
        inside = path.removeprefix(f"{root}/") if root else path
        dotted = module_stem(inside).replace("/", ".")
        found = inventory.resolver.finder.find(inventory.resolver.roots, dotted)
        if (not root or inside != path) and found is not None and found.file == path:
            yield dotted


class SplitModule:
    """One split, and the code of its module before. Raises NotPython if that cannot be read."""

    def __init__(self, split: Split, tree: Tree) -> None:
        self.split = split
        self.path = split.path
        self._module = read_source(split.path, tree.read(split.path)).parse()
        self._scopes = Scopes(self._module)

    @property
    def parts(self) -> tuple[str, ...]:
        """The paths of the modules that it becomes, that of the module that stays first."""
        return self.split.paths

    @property
    def starred(self) -> tuple[str, ...]:
        """The parts of which all names are imported where all of the module were.

        A part without public names may import what others get through it.
        """
        listed = listed_names(self._module)
        if "__all__" not in self.defined:
            return self.parts
        parts = self.split.parts
        return (self.path, *(p.path for p in parts if any(name in listed for name in p.names)))

    @cached_property
    def defined(self) -> frozenset[str]:
        """The names that it binds at its top level."""
        return frozenset(top_level_names(self._module))

    def readers(self, name: str) -> tuple[str, ...]:
        """Return the parts whose code reads a name of the module, in their order."""
        found = {
            path
            for reference in self._scopes.references(name)
            if self._scopes.home(name, reference.scope) in (None, self._scopes.module)
            for path in self._owners(reference)
        }
        return tuple(path for path in self.parts if path in found)

    def holder(self, name: str) -> str:
        """Return the part through which a name is reached, if it is only reached and not set.

        What the module imports is imported by the parts that read it.
        """
        part = self.split.part_of(name)
        readers = self.readers(name)
        if part != self.path or not self._is_imported(name) or not readers:
            return part
        return readers[0]

    @property
    def definitions(self) -> str:
        """The part that has what Dagster finds in a code location."""
        return next((p.path for p in self.split.parts if p.section == "definitions"), self.path)

    def loaded(self, sections: Collection[str], inventory: Inventory) -> tuple[str, ...]:
        """Return the parts from which loaders take definitions of some sections.

        They take what a module defines, and what it imports.
        """
        of_part = {self.path: self.split.section}
        of_part.update((part.path, part.section) for part in self.split.parts)
        imported = {
            part
            for part in self.parts
            if of_part[part] not in sections and self._imports(part, sections, inventory)
        }
        found = [p for p in self.parts if of_part[p] in sections or p in imported]
        return tuple(found) or (self.path,)

    def uses_itself(self) -> tuple[int, str] | None:
        """Return where and how the module handles all of its names at once, or None."""
        for node in nodes_of(self._module):
            if isinstance(node, ast.Call):
                name = dotted_name(node.func)
                last = name.rpartition(".")[2]
                if last.endswith("_from_current_module"):
                    return node.lineno, f"{last}() loads what is in the module itself"
                if name in _OWN_NAMESPACE and not node.args:
                    if name == "globals" or id(node) in self._at_top:
                        return node.lineno, f"{name}() hands out all names of the module"
            if isinstance(node, ast.Call | ast.Subscript) and _is_itself(node):
                return node.lineno, "the module handles itself as a value"
        return None

    # -- whose statement is it

    def _is_imported(self, name: str) -> bool:
        return any(isinstance(node, ast.alias) for node in self._scopes.module.bound.get(name, ()))

    def _imports(self, part: str, sections: Collection[str], inventory: Inventory) -> bool:
        """Tell whether code of a part reads an imported definition of some sections."""
        for name, meaning in inventory.resolutions(self.path):
            file = meaning.module.file if meaning.module is not None else None
            module = inventory.dagster.get(file or "")
            definitions = module.definitions if module is not None else ()
            if any(d.name == name.name and SECTION_OF[d.kind] in sections for d in definitions):
                if part in self.readers(name.bound):
                    return True
        return False

    @cached_property
    def _at_top(self) -> frozenset[int]:
        """The ids of the nodes outside of functions and classes."""
        inner = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
        statements = (s for s in self._module.body if not isinstance(s, inner))
        return frozenset(id(node) for s in statements for node in nodes_in(s))

    def _owners(self, reference: Reference) -> tuple[str, ...]:
        node = reference.within or reference.node
        return self._statements.get(id(node), (self.path,))

    @cached_property
    def _statements(self) -> dict[int, tuple[str, ...]]:
        """By node, the parts that the statement goes to which it stands in."""
        found: dict[int, tuple[str, ...]] = {}
        for statement in self._module.body:
            parts = tuple(self._parts_of(statement)) or (self.path,)
            found.update((id(node), parts) for node in ast.walk(statement))
        return found

    def _parts_of(self, statement: ast.stmt) -> Iterator[str]:
        names = top_level_names(ast.Module([statement], []))
        for part in self.split.parts:
            if not names.isdisjoint(part.names):
                yield part.path


def _is_itself(node: ast.Call | ast.Subscript) -> bool:
    first = node.slice if isinstance(node, ast.Subscript) else next(iter(node.args), None)
    if not isinstance(first, ast.Name) or first.id != "__name__":
        return False
    name = dotted_name(node.value if isinstance(node, ast.Subscript) else node.func)
    brackets = "[__name__]" if isinstance(node, ast.Subscript) else "(__name__)"
    return f"{name}{brackets}".endswith(tuple(_ITSELF))


def split_modules(inventory: Inventory, splits: Iterable[Split]) -> dict[str, SplitModule]:
    """Return the splits of readable modules by path."""
    return {
        split.path: SplitModule(split, inventory.tree)
        for split in splits
        if split.parts and inventory.python[split.path].error is None
    }
