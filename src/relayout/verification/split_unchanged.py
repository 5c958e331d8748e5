"""``split-unchanged``: a module that was split and its parts say together what it said before.

Every statement at the top level stands in exactly one of them, with an equal syntax tree and in the
order of before; every name is bound where the plan says, and every name that is read is bound.
Set aside are the docstrings of parts, and how modules that were split are called. Imports may
be repeated where they are needed, and so may loggers and settings of the process; none may be lost.
All other modules say what they said, but for where they find the names of split modules.
"""

from __future__ import annotations

import ast
import builtins
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from relayout.planning.split import Split, stem_of
from relayout.planning.splitting.roles import Role, exported_names, role_of
from relayout.rewriting.scopes import Scopes
from relayout.source import NotPython, Source
from relayout.tree import Tree
from relayout.verification.evidence import Check, Evidence, outcome
from relayout.verification.split_importers import importer_problems
from relayout.verification.split_names import ModuleNames, without_imports

_NAME = "split-unchanged"
_REPEATED = frozenset({"logger", "setting"})
_ASIDE = frozenset({"future", "import", "exports"})
_GIVEN = frozenset(dir(builtins)) | {"__file__", "__name__", "__builtins__", "__spec__", "__doc__"}


def check_split_unchanged(evidence: Evidence) -> Check | None:
    """Count what is not the same in modules that were split."""
    if evidence.original is None or evidence.split is None or evidence.plan is None:
        return None
    splits = evidence.plan.splits
    if not splits:
        return None
    before = evidence.original.tree
    problems = split_problems(before, evidence.split, splits)
    problems += importer_problems(before, evidence.split, splits)
    return outcome(_NAME, problems, {"split": len(splits)})


def split_problems(before: Tree, after: Tree, splits: Sequence[Split]) -> list[str]:
    """Return what is wrong with the modules that a tree was split into, each with its path."""
    names = ModuleNames(splits)
    problems: list[str] = []
    for split in splits:
        paths = split.paths
        missing = [path for path in paths if path not in after]
        if missing:
            problems += [f"{path}: it is not there" for path in missing]
            continue
        try:
            whole = _Module(split.path, before, names)
            modules = [_Module(path, after, names) for path in paths]
            problems += _Comparison(split, whole, modules).problems()
        except NotPython as error:
            problems.append(f"{split.path}: {error}")
        except RecursionError:
            problems.append(f"{split.path}: it is nested too deeply to be compared")
    return problems


@dataclass(frozen=True, slots=True)
class _Statement:
    role: Role
    form: str
    line: int


class _Module:
    """What a check asks of one module."""

    def __init__(self, path: str, tree: Tree, names: ModuleNames) -> None:
        self.path = path
        self.tree = Source.decode(tree.read(path)).parse()
        self._names = names

    @cached_property
    def docstring(self) -> str | None:
        return ast.get_docstring(self.tree, clean=False)

    @cached_property
    def statements(self) -> list[_Statement]:
        """The statements at the top level but the docstring, in a form that can be compared."""
        body = self.tree.body[1:] if self.docstring is not None else self.tree.body
        found = []
        for node in body:
            role = role_of([node], False)
            compared = without_imports(node) if role in ("block", "guard") else node
            found.append(_Statement(role, self._names.form(compared), node.lineno))
        return found

    @cached_property
    def imports(self) -> Counter[tuple[str, ...]]:
        return self._names.imports(self.tree)

    @cached_property
    def written_imports(self) -> set[str | None]:
        """The modules that names are imported from, as they are written but for leading dots."""
        return {n.module for n in ast.walk(self.tree) if isinstance(n, ast.ImportFrom)}

    @cached_property
    def exported(self) -> list[str]:
        found = (exported_names(node) for node in self.tree.body)
        return [str(item.value) for names in found for item in names or ()]

    @cached_property
    def scopes(self) -> Scopes:
        return Scopes(self.tree)

    @cached_property
    def defined(self) -> set[str]:
        """Names that it binds at its top level by anything but an import."""
        bound = self.scopes.module.bound
        return {n for n, by in bound.items() if not all(isinstance(b, ast.alias) for b in by)}

    @cached_property
    def repeated(self) -> set[str]:
        """Names that statements bind which may stand in several parts."""
        found = set()
        for node in self.tree.body:
            for inner in ast.walk(node) if role_of([node], False) in ("logger", "block") else ():
                if isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                    found.add(inner.name)
                elif isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store):
                    found.add(inner.id)
        return found

    @property
    def has_star(self) -> bool:
        return "*" in self.scopes.module.bound

    def unbound(self) -> Iterator[tuple[str, int]]:
        """Yield names that are read and bound nowhere, each with the line of its first use."""
        for name in sorted(self.scopes.identifiers() - _GIVEN):
            for use in self.scopes.references(name):
                if self.scopes.home(name, use.scope) is None:
                    yield name, use.node.lineno
                    break


class _Comparison:
    """One module before, and what became of it; the first of these is the module that stayed."""

    def __init__(self, split: Split, whole: _Module, modules: Sequence[_Module]) -> None:
        self._split = split
        self._whole = whole
        self._modules = modules

    def problems(self) -> list[str]:
        """Return what is wrong."""
        return [
            *self._about_statements(),
            *self._about_names(),
            *self._about_imports(),
            *self._about_exports(),
            *self._about_reads(),
        ]

    def _about_statements(self) -> Iterator[str]:
        if self._modules[0].docstring != self._whole.docstring:
            yield f"{self._split.path}: its docstring is not the one of before"
        places: dict[str, list[int]] = {}
        for number, statement in enumerate(self._whole.statements):
            places.setdefault(statement.form, []).append(number)
        taken: set[int] = set()
        for module in self._modules:
            yield from self._placed(module, places, taken)
        for number, statement in enumerate(self._whole.statements):
            if number not in taken and statement.role not in _ASIDE:
                yield f"{self._split.path}: the statement of line {statement.line} is lost"

    def _placed(
        self, module: _Module, places: Mapping[str, Sequence[int]], taken: set[int]
    ) -> Iterator[str]:
        last = -1
        for statement in module.statements:
            if statement.role in _ASIDE:
                continue
            where = f"{module.path}:{statement.line}"
            known = places.get(statement.form, ())
            if statement.role in _REPEATED or statement.role == "block":
                taken.update(known)
                if not known:
                    yield f"{where}: this was not said before"
                continue
            free = [number for number in known if number not in taken]
            if not free:
                yield f"{where}: this was not said before, or stands in another part as well"
                continue
            number = next((n for n in free if n > last), free[0])
            if number < last:
                yield f"{where}: this stood further up"
            taken.add(number)
            last = max(last, number)

    def _about_names(self) -> Iterator[str]:
        repeated = self._whole.repeated
        for name in sorted(self._whole.defined - repeated - {"__all__"}):
            having = [module.path for module in self._modules if name in module.defined]
            planned = self._split.part_of(name)
            if having != [planned]:
                found = ", ".join(having) or "nowhere"
                yield f"{planned}: {name} is to be bound there, and is bound in {found}"

    def _about_imports(self) -> Iterator[str]:
        stems = {stem_of(module.path): module for module in self._modules}
        kept: Counter[tuple[str, ...]] = Counter()
        for module in self._modules:
            kept |= module.imports
        for imported in self._whole.imports.keys() - kept.keys():
            yield f"{self._split.path}: {' '.join(filter(None, imported))} is not imported any more"
        for module in self._modules:
            new = module.imports.keys() - self._whole.imports.keys()
            own, others = _divided(new, stem_of(self._split.path))
            for imported in others:
                yield f"{module.path}: {' '.join(filter(None, imported))} was not imported before"
            if own:
                yield from _about_siblings(module, stems, self._whole.written_imports)

    def _about_exports(self) -> Iterator[str]:
        after = Counter(name for module in self._modules for name in module.exported)
        if after != Counter(self._whole.exported):
            yield f"{self._split.path}: __all__ does not list what it did"
        for module in self._modules[1:]:
            for name in module.exported:
                if self._split.part_of(name) != module.path:
                    yield f"{module.path}: __all__ lists {name}, which is not of this part"

    def _about_reads(self) -> Iterator[str]:
        unbound = {name for name, _ in self._whole.unbound()}
        for module in self._modules:
            for name, line in module.unbound():
                if name not in unbound or (self._whole.has_star and not module.has_star):
                    yield f"{module.path}:{line}: {name} is bound nowhere"


def _divided(
    imports: Iterable[tuple[str, ...]], stem: str
) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """Return imports from the module that was split, as any part of it is called, and others."""
    own: list[tuple[str, ...]] = []
    others: list[tuple[str, ...]] = []
    for imported in sorted(imports):
        module = imported[0].lstrip(".")
        (own if module.rpartition(".")[2] == stem else others).append(imported)
    return own, others


def _about_siblings(
    module: _Module, stems: Mapping[str, _Module], before: set[str | None]
) -> Iterator[str]:
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.ImportFrom) or node.module in before:
            continue
        other = stems.get((node.module or "").rpartition(".")[2])
        for alias in node.names if other is not None else ():
            if other is not None and alias.name not in other.defined:
                yield f"{module.path}:{node.lineno}: {other.path} does not bind {alias.name}"
