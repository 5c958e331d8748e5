"""The proof for edits by which code takes functions from its package that it took from Django.

Of such an edit nothing is believed. Either it exchanges, within import statements, a function of
Django for the one of the same name that the package has of it; what is bound, and where, stays. Or
it puts one statement in front of another: the import of the module that sets Django up, under a
name that the file does not use.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from relayout.conversions.django.setup_imports import COMMENT, KIND
from relayout.conversions.django.standalone_text import FOLDER, MODULES, PROVIDED
from relayout.inventory.python import PythonFile, import_statements
from relayout.source import Edit, NotPython, Source, apply_edits, line_at, nodes_of, starts_after
from relayout.verification.identifiers import identifiers
from relayout.verification.import_edits import unexplained_import_edit
from relayout.verification.module_strings import Side

_SETUP = re.compile(
    r"[ \t]*from (?P<package>[^\W\d]\w*)\.database import (?P<module>django_setup(?:_\d+)?)"
    rf"(?: as (?P<bound>django_setup_\d+))?(?:; |{re.escape(COMMENT)}(?:\r\n|\r|\n))"
)

_Binding = tuple[int, str, str]
"""How deep a statement stands, the name that it binds, and what that stands for."""


def unexplained_use_edits(before: Side, after: Side, edits: Sequence[Edit]) -> str:
    """Return what is wrong with the edits of uses of Django in one file, or an empty string."""
    own = [(edit, start) for edit, start in starts_after(edits) if edit.kind == KIND]
    exchanges: list[Edit] = []
    for edit, start in own:
        line = line_at(before.source.text, edit.start)
        if after.source.text[start : start + len(edit.replacement)] != edit.replacement:
            return f"line {line} before: it is not what the recorded edit makes of it"
        match = _SETUP.fullmatch(edit.replacement) if edit.start == edit.end else None
        if match is None:
            exchanges.append(edit)
            continue
        problem = _wrong_setup(match, edit, before, after)
        if problem:
            return f"line {line} before: {problem}"
    return _wrong_exchange(before, after, exchanges) if exchanges else ""


def _wrong_setup(match: re.Match[str], edit: Edit, before: Side, after: Side) -> str:
    """Return what is wrong with an inserted import of the module that sets Django up."""
    bound = match["bound"] or match["module"]
    if bound in identifiers(before.module):
        return f"an inserted import takes the name {bound}, which the file uses"
    package, module = match["package"], match["module"]
    if _in_package(after, package, f"database/{module}.py") is None:
        return f"{package}.database.{module} is not there"
    starts = {before.source.span(n)[0] for n in nodes_of(before.module) if isinstance(n, ast.stmt)}
    text = before.source.text
    place = edit.start
    if not match.group().endswith("; "):
        while text[place : place + 1] in (" ", "\t"):
            place += 1
    starts_class = text[place : place + 1] == "@"
    return "" if place in starts or starts_class else "an inserted import splits a statement"


def _in_package(side: Side, package: str, path: str) -> str | None:
    """Return the path of a module that the package has, or None."""
    ending = f"src/{package}/{path}"
    return next((p for p in side.inventory.tree if f"/{p}".endswith(f"/{ending}")), None)


def _wrong_exchange(before: Side, after: Side, edits: Sequence[Edit]) -> str:
    """Return what edits of import statements do beside exchanging functions, made by themselves."""
    old = before.source
    try:
        new = Source(apply_edits(old.text, edits), old.encoding, old.bom)
        module = new.parse()
    except (NotPython, ValueError) as error:
        return f"the edits of its imports cannot be made: {error}"
    facts = [
        PythonFile(before.path, statements=import_statements(source, tree))
        for source, tree in ((old, before.module), (new, module))
    ]
    problem = unexplained_import_edit(old, facts[0], new, facts[1], edits)
    if problem:
        return problem
    was, now = sorted(_bindings(before.module)), sorted(_bindings(module))
    for one, other in zip_longest(was, now, fillvalue=(0, "nothing", "")):
        if one[:2] != other[:2]:
            return f"{other[1]} is imported where {one[1]} was"
        if one[2] != other[2]:
            problem = _wrong_function(one, other[2], before.module, after)
            if problem:
                return problem
    return ""


def _bindings(module: ast.Module) -> Iterator[_Binding]:
    """Yield what import statements bind, each with how many blocks it stands in."""
    pending: list[tuple[ast.AST, int]] = [(module, 0)]
    while pending:
        node, depth = pending.pop()
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield depth, alias.asname or alias.name.partition(".")[0], alias.name
        elif isinstance(node, ast.ImportFrom):
            base = "." * node.level + (node.module or "")
            for alias in node.names:
                yield depth, alias.asname or alias.name, f"{base}.{alias.name}"
        elif not isinstance(node, ast.expr):
            pending += [(child, depth + 1) for child in ast.iter_child_nodes(node)]


def _wrong_function(was: _Binding, now: str, module: ast.Module, after: Side) -> str:
    """Return why a name does not stand for the same function of the package, or nothing."""
    _, bound, origin = was
    package, _, rest = now.partition(f".support.{FOLDER}.")
    last, _, name = rest.partition(".")
    of_module = MODULES.get(last, "")
    same = f"{of_module}.{name}" if name else of_module
    if not rest or same != origin or not of_module:
        return f"{bound} was {origin}, and is {now}"
    wanted = {name} if name else _attributes(bound, module)
    path = _in_package(after, package, f"support/{FOLDER}/{last}.py")
    file = after.inventory.python.get(path) if path is not None else None
    if file is None or not wanted <= file.defines & PROVIDED[of_module]:
        return f"{now} does not have what is used of {origin}"
    return ""


def _attributes(bound: str, module: ast.Module) -> set[str]:
    """Return what is asked of a name; the name itself if it is used for more than that."""
    asked: set[str] = set()
    inner: set[int] = set()
    for node in nodes_of(module):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            if node.value.id == bound:
                asked.add(node.attr)
                inner.add(id(node.value))
    for node in nodes_of(module):
        if isinstance(node, ast.Name) and node.id == bound and id(node) not in inner:
            asked.add(bound)
    return asked
