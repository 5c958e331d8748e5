"""One Python file or notebook that uses split modules: what it asks of them, and its edits."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from relayout.conversions.splitting.redirect_access import Access, Accesses, How
from relayout.conversions.splitting.redirect_examples import redirected_examples
from relayout.conversions.splitting.redirect_imports import (
    STAR,
    based,
    redirected_names,
    redirected_star,
)
from relayout.conversions.splitting.redirect_modules import (
    SplitModule,
    Unfollowed,
    dotted_names,
)
from relayout.conversions.splitting.redirect_strings import StringReader, StringUse
from relayout.conversions.splitting.redirect_uses import ModuleReader, Variable, doubtful
from relayout.conversions.splitting.redirect_variables import (
    FreshNames,
    VariableRedirect,
    statement_edits,
)
from relayout.inventory import Inventory
from relayout.notebook import is_notebook, read_source
from relayout.planning.plan import Finding
from relayout.rewriting.module_strings import literal_edit
from relayout.rewriting.name_uses import listed_names
from relayout.rewriting.scopes import Scopes
from relayout.source import Edit, NotPython, nodes_of

KIND = "split"

Targets = Sequence[tuple[Access, tuple[str, ...]]]
"""What is asked through one variable, each with the parts that have it."""


@dataclass(slots=True)
class Asked:
    """What all files together do with the names of split modules: (path of the module, name).

    ``reached`` are names that files look up in the module when they run, and not at an import.
    """

    imported: set[tuple[str, str]] = field(default_factory=set)
    reached: set[tuple[str, str]] = field(default_factory=set)


class FileRedirect:
    """Redirects one file. ``handed_on`` tells whether others take a name of the file from it.

    Raises NotPython.
    """

    def __init__(
        self,
        inventory: Inventory,
        path: str,
        modules: Mapping[str, SplitModule],
        handed_on: Callable[[str, str], bool],
    ) -> None:
        self.path = path
        self._inventory = inventory
        self._modules = modules
        self._handed_on = handed_on
        self._source = read_source(path, inventory.tree.read(path))
        self._module = self._source.parse()
        self._scopes = Scopes(self._module)
        self._reader = ModuleReader(inventory, path, self._scopes, modules.keys())

    # -- what it asks

    @cached_property
    def _statements(self) -> list[ast.Import | ast.ImportFrom]:
        found = [n for n in nodes_of(self._module) if isinstance(n, ast.Import | ast.ImportFrom)]
        return sorted(found, key=lambda node: (node.lineno, node.col_offset))

    @cached_property
    def _variables(self) -> list[Variable]:
        return self._reader.variables(self._statements)

    @cached_property
    def _accesses(self) -> list[list[Access]]:
        """What the uses of each variable ask."""
        accesses = Accesses(self._module, self._scopes)
        return [[accesses.of(use) for use in variable.uses] for variable in self._variables]

    @cached_property
    def _listed(self) -> frozenset[str]:
        return frozenset(listed_names(self._module))

    @cached_property
    def _strings(self) -> list[StringUse]:
        return list(self._string_reader().read())

    def _string_reader(self) -> StringReader:
        paths = self._modules.keys()
        return StringReader(self._inventory, self.path, self._module, self._scopes, paths)

    def ask(self, asked: Asked) -> None:
        """Note what the file asks of split modules."""
        for node in self._statements:
            if isinstance(node, ast.ImportFrom):
                for alias in node.names:
                    module = self._imported_from(node, alias)
                    if module is not None:
                        asked.imported.add((module.path, alias.name))
        for access in (one for group in self._accesses for one in group):
            if access.how is How.READ:
                asked.reached.add((access.use.split, access.name))
        for string in self._strings:
            if string.how is How.READ:
                asked.reached.update((string.split, name) for name in string.names)

    def _imported_from(self, node: ast.ImportFrom, alias: ast.alias) -> SplitModule | None:
        """Return the split module that a name is imported from, if it is one."""
        meaning = self._reader.meaning(node, alias)
        if not meaning.works or meaning.submodule is not None or meaning.module is None:
            return None
        return self._modules.get(meaning.module.file or "")

    # -- what cannot be followed

    def unfollowed(self, asked: Asked) -> Iterator[Unfollowed]:
        """Yield why modules cannot be split because of this file."""
        for line, split in doubtful(self._inventory, self.path, self._modules.keys()):
            yield Unfollowed(split, self.path, line, "it is not known which module is imported")
        for variable, accesses in zip(self._variables, self._accesses, strict=True):
            yield from self._about_variable(variable, accesses)
            for access in accesses:
                line = access.use.line
                if access.how is How.WHOLE:
                    yield Unfollowed(access.use.split, self.path, line, access.reason)
                elif (
                    access.how is How.SET
                    and len(self._set_in(access.use.split, access.name, asked)) > 1
                ):
                    yield self._set_in_several(access.use.split, line, access.name)
        for string in self._strings:
            yield from self._about_string(string, asked)
        if self.path in self._modules:
            yield from self._about_itself()

    def _about_variable(self, variable: Variable, accesses: list[Access]) -> Iterator[Unfollowed]:
        splits = {access.use.split for access in accesses}
        if variable.problem:
            direct = str(variable.bindings[0].located.file)
            for split in splits or {direct} & set(self._modules):
                yield Unfollowed(split, self.path, variable.line, variable.problem)
        elif variable.scope.is_module and not variable.bindings[0].dotted:
            split = str(variable.bindings[0].located.file)
            if split in self._modules and not self._is_own_package(variable):
                if variable.name in self._listed or self._handed_on(self.path, variable.name):
                    reason = f"other files get the module from here as {variable.name}"
                    yield Unfollowed(split, self.path, variable.line, reason)

    def _is_own_package(self, variable: Variable) -> bool:
        """Tell whether a package imports a submodule of its own under its own name."""
        located = variable.bindings[0].located
        folder = self.path.removesuffix("/__init__.py")
        return located.file == f"{folder}/{variable.name}.py"

    def _about_string(self, string: StringUse, asked: Asked) -> Iterator[Unfollowed]:
        if string.how is How.WHOLE:
            yield Unfollowed(string.split, self.path, string.line, string.reason)
        elif string.how is How.SET:
            name = string.names[0]
            if len(self._set_in(string.split, name, asked)) > 1:
                yield self._set_in_several(string.split, string.line, name)
        elif len(self._parts_of(string, asked)) > 1:
            reason = "it is imported by its name, and asked for names of several parts"
            yield Unfollowed(string.split, self.path, string.line, reason)

    def _about_itself(self) -> Iterator[Unfollowed]:
        module = self._modules[self.path]
        own = module.uses_itself()
        if own is not None:
            yield Unfollowed(self.path, self.path, *own)
        for node in self._statements:
            for alias in node.names:
                if self._imports_itself(node, alias):
                    yield Unfollowed(self.path, self.path, node.lineno, "the module imports itself")
        for string in self._strings:
            if string.split == self.path and string.how is not How.IDLE:
                reason = "the module names itself in a string"
                yield Unfollowed(self.path, self.path, string.line, reason)

    def _imports_itself(self, node: ast.Import | ast.ImportFrom, alias: ast.alias) -> bool:
        """Tell whether an import means this file: of such a one, the resolver knows nothing."""
        if self.path in self._reader.meaning(node, alias).files[:1]:
            return True
        if isinstance(node, ast.ImportFrom) and node.level:
            return False
        name = alias.name if isinstance(node, ast.Import) else node.module or ""
        finder, roots = self._inventory.resolver.finder, self._inventory.resolver.roots
        located = finder.find(roots, name)
        return located is not None and located.file == self.path

    def _set_in_several(self, split: str, line: int, name: str) -> Unfollowed:
        reason = f"{name} is replaced here, and several parts would use it"
        return Unfollowed(split, self.path, line, reason)

    # -- where things are then

    def _set_in(self, split: str, name: str, asked: Asked) -> tuple[str, ...]:
        """Return the parts in which a name has to be set so that all see it that did before."""
        module = self._modules[split]
        parts = dict.fromkeys(module.readers(name))
        if (split, name) in asked.reached or not parts:
            parts[module.split.part_of(name)] = None
        return tuple(parts)

    def _parts_of(self, string: StringUse, asked: Asked) -> tuple[str, ...]:
        """Return the parts that a string has to name."""
        module = self._modules[string.split]
        if string.how is How.LOADED:
            return (module.definitions,)
        if string.how is How.SET:
            return self._set_in(string.split, string.names[0], asked)
        return tuple(dict.fromkeys(map(module.holder, string.names))) or (module.path,)

    def _targets(self, access: Access, asked: Asked) -> tuple[str, ...]:
        """Return the parts that a use of a module has to name."""
        module = self._modules[access.use.split]
        if access.how is How.LOADED:
            return module.loaded(access.sections, self._inventory)
        if access.how is How.SET:
            return self._set_in(module.path, access.name, asked)
        return (module.holder(access.name),) if access.how is How.READ else (module.path,)

    # -- edits

    def edits(self, asked: Asked) -> tuple[list[Edit], list[Unfollowed]]:
        """Return the edits of the file, and what turned out not to be possible."""
        edits: list[Edit] = []
        problems: list[Unfollowed] = []
        for node in self._statements:
            if isinstance(node, ast.ImportFrom):
                try:
                    edits += self._from_import(node)
                except ValueError as error:
                    problems += self._not_possible(node, str(error))
        of_variables, not_followed = self._of_variables(asked)
        edits += [*of_variables, *self._examples()]
        problems += not_followed
        for string in self._strings:
            edit = self._string_edit(string, asked)
            if isinstance(edit, Unfollowed):
                problems.append(edit)
            elif edit is not None:
                edits.append(edit)
        return list(dict.fromkeys(edits)), problems + self.not_valid(edits)

    def _of_variables(self, asked: Asked) -> tuple[list[Edit], list[Unfollowed]]:
        """Return the edits of what is done through variables, and what cannot be followed."""
        edits: list[Edit] = []
        problems: list[Unfollowed] = []
        names = FreshNames(self._scopes)
        texts = []
        targets_of = [
            [(a, self._targets(a, asked)) for a in accesses if a.how is not How.WHOLE]
            for accesses in self._accesses
        ]
        for variable, targets in zip(self._variables, targets_of, strict=True):
            others = (other for other in targets_of if other is not targets)
            is_package = self.path.endswith("/__init__.py") and variable.scope.is_module
            keeps = variable.is_rebound or is_package or _are_relied_on(targets, others)
            redirect = VariableRedirect(
                self._source, self.path, variable, targets, self._modules, names, keeps
            )
            of_uses, of_statements = redirect.redirect()
            edits += of_uses
            texts += of_statements
            problems += redirect.problems
        return edits + statement_edits(self._source, texts), problems

    def _examples(self) -> list[Edit]:
        if is_notebook(self.path) or not self._inventory.python[self.path].may_have_examples:
            return []
        names = {
            name: module
            for path, module in self._modules.items()
            for name in dotted_names(self._inventory, path)
        }
        return list(redirected_examples(self._source, self._module, names))

    def about_loggers(self) -> Iterator[Finding]:
        """Yield what is set for the logger of a module, and no longer for that of its parts."""
        for line, name, split in self._string_reader().loggers():
            if self._inventory.python[split].logs_by_name:
                message = (
                    f'the module of the logger "{name}" comes apart: each part logs by its name'
                )
                advice = "What is set for it, or expected of it, may have to be for those, too."
                yield Finding("module-name-visible", self.path, line, message, advice)

    def _from_import(self, node: ast.ImportFrom) -> list[Edit]:
        if node.names[0].name == STAR:
            module = self._imported_from(node, node.names[0])
            return [] if module is None else redirected_star(self._source, node, module)
        return redirected_names(self._source, node, lambda a: self._imported_from(node, a))

    def _string_edit(self, string: StringUse, asked: Asked) -> Edit | Unfollowed | None:
        parts = self._parts_of(string, asked)
        if string.how in (How.IDLE, How.WHOLE) or parts[0] == string.split or len(parts) > 1:
            return None
        text, meaning = string.literal.string.text, string.meaning
        name = based(text[meaning.start : meaning.end], parts[0])
        edit = literal_edit(self._source, string.literal, meaning, name)
        if edit is None:
            reason = "a string names it that does not spell the name out"
            return Unfollowed(string.split, self.path, string.line, reason)
        return edit._replace(kind=KIND)

    def _not_possible(self, node: ast.ImportFrom, reason: str) -> Iterator[Unfollowed]:
        for alias in node.names:
            module = self._imported_from(node, alias)
            if module is not None:
                yield Unfollowed(module.path, self.path, node.lineno, reason)

    def not_valid(self, edits: list[Edit]) -> list[Unfollowed]:
        """Return all modules that the file uses if the edits would not give valid Python."""
        if not edits:
            return []
        try:
            content = self._source.edited(self._source.fitted(edits))
            read_source(self.path, content).parse()
        except (NotPython, ValueError):
            reason = "its uses there cannot be changed in the text"
            return [Unfollowed(split, self.path, 0, reason) for split in self._splits_used()]
        return []

    def _splits_used(self) -> list[str]:
        found = {string.split for string in self._strings}
        found.update(access.use.split for group in self._accesses for access in group)
        for node in self._statements:
            for alias in node.names:
                meaning = self._reader.meaning(node, alias)
                found.update(file for file in meaning.files if file in self._modules)
        return sorted(found)


def _are_relied_on(own: Targets, others: Iterable[Targets]) -> bool:
    """Tell whether other variables find a module of ``own`` because an import of ``own`` loads it.

    They do so where they reach it through a package.
    """
    splits = {access.use.split for access, _ in own}
    return any(
        access.use.depth and access.use.split in splits and access.use.split in parts
        for other in others
        for access, parts in other
    )
