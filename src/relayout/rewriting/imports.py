"""Import statements: rewritten where they no longer lead to the module that they led to.

What an import binds in its file stays bound to the same thing
(https://docs.python.org/3/reference/simple_stmts.html#the-import-statement). A statement is
touched as little as that takes: often only the module's name in it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from relayout.inventory.python import ImportedName
from relayout.inventory.resolution import Resolution, Resolver, Status
from relayout.inventory.search_paths import Located
from relayout.planning.plan import Finding
from relayout.rewriting.destination import Destination
from relayout.source import Edit, Source, nodes_of

KIND = "import"

_GAP = r"(?:\s|\\(?:\r\n|\r|\n))*"
_FROM = re.compile(
    rf"from(?P<gap>{_GAP})(?P<module>\.[.\s\\]*(?:[^\W\d][\w.\s\\]*?)?|[^\W\d][\w.\s\\]*?)"
    rf"(?P<end>{_GAP})\bimport\b"
)
_COMMENT = re.compile(r"#[^\r\n]*")


@dataclass(frozen=True, slots=True)
class _Name:
    """One name of a ``from`` import after the moves: its base module and its name there."""

    alias: ast.alias
    base: str
    name: str

    @property
    def text(self) -> str:
        bound = self.alias.asname or self.alias.name
        return self.name if self.name == bound else f"{self.name} as {bound}"


class ImportRewriter:
    """Rewrites the imports of one file.

    ``path`` is where the file was, ``folders`` the search path that it has after the moves.
    """

    def __init__(
        self,
        source: Source,
        statements: Sequence[ast.Import | ast.ImportFrom],
        path: str,
        resolver: Resolver,
        destination: Destination,
        folders: Sequence[str],
        module: Callable[[], ast.Module],
    ) -> None:
        self.source = source
        self.statements = statements
        self._module = module
        self.path = path
        self.resolver = resolver
        self.destination = destination
        self.folders = tuple(folders)
        self.new_path = destination.of_file(path)
        self.edits: list[Edit] = []
        self.findings: list[Finding] = []

    def rewrite(self) -> tuple[list[Edit], list[Finding]]:
        """Return the edits of the file's import statements, and what could not be rewritten."""
        for node in self.statements:
            if isinstance(node, ast.Import):
                self._import(node)
            else:
                self._import_from(node)
        return self.edits, self.findings

    # -- import a.b

    def _import(self, node: ast.Import) -> None:
        parts: list[tuple[bool, str]] = []
        for alias in node.names:
            text = self._renamed_import(node, alias)
            old = alias.name if alias.asname is None else f"{alias.name} as {alias.asname}"
            parts.append((text is not None, text or old))
        if any(changed for changed, _ in parts):
            self._replace(node, _merge_unchanged(parts))

    def _renamed_import(self, node: ast.Import, alias: ast.alias) -> str | None:
        """Return the statement that an alias needs now, or None if it still leads there."""
        asked = ImportedName(
            alias.name, 0, None, node.lineno, alias.asname or alias.name.partition(".")[0]
        )
        resolution = self.resolver.resolve(self.path, asked)
        if not resolution.works or resolution.module is None:
            return None
        target = self.destination.of_located(resolution.module)
        if target is not None and self.destination.finder.find(self.folders, alias.name) == target:
            return None
        name = None if target is None else self.destination.name_of(target, self.folders)
        if name is None:
            self._unreachable(node, f"import {alias.name}", resolution)
            return None
        if alias.asname:
            return f"import {name} as {alias.asname}"
        if "." in alias.name:
            return self._dotted_import(node, alias.name, name)
        base, _, last = name.rpartition(".")
        bound = alias.name if last == alias.name else f"{last} as {alias.name}"
        return f"from {base} import {bound}" if base else f"import {bound}"

    def _dotted_import(self, node: ast.Import, old: str, new: str) -> str:
        """``import a.b`` binds ``a``: either every use follows, or ``a`` is bound as before."""
        uses = self._uses_of(old)
        if uses is not None:
            for use in uses:
                start, end = self.source.span(use)
                self.edits.append(Edit(start, end, new, "import-use"))
            return f"import {new}"
        top = old.partition(".")[0]
        asked = ImportedName(top, 0, None, node.lineno, top)
        package = self.resolver.resolve(self.path, asked).module
        target = self.destination.of_located(package) if package else None
        name = self.destination.name_of(target, self.folders) if target else None
        if name is None and new.endswith(f".{old}"):
            name = new.removesuffix(old.removeprefix(top))
        if name is None:
            self.findings.append(
                Finding(
                    "import-not-followed",
                    self.new_path,
                    node.lineno,
                    f"import {old}: {top} is used in ways that cannot be followed to {new}",
                    f"Write: import {new}, and change the uses of {top}.",
                )
            )
            return f"import {new}"
        base, _, last = name.rpartition(".")
        bound = top if last == top else f"{last} as {top}"
        return f"import {new}{self._separator(node)}" + (
            f"from {base} import {bound}" if base else f"import {bound}"
        )

    def _uses_of(self, dotted: str) -> list[ast.Attribute] | None:
        """Return every use of a dotted module, or None if its top name is used otherwise."""
        top = dotted.partition(".")[0]
        names = [
            n
            for n in nodes_of(self._module())
            if (isinstance(n, ast.Name) and n.id == top)
            or (isinstance(n, ast.arg) and n.arg == top)
        ]
        uses = [n for n in nodes_of(self._module()) if _dotted(n) == dotted]
        others = {
            alias.name
            for n in nodes_of(self._module())
            if isinstance(n, ast.Import)
            for alias in n.names
            if alias.name.partition(".")[0] == top and alias.name != dotted and not alias.asname
        }
        modules = {dotted, *others}
        covered = {id(_root(n)) for n in nodes_of(self._module()) if _dotted(n) in modules}
        nested = any(_is_below(dotted, m) or _is_below(m, dotted) for m in others)
        if nested or any(id(name) not in covered for name in names):
            return None
        return [use for use in uses if isinstance(use, ast.Attribute)]

    # -- from a import b

    def _import_from(self, node: ast.ImportFrom) -> None:
        old = "." * node.level + (node.module or "")
        resolutions = [
            self.resolver.resolve(
                self.path,
                ImportedName(
                    node.module or "", node.level, a.name, node.lineno, a.asname or a.name
                ),
            )
            for a in node.names
        ]
        doubtful = any(r.status in (Status.BROKEN, Status.AMBIGUOUS) for r in resolutions)
        names: list[_Name] = []
        for alias, resolution in zip(node.names, resolutions, strict=True):
            repaired = resolution.status is Status.REPAIRED
            renamed = None
            if not (doubtful and repaired):
                renamed = self._renamed_from(node, alias, resolution)
            names.append(renamed or _Name(alias, old, alias.name))
        if all(name.base == old and name.name == name.alias.name for name in names):
            return
        self._rewrite_from(node, names)

    def _renamed_from(
        self, node: ast.ImportFrom, alias: ast.alias, resolution: Resolution
    ) -> _Name | None:
        if not resolution.works or resolution.module is None:
            return None
        destination = self.destination
        base = destination.of_located(resolution.module)
        part = resolution.submodule and destination.of_located(resolution.submodule)
        if self._still_leads(node, alias, base, part):
            return None
        if part is not None:
            name = destination.name_of(part, self.folders)
            if name is not None:
                parent, _, last = name.rpartition(".")
                return _Name(alias, parent, last)
        elif base is not None and resolution.submodule is None:
            name = destination.name_of(base, self.folders)
            if name is not None:
                return _Name(alias, name, alias.name)
        asked = f"from {'.' * node.level}{node.module or ''} import {alias.name}"
        self._unreachable(node, asked, resolution)
        return None

    def _still_leads(
        self, node: ast.ImportFrom, alias: ast.alias, base: Located | None, part: Located | None
    ) -> bool:
        if node.level:
            found = self.destination.relative(self.new_path, node.level, node.module or "")
        else:
            found = self.destination.finder.find(self.folders, node.module or "")
        if found is None:
            return False
        if part is not None:
            return self.destination.finder.submodule(found, alias.name) == part
        return found == base

    def _rewrite_from(self, node: ast.ImportFrom, names: Sequence[_Name]) -> None:
        groups: dict[str, list[_Name]] = {}
        for name in names:
            groups.setdefault(name.base, []).append(name)
        first, *others = groups
        if first == "":
            self._replace(node, [_statement(base, group) for base, group in groups.items()])
            return
        start, end = self.source.span(node)
        match = _FROM.match(self.source.text, start, end)
        if match is None:
            raise ValueError(f"{self.path}:{node.lineno}: the statement cannot be taken apart")
        gap = "" if match["gap"] else " "
        after = "" if match["end"] else " "
        self._edit(match.start("module"), match.end("module"), f"{gap}{first}{after}")
        for name in groups[first]:
            if name.name != name.alias.name:
                self._edit(*self.source.span(name.alias), name.text)
        if others:
            moved_on = [name for base in others for name in groups[base]]
            comments = self._take_out(node, moved_on)
            self._append(node, [_statement(b, groups[b], comments) for b in others])

    def _take_out(self, node: ast.ImportFrom, gone: Sequence[_Name]) -> dict[int, str]:
        """Remove names from a statement; return the comment that stood behind each."""
        comments: dict[int, str] = {}
        ids = {id(name.alias) for name in gone}
        remaining = [alias for alias in node.names if id(alias) not in ids]
        for position, alias in enumerate(node.names):
            if id(alias) not in ids:
                continue
            start, end = self.source.span(alias)
            if any(id(later) not in ids for later in node.names[position + 1 :]):
                end = self.source.span(node.names[position + 1])[0]
            else:
                start = self.source.span(remaining[-1])[1]
                if position and node.names[position - 1] is not remaining[-1]:
                    start = self.source.span(node.names[position - 1])[1]
            found = _COMMENT.search(self.source.text, start, end)
            if found:
                comments[id(alias)] = found.group()
            self._edit(start, end, "")
        return comments

    # -- text

    def _edit(self, start: int, end: int, text: str) -> None:
        if self.source.text[start:end] != text:
            self.edits.append(Edit(start, end, text, KIND))

    def _replace(self, node: ast.stmt, statements: Sequence[str]) -> None:
        start, end = self.source.span(node)
        self._edit(start, end, self._separator(node).join(statements))

    def _append(self, node: ast.stmt, statements: Sequence[str]) -> None:
        end = self.source.span(node)[1]
        separator = self._separator(node)
        if separator != "; ":
            end = self._line_content_end(end)
        text = "".join(f"{separator}{statement}" for statement in statements)
        self.edits.append(Edit(end, end, text, KIND))

    def _line_content_end(self, offset: int) -> int:
        match = re.compile(r"[^\r\n]*").match(self.source.text, offset)
        return match.end() if match else offset

    def _separator(self, node: ast.stmt) -> str:
        """Return what divides two statements here: a new line, or ``;`` on a shared line."""
        start, end = self.source.span(node)
        line_start, _ = self.source.line_bounds(start, start)
        indent = self.source.text[line_start:start]
        rest = self.source.text[end : self._line_content_end(end)].strip()
        if indent.strip() or (rest and not rest.startswith("#")):
            return "; "
        return f"{self.source.newline}{indent}"

    def _unreachable(self, node: ast.stmt, statement: str, resolution: Resolution) -> None:
        where = ", ".join(self.destination.of_file(file) for file in resolution.files)
        self.findings.append(
            Finding(
                "import-not-followed",
                self.new_path,
                node.lineno,
                f"{statement}: it meant {where}, which has no name that can be imported from here",
                "Move one of the two with --place, or import it in another way.",
            )
        )


def _statement(base: str, names: Sequence[_Name], comments: dict[int, str] | None = None) -> str:
    found = [comments[id(n.alias)] for n in names if comments and id(n.alias) in comments]
    tail = f"  {'  '.join(found)}" if found else ""
    if not base:
        return "; ".join(f"import {name.text}" for name in names) + tail
    return f"from {base} import {', '.join(name.text for name in names)}{tail}"


def _merge_unchanged(parts: Sequence[tuple[bool, str]]) -> list[str]:
    """Join neighbouring aliases that did not change into one ``import`` statement again."""
    statements: list[str] = []
    last_changed = True
    for changed, text in parts:
        if changed:
            statements.append(text)
        elif last_changed:
            statements.append(f"import {text}")
        else:
            statements[-1] += f", {text}"
        last_changed = changed
    return statements


def _dotted(node: ast.AST) -> str | None:
    attributes: list[str] = []
    while isinstance(node, ast.Attribute):
        attributes.append(node.attr)
        node = node.value
    return ".".join([node.id, *reversed(attributes)]) if isinstance(node, ast.Name) else None


def _is_below(dotted: str, package: str) -> bool:
    return dotted.startswith(f"{package}.")


def _root(node: ast.AST) -> ast.AST:
    while isinstance(node, ast.Attribute):
        node = node.value
    return node
