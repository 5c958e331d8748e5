"""Edits that make a CLI command of a management command, each proven by itself.

An edit may let an import name the package's support for commands in place of Django's management,
follow a use of such a name, follow the name of a command that is called, or append the function
that runs the command. Whatever names of Django's management a file uses, it uses the same ones of
either afterwards; the rest of the file is compared node by node by ``code-unchanged``.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from posixpath import basename, dirname

from relayout.conversions.django.command_main import DOCSTRING
from relayout.conversions.django.command_support_text import PROVIDED
from relayout.conversions.django.management_imports import KIND, SUPPORT
from relayout.inventory.programs import is_main_guard
from relayout.inventory.python import PythonFile, import_statements
from relayout.inventory.search_paths import module_stem
from relayout.source import (
    Edit,
    NotPython,
    Source,
    apply_edits,
    dotted_name,
    line_at,
    nodes_of,
    starts_after,
)
from relayout.tree import ancestors
from relayout.verification.identifiers import identifiers
from relayout.verification.import_edits import unexplained_import_edit
from relayout.verification.module_strings import Side

_MANAGEMENT = "django.core.management"
_Span = tuple[int, int]
_Meanings = dict[str, set[str]]


def unexplained_command_edits(
    before: Side, after: Side, edits: Sequence[Edit], targets: Mapping[str, str]
) -> str:
    """Return what is wrong with the edits of commands in one file, or an empty string."""
    own = [(edit, start) for edit, start in starts_after(edits) if edit.kind == KIND]
    if not own:
        return ""
    expressions = _expressions(before)
    appended: list[_Span] = []
    imports: list[Edit] = []
    for edit, start in own:
        old = expressions.get((edit.start, edit.end))
        end = start + len(edit.replacement)
        problem = ""
        if after.source.text[start:end] != edit.replacement:
            problem = "it is not what the recorded edit makes of it"
        elif old is not None:
            problem = _wrong_expression(old, edit.replacement, targets)
        elif edit.start == edit.end == len(before.source.text) and "def " in edit.replacement:
            problem = _wrong_main(edit.replacement, before.module)
            appended.append((start, end))
        else:
            imports.append(edit)
        if problem:
            return f"line {line_at(before.source.text, edit.start)} before: {problem}"
    support = _support(after, [edit.replacement for edit, _ in own])
    return (
        _more_than_imports(before, imports)
        or _changed_imports(before, after, support)
        or _changed_uses(before, after, support, appended)
    )


def _support(side: Side, texts: Sequence[str]) -> str:
    """Return the support that texts may name in a file: that of a package of its own project.

    A file that is in no project, such as a test in the root, may use any package.
    """
    packages = [f for f in side.inventory.tree.folders if basename(dirname(f)) == "src"]
    above = set(ancestors(side.path))
    own = [f for f in packages if dirname(dirname(f)) in above]
    named = sorted({f"{basename(folder)}.{SUPPORT}" for folder in own or packages})
    parents = {one: one.rpartition(".")[0] for one in named}
    return next((one for one in named if any(parents[one] in text for text in texts)), "")


# -- what is appended


def _wrong_main(text: str, before: ast.Module) -> str:
    """Return what is wrong with an appended function, or an empty string."""
    try:
        found = ast.parse(text).body
    except (SyntaxError, ValueError):
        return "what is appended is no Python"
    name = found[0].name if found and isinstance(found[0], ast.FunctionDef) else ""
    guards = [is_main_guard(node) for node in before.body]
    wanted = f'def {name}() -> None:\n    """{DOCSTRING}"""\n    Command.main()\n'
    if not any(guards):
        wanted += f'if __name__ == "__main__":\n    {name}()\n'
    if not name or ast.dump(ast.parse(text)) != ast.dump(ast.parse(wanted)):
        return "what is appended does more than run the command"
    if name in identifiers(before):
        return f"the function that is appended takes the name {name}, which the file uses"
    return ""


# -- where an edit lies


def _expressions(side: Side) -> dict[_Span, ast.expr]:
    """Return the expressions that an edit may change, by where they stand."""
    return {
        side.source.span(node): node
        for node in nodes_of(side.module)
        if isinstance(node, ast.Attribute | ast.Constant)
    }


def _wrong_expression(old: ast.expr, text: str, targets: Mapping[str, str]) -> str:
    """Return what is wrong with an expression in the place of another, or an empty string."""
    try:
        new = ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError):
        return "what replaces an expression is none"
    if isinstance(old, ast.Constant):
        if not isinstance(new, ast.Constant):
            return "a literal is now something else"
        return _wrong_command(str(old.value), str(new.value), targets)
    return "" if _is_dotted(new) else "a use of a name is now something else"


def _is_dotted(node: ast.expr) -> bool:
    while isinstance(node, ast.Attribute):
        node = node.value
    return isinstance(node, ast.Name)


def _more_than_imports(before: Side, edits: Sequence[Edit]) -> str:
    """Return what edits do beside changing import statements, or an empty string.

    They are made by themselves, and the two texts compared as if nothing else had changed.
    """
    old = before.source
    try:
        new = Source(apply_edits(old.text, edits), old.encoding, old.bom)
        facts = [
            PythonFile(before.path, statements=import_statements(source, module))
            for source, module in ((old, before.module), (new, new.parse()))
        ]
    except (NotPython, ValueError) as error:
        return f"the edits of its imports cannot be made: {error}"
    return unexplained_import_edit(old, facts[0], new, facts[1], edits)


def _wrong_command(was: str, now: str, targets: Mapping[str, str]) -> str:
    """Return why a command is not the one that was called, or an empty string."""
    for old, new in targets.items():
        is_old = f"/{module_stem(old)}".endswith(f"/management/commands/{was}")
        if is_old and basename(module_stem(new)) == now:
            return ""
    return f"the command {now} is not what {was} was"


# -- what the names of Django's management mean


def _changed_imports(before: Side, after: Side, support: str) -> str:
    """Return which import binds something else than before, or in another place."""
    was = list(_imports(before.module, (_MANAGEMENT,)))
    now = list(_imports(after.module, (_MANAGEMENT, support)))
    places = {(where, bound): set[str]() for where, bound, _, _ in was}
    for where, bound, meaning, _ in was:
        places[where, bound].add(meaning)
    stars = {(where, meaning) for where, bound, meaning, _ in was if bound == "*"}
    used_before = identifiers(before.module)
    for where, bound, meaning, line in now:
        wanted = places.get((where, bound), set())
        if meaning in wanted or any(_same(old, meaning, support) for old in wanted):
            continue
        name = meaning.removeprefix(f"{support}.")
        if any(place == where and name in PROVIDED.get(star, ()) for place, star in stars):
            if bound == name:
                continue
        is_new = bound not in used_before or bound == support.partition(".")[0]
        if meaning in (support, bound) and is_new and wanted <= {meaning}:
            continue
        return f"line {line} after: {bound} is imported, and was not before"
    return ""


def _same(before: str, after: str, support: str) -> bool:
    """Tell whether the support has, by a name of its own, what Django's management has."""
    if before in PROVIDED and after == support:
        return True
    module, _, name = before.rpartition(".")
    return name in PROVIDED.get(module, ()) and after == f"{support}.{name}"


def _imports(
    module: ast.Module, of: Sequence[str]
) -> Iterator[tuple[tuple[str, ...], str, str, int]]:
    """Yield what imports bind of some modules: where, the name, what it means, and the line."""
    pending: list[tuple[ast.AST, tuple[str, ...]]] = [(module, ())]
    while pending:
        node, where = pending.pop()
        if isinstance(node, ast.Import | ast.ImportFrom):
            for alias in node.names:
                bound, meaning, imported = _bound(node, alias)
                if any(f"{imported}.".startswith(f"{name}.") for name in of):
                    yield where, bound, meaning, node.lineno
        elif not isinstance(node, ast.expr):
            name = getattr(node, "name", None)
            inner = (*where, f"{type(node).__name__} {name or ''}")
            pending += [(child, inner) for child in ast.iter_child_nodes(node)]


def _bound(node: ast.Import | ast.ImportFrom, alias: ast.alias) -> tuple[str, str, str]:
    """Return the name that a part of an import binds, what it means, and what is imported."""
    if isinstance(node, ast.Import):
        top = alias.name.partition(".")[0]
        return alias.asname or top, alias.name if alias.asname else top, alias.name
    base = "." * node.level + (node.module or "")
    if alias.name == "*":
        return "*", base, base
    return alias.asname or alias.name, f"{base}.{alias.name}", f"{base}.{alias.name}"


def _changed_uses(before: Side, after: Side, support: str, appended: Sequence[_Span]) -> str:
    """Return which name leads to something else than the same of Django's management."""
    was = _uses(before, (_MANAGEMENT,), ())
    now = _uses(after, (_MANAGEMENT, support), appended)
    if len(was) != len(now):
        return "names of Django's management are used more or less often than before"
    for (_, old), (line, new) in zip(was, now, strict=True):
        if not all(n in old or any(_leads_to_same(o, n, support) for o in old) for n in new):
            return f"line {line} after: {min(new)} is not what was used before"
    return ""


def _leads_to_same(before: str, after: str, support: str) -> bool:
    """Tell whether a use leads to what the support has in the place of the same of Django."""
    module = before
    while module.startswith(_MANAGEMENT):
        tail = before[len(module) :].lstrip(".")
        name, _, rest = tail.partition(".")
        if name in PROVIDED.get(module, ()):
            return after == ".".join(part for part in (support, name, rest) if part)
        module = module.rpartition(".")[0]
    return False


def _uses(
    side: Side, of: Sequence[str], appended: Sequence[_Span]
) -> list[tuple[int, frozenset[str]]]:
    """Return the line of each use of a name of some modules, and what it may mean, in order."""
    names: _Meanings = {}
    for node in nodes_of(side.module):
        if isinstance(node, ast.Import | ast.ImportFrom):
            for alias in node.names:
                bound, meaning, _ = _bound(node, alias)
                names.setdefault(bound, set()).add(meaning)
    for star in names.pop("*", set()):
        for name in PROVIDED.get(star, ()):
            names.setdefault(name, set()).add(f"{star}.{name}")
    inner = {id(n.value) for n in nodes_of(side.module) if isinstance(n, ast.Attribute)}
    found = []
    for node in nodes_of(side.module):
        if isinstance(node, ast.Attribute | ast.Name) and id(node) not in inner:
            meant = _meant(node, names)
            of_these = {m for m in meant if any(f"{m}.".startswith(f"{o}.") for o in of)}
            if of_these and not _is_within(side.source, node, appended):
                found.append((side.source.span(node)[0], node.lineno, frozenset(of_these)))
    return [(line, meant) for _, line, meant in sorted(found, key=lambda use: use[0])]


def _meant(node: ast.expr, names: _Meanings) -> Iterator[str]:
    first, dot, rest = dotted_name(node).partition(".")
    for meaning in names.get(first, ()):
        yield f"{meaning}{dot}{rest}"


def _is_within(source: Source, node: ast.expr, spans: Sequence[_Span]) -> bool:
    start, end = source.span(node)
    return any(first <= start and end <= last for first, last in spans)
