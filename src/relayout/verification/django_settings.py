"""The proof for edits by which code takes its settings from its package, not from Django.

Of such an edit nothing is believed. It may stand in an import statement, or in the place of the
expression ``django.conf.settings``. What the statements bound must be bound as before, settings to
the package's module; and every expression that meant settings must mean them, with the same
attribute, in the same order.
"""

from __future__ import annotations

import ast
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from relayout.inventory.django.names import dotted_origin
from relayout.source import Edit, Source, nodes_of, starts_after
from relayout.verification.module_strings import Side

KIND = "django-setting"

_OLD = "django.conf.settings"
_LEADS_THERE = frozenset({"django", "django.conf"})
_MODULE = re.compile(r"[^\W\d]\w*\.config\.project_settings(?:_\d+)?")

_DOTTED = re.compile(r"[^\W\d]\w*(?:\s*\.\s*[^\W\d]\w*)*")

_Bound = tuple[str, str, str]
"""The functions and classes around an import, the name that it binds, and what that stands for."""


def wrong_settings(before: Side, after: Side, edits: Sequence[Edit]) -> str:
    """Return what is wrong with the edits of settings, or an empty string."""
    spans = [(edit.start, edit.end) for edit in edits if edit.kind == KIND]
    if not spans:
        return ""
    new_spans = [
        (start, start + len(edit.replacement))
        for edit, start in starts_after(edits)
        if edit.kind == KIND
    ]
    old = _touched(before.source, before.module, spans)
    if isinstance(old, str):
        return old
    new = _touched(after.source, after.module, new_spans)
    if isinstance(new, str):
        return new
    modules = {origin for _, _, origin in new if _MODULE.fullmatch(origin)}
    if len(modules) != 1:
        return "an edit for settings does not import the package's settings"
    module = modules.pop()
    if not any(path.endswith(f"/{module.replace('.', '/')}.py") for path in after.inventory.tree):
        return f"{module} is not there"
    if problem := _other_bindings(old, new, module):
        return problem
    was = list(_uses(before.module, _OLD, old))
    now = list(_uses(after.module, module, new))
    if was != now:
        return f"settings are used {len(now)} times in another way than the {len(was)} times before"
    return ""


def _other_bindings(old: Counter[_Bound], new: Counter[_Bound], module: str) -> str:
    """Return what is bound otherwise than before; ``import django.conf`` may go or stay."""
    for (place, name, origin), times in old.items():
        wanted = (place, name, module if origin == _OLD else origin)
        if origin not in _LEADS_THERE and new[wanted] != times:
            return f"an edit for settings takes away {name}"
    for place, name, origin in new:
        if origin != module and (place, name, origin) not in old:
            return f"an edit for settings binds {name} to {origin}"
    return ""


def _touched(
    source: Source, module: ast.Module, spans: Sequence[tuple[int, int]]
) -> Counter[_Bound] | str:
    """Return what the import statements bind that spans stand in or behind.

    A text says which span stands elsewhere than in an import or around one expression.
    """
    placed = list(_placed_imports(module))
    imports = sorted((*source.span(node), number) for number, (_, node) in enumerate(placed))
    starts = [start for start, _, _ in imports]
    attributes = {
        source.span(node) for node in nodes_of(module) if isinstance(node, ast.Attribute | ast.Name)
    }
    found: set[int] = set()
    for start, end in spans:
        index = bisect_right(starts, start) - 1
        if index >= 0 and _stands_at(source, imports[index], start, end):
            found.add(imports[index][2])
            later = index + 1
            while later < len(imports) and imports[later][0] < end:
                found.add(imports[later][2])
                later += 1
        elif (start, end) not in attributes and not _is_in_string(source, module, start, end):
            line = bisect_right(source.line_starts, start)
            return f"line {line}: an edit for settings covers something else"
    return Counter(
        (place, name, origin)
        for number, (place, node) in enumerate(placed)
        if number in found
        for name, origin in _bound(node)
    )


def _is_in_string(source: Source, module: ast.Module, start: int, end: int) -> bool:
    """Tell whether a span is a dotted name in a formatted string.

    Positions in those are not exact before Python 3.12; that the names mean the same is looked at
    for the whole file.
    """
    if not _DOTTED.fullmatch(source.text[start:end]):
        return False
    strings = (source.span(n) for n in nodes_of(module) if isinstance(n, ast.JoinedStr))
    return any(first <= start and end <= last for first, last in strings)


def _stands_at(source: Source, place: tuple[int, int, int], start: int, end: int) -> bool:
    """Tell whether a span is in an import statement, or is imports that begin or follow there."""
    first, last, _ = place
    if first <= start and end <= last:
        return True
    behind = source.text[last:start].lstrip(" \t") if start >= last else "there is none"
    if start == first or not behind or (behind.startswith("#") and "\n" not in behind):
        return _only_imports(source.text[start:end])
    return False


def _only_imports(text: str) -> bool:
    lines = [line.strip() for line in text.lstrip("; \t\r\n").splitlines()]
    try:
        body = ast.parse("\n".join(lines)).body
    except SyntaxError:
        return False
    return all(isinstance(node, ast.Import | ast.ImportFrom) for node in body)


def _placed_imports(module: ast.Module) -> Iterator[tuple[str, ast.Import | ast.ImportFrom]]:
    """Yield every import statement with the names of the functions and classes around it."""
    pending: list[tuple[str, ast.AST]] = [("", module)]
    while pending:
        place, node = pending.pop()
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield place, node
            continue
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            place = f"{place}.{node.name}"
        if not isinstance(node, ast.expr):
            pending += [(place, child) for child in ast.iter_child_nodes(node)]


def _bound(node: ast.Import | ast.ImportFrom) -> Iterator[tuple[str, str]]:
    for alias in node.names:
        if isinstance(node, ast.ImportFrom):
            base = "." * node.level + (node.module or "")
            yield alias.asname or alias.name, f"{base}.{alias.name}"
        elif alias.asname:
            yield alias.asname, alias.name
        elif alias.name.startswith("django."):
            yield "django", "django.conf" if alias.name == "django.conf" else alias.name
        else:
            yield alias.name.partition(".")[0], alias.name


def _uses(module: ast.Module, settings: str, bound: Iterable[_Bound]) -> Iterator[str]:
    """Yield, in order, the attribute that is asked of settings wherever code names them.

    ``bound`` are the bindings of the statements that were edited: by others, settings are reached
    as before.
    """
    meanings: dict[str, str] = {}
    for _, name, origin in bound:
        if origin == settings:
            meanings[name] = settings
        elif origin in _LEADS_THERE:
            meanings.setdefault(name, name if origin.startswith(f"{name}.") else origin)
    inner: set[int] = set()
    found: list[tuple[int, int, str]] = []
    for part in nodes_of(module):
        if isinstance(part, ast.Attribute | ast.Name) and id(part) not in inner:
            inner.update(_chain_ids(part))
            text = dotted_origin(part, meanings) or ""
            if text == settings or text.startswith(f"{settings}."):
                asked = text[len(settings) :]
                found.append((part.end_lineno or 0, part.end_col_offset or 0, asked))
    yield from (asked for _, _, asked in _in_order(found))


def _in_order(found: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    return sorted(found, key=lambda use: use[:2])


def _chain_ids(node: ast.expr) -> Iterator[int]:
    while isinstance(node, ast.Attribute):
        node = node.value
        yield id(node)
