"""Import statements: rewritten where they no longer lead to the module that they led to.

What an import binds in its file stays bound to the same thing
(https://docs.python.org/3/reference/simple_stmts.html#the-import-statement). A statement is
touched as little as that takes: often only the module's name in it.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection, Sequence
from functools import cached_property

from relayout.inventory.meaning import Meanings, Resolution, Status
from relayout.inventory.python import top_level_names
from relayout.inventory.search_paths import Located
from relayout.planning.plan import Finding
from relayout.rewriting.destination import Destination
from relayout.rewriting.from_statement import FromStatement, NewName
from relayout.rewriting.import_statement import NewImport, rewrite_import
from relayout.rewriting.module_names import ModuleNames, is_doubtful
from relayout.rewriting.name_uses import listed_names
from relayout.rewriting.package_uses import Binding
from relayout.rewriting.scopes import position
from relayout.rewriting.statement_text import StatementText
from relayout.rewriting.use_follower import Followed, UseFollower
from relayout.source import Edit, Source


class ImportRewriter:
    """Rewrites the imports of one file.

    ``statements`` are its import statements, at their places in the source. ``path`` is where the
    file was, ``folders`` the search path that it has after the moves. ``module`` returns the whole
    syntax tree; it is asked only if names that the imports bind have to be followed.
    """

    def __init__(
        self,
        source: Source,
        statements: Sequence[ast.Import | ast.ImportFrom],
        path: str,
        resolver: Meanings,
        destination: Destination,
        folders: Sequence[str],
        module: Callable[[], ast.Module],
    ) -> None:
        self.source = source
        self.statements = statements
        self.names = ModuleNames(path, resolver, destination, folders)
        self.destination = destination
        self.module = module
        self._changes_form = path.endswith("/__init__.py") != self.names.new_path.endswith(
            "/__init__.py"
        )
        self._bindings: list[Binding] = []
        self._follow = False
        self.findings: list[Finding] = []

    def rewrite(
        self, needed: Callable[[], Collection[str]] = frozenset
    ) -> tuple[list[Edit], list[Finding]]:
        """Return the edits of the file's imports, and what could not be rewritten.

        ``needed`` gives the names that other files import from this one, or reach through it.
        """
        imports: list[tuple[ast.Import, list[NewImport]]] = []
        froms: list[tuple[ast.ImportFrom, list[NewName]]] = []
        edits: list[Edit] = []
        for node in self.statements:
            if isinstance(node, ast.Import):
                imports.append((node, [self._import(node, alias) for alias in node.names]))
            elif (shared := self._module_of_all(node)) is not None:
                base = self._new_base(node, shared)
                if base is not None:
                    edits += FromStatement(self.source, node).rebase(base)
            else:
                names = self._import_from(node)
                if names:
                    froms.append((node, names))
        followed = self._followed(needed)
        edits += followed.edits
        for node, new in imports:
            edits += rewrite_import(self.source, node, _with_aliases(new, followed.asnames))
        for statement, names in froms:
            edits += FromStatement(self.source, statement).rewrite(names)
        edits += self._extra_statements(followed)
        if "__all__" in self.source.text and self.destination.came_apart(Located(self.names.path)):
            self._about_listed_modules()
        return edits, self.findings

    @cached_property
    def _whole(self) -> ast.Module:
        return self.module()

    def _followed(self, needed: Callable[[], Collection[str]]) -> Followed:
        """Return what follows from the imports elsewhere in the file."""
        if not self._follow:
            return Followed()
        follower = UseFollower(self.source, self._whole, self.names, self._bindings, needed())
        followed = follower.follow()
        self.findings += followed.findings
        return followed

    def _extra_statements(self, followed: Followed) -> list[Edit]:
        """Return the edits that put further imports behind those that need them."""
        edits = []
        for node in self.statements if followed.extra else ():
            extra = [text for a in node.names for text in followed.extra.get(position(a), ())]
            if extra:
                place = StatementText(self.source, node)
                edits.append(place.followed_by(list(dict.fromkeys(extra))))
        return edits

    def _about_listed_modules(self) -> None:
        """Report modules that ``__all__`` of a package names, and that are no longer in it.

        ``from package import *`` imports them, if the package does not bind the name itself
        (https://docs.python.org/3/tutorial/modules.html#importing-from-a-package).
        """
        module = self._whole
        for name, line in listed_names(module).items():
            part = self.names.submodule("", 1, name, line)
            if part is None or name in top_level_names(module):
                continue
            if not self.names.still_leads("", 1, name, None, self.names.target(part)):
                new = self.names.new_name(part) or self.destination.of_file(part.file or "")
                message = f"__all__ lists {name}, which is no longer in this package: it is {new}"
                advice = "Import it here, or take it out of __all__."
                place = self.names.new_path
                self.findings.append(Finding("import-not-followed", place, line, message, advice))

    # -- import a.b

    def _import(self, node: ast.Import, alias: ast.alias) -> NewImport:
        """Return what a name of an ``import`` statement becomes."""
        top = alias.name.partition(".")[0]
        bound = alias.asname or top
        resolution = self.names.resolve(alias.name, 0, None, node.lineno, bound)
        name = self._new_name(node, alias, resolution)
        dotted = alias.asname is None and "." in alias.name
        self._note(
            Binding(
                alias,
                bound,
                alias.name,
                0,
                dotted,
                resolution.module,
                name,
                broken=is_doubtful(resolution),
            )
        )
        if name is None:
            return NewImport(alias)
        bind = alias.asname is None and not dotted
        return NewImport(alias, name, alias.asname, bind=bind)

    def _new_name(self, node: ast.Import, alias: ast.alias, resolution: Resolution) -> str | None:
        """Return the name that a module has now, or None if its old one still leads there."""
        if not resolution.works or resolution.module is None:
            return None
        target = self.names.target(resolution.module)
        if target is not None and self.names.found_after(alias.name, 0) == target:
            return None
        name = self.names.new_name(resolution.module)
        if name is None:
            asked = f"import {alias.name}"
            self.findings.append(self.names.not_followed(node.lineno, asked, resolution))
        return name

    def _note(self, binding: Binding) -> None:
        """Remember what a name is bound to, and whether its uses have to be looked at."""
        self._bindings.append(binding)
        if self._follow:
            return
        package = binding.located
        if binding.dotted and binding.new is None and package is not None:
            top, line = binding.root, binding.alias.lineno
            package = self.names.resolve(top, 0, None, line, binding.name).module or package
        self._follow = (binding.new_dotted is not None) or (
            package is not None and self.destination.came_apart(package)
        )

    # -- from a import b

    def _module_of_all(self, node: ast.ImportFrom) -> Resolution | None:
        """Return what all names of a statement mean, if its module is surely no package."""
        alias = node.names[0]
        bound = alias.asname or alias.name
        found = self.names.resolve(node.module or "", node.level, alias.name, node.lineno, bound)
        sure = found.status is Status.RESOLVED and found.submodule is None
        if not sure or found.module is None or found.module.package_folders:
            return None
        return found

    def _new_base(self, node: ast.ImportFrom, shared: Resolution) -> str | None:
        """Return the new name of a statement's module, or None if it is still found."""
        module = node.module or ""
        base = self.names.target(shared.module)
        if base is not None and self.names.found_after(module, node.level) == base:
            return None
        new = self._renamed(node, node.names[0], shared)
        return new.base if new is not None else None

    def _import_from(self, node: ast.ImportFrom) -> list[NewName]:
        """Return what the names of a statement become; nothing if all stays as it is."""
        module = node.module or ""
        old = "." * node.level + module
        resolutions = [
            self.names.resolve(module, node.level, a.name, node.lineno, a.asname or a.name)
            for a in node.names
        ]
        doubtful = any(is_doubtful(resolution) for resolution in resolutions)
        names: list[NewName] = []
        changed = False
        for alias, resolution in zip(node.names, resolutions, strict=True):
            new = None
            if not (doubtful and resolution.status is Status.REPAIRED):
                new = self._renamed(node, alias, resolution)
            if resolution.submodule is not None:
                self._note_submodule(node, alias, resolution.submodule, new)
            changed |= new is not None
            names.append(new or NewName(alias, old, alias.name))
        return names if changed else []

    def _note_submodule(
        self, node: ast.ImportFrom, alias: ast.alias, part: Located, new: NewName | None
    ) -> None:
        module = f"{node.module}.{alias.name}" if node.module else alias.name
        name = f"{new.base}.{new.name}".lstrip(".") if new is not None else None
        bound = alias.asname or alias.name
        self._note(Binding(alias, bound, module, node.level, False, part, name))

    def _renamed(
        self, node: ast.ImportFrom, alias: ast.alias, resolution: Resolution
    ) -> NewName | None:
        """Return a name's new module, or None if it is still found where it was."""
        if not resolution.works or resolution.module is None:
            return None
        names = self.names
        module = node.module or ""
        base, part = names.target(resolution.module), names.target(resolution.submodule)
        if names.still_leads(module, node.level, alias.name, base, part):
            return None
        if node.level and self._changes_form:
            level = node.level + (1 if names.new_path.endswith("/__init__.py") else -1)
            if level and names.still_leads(module, level, alias.name, base, part):
                return NewName(alias, "." * level + module, alias.name)
        if resolution.submodule is not None:
            name = names.new_name(resolution.submodule)
            if name is not None:
                parent, _, last = name.rpartition(".")
                return NewName(alias, parent, last)
        else:
            name = names.new_name(resolution.module)
            if name is not None:
                return NewName(alias, name, alias.name)
        asked = f"from {'.' * node.level}{module} import {alias.name}"
        self.findings.append(names.not_followed(node.lineno, asked, resolution))
        return None


def _with_aliases(
    names: Sequence[NewImport], asnames: dict[tuple[int, int], str]
) -> list[NewImport]:
    """Return the names with the aliases that they need."""
    if not asnames:
        return list(names)
    return [
        NewImport(n.alias, n.name, asnames.get(position(n.alias), n.asname), n.bind) for n in names
    ]
