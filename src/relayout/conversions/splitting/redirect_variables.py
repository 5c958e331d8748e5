"""Uses of a split module through a variable name the parts, and the parts are imported beside it.

What binds the variable stays if anything else of the module is used through it. An import of a part
is written in the form of the import that it stands beside.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from relayout.conversions.splitting.redirect_access import Access, How
from relayout.conversions.splitting.redirect_modules import (
    SplitModule,
    Unfollowed,
    renamed,
)
from relayout.conversions.splitting.redirect_uses import Binding, ModuleUse, Variable
from relayout.planning.split import stem_of
from relayout.rewriting.scopes import Scopes
from relayout.rewriting.statement_text import StatementText
from relayout.rewriting.taken_names import free_name
from relayout.rewriting.use_text import UseText
from relayout.source import Edit, Source

KIND = "split"


@dataclass(slots=True)
class AliasText:
    """What becomes of a name of an import: the names in its place, and the statements behind it.

    Without names, the statements take the place of the whole statement.
    """

    binding: Binding
    names: list[str]
    following: list[str] = field(default_factory=list)


class FreshNames:
    """Names for parts that mean nothing else in a file, in whatever scope."""

    def __init__(self, scopes: Scopes) -> None:
        self._taken = set(scopes.identifiers())
        self._known: dict[tuple[str, str], str] = {}

    def of(self, part: str, variable: str) -> str:
        """Return the name for the part at a path, beside a variable for the whole module."""
        if (part, variable) not in self._known:
            name = free_name(stem_of(part), self._taken)
            self._taken.add(name)
            self._known[part, variable] = name
        return self._known[part, variable]


class VariableRedirect:
    """Redirects the uses of one variable. ``targets`` are the parts that each access asks for.

    ``keeps`` says that the import has to stay whatever its uses become.
    """

    def __init__(
        self,
        source: Source,
        path: str,
        variable: Variable,
        targets: Sequence[tuple[Access, tuple[str, ...]]],
        modules: Mapping[str, SplitModule],
        names: FreshNames,
        keeps: bool,
    ) -> None:
        self._source = source
        self._path = path
        self._variable = variable
        self._targets = targets
        self._modules = modules
        self._names_of_file = names
        self._keeps = keeps or variable.is_deleted
        self._text = UseText(source)
        self._edits: list[Edit] = []
        self._local: dict[str, str] = {}
        self._alike = Counter(_mark(access.use) for access, _ in targets)
        self._formatted: set[tuple[object, ...]] = set()
        self.problems: list[Unfollowed] = []

    def redirect(self) -> tuple[list[Edit], list[AliasText]]:
        """Return the edits of uses, and what becomes of the import statements' names."""
        aliases: list[AliasText] = []
        for split in dict.fromkeys(access.use.split for access, _ in self._targets):
            mine = [(a, parts) for a, parts in self._targets if a.use.split == split]
            wanted = {part for _, parts in mine for part in parts}
            new = [part for part in self._modules[split].parts if part in wanted - {split}]
            if new:
                aliases += self._imports(split, new, stays=split in wanted)
                for access, parts in mine:
                    self._replace(access, parts)
        return [*self._edits, *self._text.edits()], aliases

    # -- imports

    def _imports(self, split: str, new: Sequence[str], stays: bool) -> list[AliasText]:
        """Return what becomes of the imports that bind the variable."""
        direct = [b for b in self._variable.bindings if self._names(b, split)]
        if self._is_renamed_only(direct, new, stays):
            return [self._under_same_name(binding, new[0]) for binding in direct]
        for part in new:
            if not self._is_dotted():
                self._local[part] = self._names_of_file.of(part, self._variable.name)
        stays |= self._keeps or any(a.how is How.IDLE for a, _ in self._targets)
        bindings = direct or self._variable.bindings
        return [self._beside(binding, split, new, stays or not direct) for binding in bindings]

    def _names(self, binding: Binding, split: str) -> bool:
        """Tell whether an import names a split module itself, and not a package around it."""
        if not binding.dotted or binding.imported == binding.module:
            return binding.located.file == split
        use = next((a.use for a, _ in self._targets if a.use.split == split), None)
        return use is not None and ".".join([binding.module, *use.path]) == binding.imported

    def _is_dotted(self) -> bool:
        """Tell whether parts are reached by their dotted names, as the module is."""
        first = self._variable.bindings[0]
        return first.dotted and first.located.file not in self._modules

    def _is_renamed_only(self, direct: Sequence[Binding], new: Sequence[str], stays: bool) -> bool:
        """Tell whether all that is used is in one part, and the file has its own name for it."""
        if stays or self._keeps or len(new) > 1 or not direct:
            return False
        return all(b.alias.asname is not None for b in direct) and not self._loads()

    def _loads(self) -> bool:
        return any(a.how in (How.LOADED, How.IDLE) for a, _ in self._targets)

    def _under_same_name(self, binding: Binding, part: str) -> AliasText:
        self._local[part] = binding.name
        name = renamed(binding.alias.name, part)
        return AliasText(binding, [f"{name} as {binding.name}"])

    def _beside(self, binding: Binding, split: str, new: Sequence[str], stays: bool) -> AliasText:
        """Return an import with those of the parts, in place of the module's or behind it."""
        alias = binding.alias
        start, end = self._source.span(alias)
        kept = [self._source.text[start:end]] if stays else []
        if not self._names(binding, split):
            use = next(a.use for a, _ in self._targets if a.use.split == split)
            dotted = ".".join([binding.module, *use.path])
            return AliasText(binding, kept, self._statements(binding, dotted, new))
        if isinstance(binding.node, ast.ImportFrom):
            return AliasText(binding, [*kept, *(self._as(renamed(alias.name, p), p) for p in new)])
        statements = self._statements(binding, alias.name, new)
        if kept:
            return AliasText(binding, kept, statements)
        if len(binding.node.names) == 1:
            return AliasText(binding, [], statements)
        first = self._as(renamed(alias.name, new[0]), new[0])
        return AliasText(binding, [first], self._statements(binding, alias.name, new[1:]))

    def _statements(self, binding: Binding, dotted: str, parts: Sequence[str]) -> list[str]:
        """Return statements that import parts of a module with a dotted name."""
        base, _, _ = dotted.rpartition(".")
        if binding.dotted or not (base or binding.level):
            return [f"import {self._as(renamed(dotted, part), part)}" for part in parts]
        names = ", ".join(self._as(stem_of(part), part) for part in parts)
        return [f"from {'.' * binding.level}{base} import {names}"] if parts else []

    def _as(self, name: str, part: str) -> str:
        local = self._local.get(part)
        return name if local is None or local == name else f"{name} as {local}"

    # -- uses

    def _replace(self, access: Access, parts: Sequence[str]) -> None:
        use = access.use
        if tuple(parts) == (use.split,):
            return
        if access.how is How.LOADED:
            self._replace_in_list(use, parts)
            return
        name = self._local.get(parts[0]) or renamed(use.text, parts[0])
        if name == self._variable.name and not use.depth:
            return
        alike = self._alike[_mark(use)]
        if isinstance(use.reference.within, ast.JoinedStr):
            if _mark(use) in self._formatted:
                return  # all that look alike in an f-string are replaced at once
            self._formatted.add(_mark(use))
        if not self._text.is_plain(use.reference, use.depth, alike):
            self._problem(use, "the use cannot be changed in the text")
            return
        self._text.replace(use.reference, use.depth, name)

    def _replace_in_list(self, use: ModuleUse, parts: Sequence[str]) -> None:
        start, end = self._source.span(use.node)
        if not self._source.is_code(start, end):
            self._problem(use, "the use cannot be changed in the text")
            return
        kept = self._source.text[start:end]
        names = [
            kept if part == use.split else self._local.get(part) or renamed(use.text, part)
            for part in parts
        ]
        line = self._source.text[self._source.line_bounds(start, start)[0] : start]
        between = f",{self._source.newline}{line}" if not line.strip() else ", "
        self._edits.append(Edit(start, end, between.join(names), KIND))

    def _problem(self, use: ModuleUse, reason: str) -> None:
        self.problems.append(Unfollowed(use.split, self._path, use.line, reason))


def _mark(use: ModuleUse) -> tuple[object, ...]:
    """Return what uses that look alike in one string have in common."""
    names = (attribute.attr for attribute in use.reference.attributes)
    return (id(use.reference.within), use.reference.node.id, *names)


def statement_edits(source: Source, texts: Sequence[AliasText]) -> list[Edit]:
    """Return the edits of import statements of which names are replaced or followed by others."""
    edits: list[Edit] = []
    for text in texts:
        if not text.names:
            place = StatementText(source, text.binding.node)
            edits.append(place.replaced_by(text.following)._replace(kind=KIND))
            continue
        span = source.span(text.binding.alias)
        old, new = source.text[span[0] : span[1]], ", ".join(text.names)
        if old != new:
            edits.append(Edit(*span, new, KIND))
    following: dict[ast.stmt, list[str]] = {}
    for text in (text for text in texts if text.names):
        following.setdefault(text.binding.node, []).extend(text.following)
    for node, more in following.items():
        if more:
            place = StatementText(source, node)
            edits.append(place.followed_by(list(dict.fromkeys(more)))._replace(kind=KIND))
    return edits
