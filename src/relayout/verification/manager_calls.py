"""Edits that let a file run a console script in the place of a command of ``manage.py``.

Each is right if what it puts there leads to the module that the command was in: as a console
script of a project of the tree after, or as ``-m`` and the module's name.
"""

from __future__ import annotations

import ast
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from posixpath import basename, dirname, join

import tomlkit
from tomlkit.exceptions import TOMLKitError

from relayout.inventory.declared import table_at
from relayout.inventory.search_paths import module_stem
from relayout.rewriting.manager_commands import KIND
from relayout.source import Edit, NotPython, Source, apply_edits, line_at, nodes_of
from relayout.tree import Tree
from relayout.verification.module_strings import ChangedStrings

_LAST_WORD = re.compile(r"([\w-]+)[\"']?\Z")
_MODULE = re.compile(r"-m[\s\"',\\-]+([A-Za-z_][\w.]*)")
_OPTION = re.compile(
    r"[\s\\]+--(?:skip-checks|(?:settings|pythonpath)(?:=|[\s\\]+)[^\s;|&<>()\"']+)"
)


@dataclass(frozen=True, slots=True)
class ReplacedCalls:
    """What edits of calls do: ``spans``, in order, need not name a manager any more.

    ``problems`` say which edits are wrong.
    """

    spans: tuple[tuple[int, int], ...] = ()
    problems: tuple[str, ...] = ()

    def hold(self, position: int) -> bool:
        """Tell whether a place of the text before is in one of the spans."""
        number = bisect_right(self.spans, position, key=lambda span: span[0]) - 1
        return number >= 0 and position < self.spans[number][1]


def replaced_calls(
    text: str, edits: Sequence[Edit], after: Tree, targets: Mapping[str, str]
) -> ReplacedCalls:
    """Return what edits of calls of managers do to a text, given as it was before."""
    own = [edit for edit in edits if edit.kind == KIND]
    if not own:
        return ReplacedCalls()
    leads_to = _console_scripts(after)
    spans: list[tuple[int, int]] = []
    problems: list[str] = []
    for edit in own:
        old = text[edit.start : edit.end]
        is_option = not edit.replacement and _OPTION.fullmatch(old) is not None
        if is_option or _leads_to_same(old, edit.replacement, leads_to, after, targets):
            spans.append((edit.start, edit.end))
        else:
            line = line_at(text, edit.start)
            problems.append(f"line {line} before: {edit.replacement!r} does not run what it ran")
    return ReplacedCalls(tuple(sorted(spans)), tuple(problems))


def changed_calls(source: Source, module: ast.Module, edits: Sequence[Edit]) -> ChangedStrings:
    """Return the values that strings of a module have after the edits of calls of managers.

    The edits are made by themselves: nothing but the values of strings may be another one then.
    """
    own = [edit for edit in edits if edit.kind == KIND]
    if not own:
        return ChangedStrings({})
    try:
        text = apply_edits(source.text, own)
        changed = Source(text, source.encoding, source.bom).parse()
    except (NotPython, ValueError) as error:
        return ChangedStrings({}, f"calls of commands cannot be edited: {error}")
    was, now = nodes_of(module), nodes_of(changed)
    if [type(node) for node in was] != [type(node) for node in now]:
        return ChangedStrings({}, "an edit of a call changes more than a text")
    values: dict[int, str] = {}
    for old, new in zip(was, now, strict=True):
        if isinstance(old, ast.Constant) and isinstance(new, ast.Constant):
            if isinstance(old.value, str) and isinstance(new.value, str) and old.value != new.value:
                values[id(old)] = new.value
    return ChangedStrings(values)


def unexplained_calls(
    source: Source, edits: Sequence[Edit], after: Tree, targets: Mapping[str, str]
) -> str:
    """Return what is wrong with the edits of calls of managers in a module, or nothing."""
    calls = replaced_calls(source.text, edits, after, targets)
    return next(iter(calls.problems), "")


def _leads_to_same(
    old: str,
    new: str,
    leads_to: Mapping[str, frozenset[str]],
    after: Tree,
    targets: Mapping[str, str],
) -> bool:
    """Tell whether a new text leads to the module of the command that the old one ends in."""
    name = _LAST_WORD.search(old)
    if name is None:
        return False
    wanted = {
        place
        for path, place in targets.items()
        if path.endswith(f"/management/commands/{name[1]}.py") and place in after
    }
    module = _MODULE.fullmatch(new)
    if module is None:
        return bool(wanted & leads_to.get(new.strip("\"'"), frozenset()))
    tail = module[1].replace(".", "/")
    return any(f"/{module_stem(place)}".endswith(f"/src/{tail}") for place in wanted)


@lru_cache(maxsize=4)
def _console_scripts(tree: Tree) -> dict[str, frozenset[str]]:
    """Return the modules, by path, that the console scripts of a tree's projects lead to."""
    found: dict[str, set[str]] = {}
    for path in tree:
        if basename(path) == "pyproject.toml" and tree.is_regular(path):
            for name, target in _scripts_in(tree.read(path)):
                module = target.partition(":")[0].strip().replace(".", "/")
                place = join(dirname(path), "src", f"{module}.py")
                found.setdefault(name, set()).add(place)
    return {name: frozenset(places) for name, places in found.items()}


def _scripts_in(content: bytes) -> Iterator[tuple[str, str]]:
    try:
        document = tomlkit.parse(content.decode("utf-8", errors="replace")).unwrap()
    except TOMLKitError:
        return
    for table in (table_at(document, "project"), table_at(document, "tool", "poetry")):
        for name, target in table_at(table, "scripts").items():
            if isinstance(target, str):
                yield name, target
