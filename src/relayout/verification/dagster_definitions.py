"""``dagster-definitions``: a Dagster project defines what it did, and each code location loads it.

Two things are compared, from the text alone. Every definition outside of quarantine is there again
with the same key, the same assets, dependencies, group and partitions; where something of that is
computed, its decorators, parameters or value are compared instead. And what a code location takes,
by loaders or by naming it, it takes afterwards. What ``verify --run`` finds by loading both is
stronger; this needs no environment.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from posixpath import dirname

from relayout.inventory import Inventory
from relayout.inventory.dagster import PLAIN, Definition, definition_folders
from relayout.inventory.dagster.territory import is_part
from relayout.notebook import read_source
from relayout.source import NotPython, nodes_of
from relayout.verification.code_locations import TAKEN_KINDS, Label, Taken, label, taken
from relayout.verification.evidence import Check, Evidence, outcome, placed

_NOT_COMPARED = frozenset({"definitions", *PLAIN})
"""Kinds that are no definition to load: a ``Definitions`` object may come or be written anew."""

_COMPARED = ("key", "asset_keys", "upstream", "group", "prefix", "partitions")

_LAYOUT = "dagster"
"""The layout in which a code location is made where there was none."""

_Key = tuple[str, str]
"""A definition's kind, and the name that its module gives it."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A definition, the file that it is in, and what identifies it if part of it is computed."""

    path: str
    definition: Definition
    form: str

    @property
    def facts(self) -> tuple[str, ...]:
        """What it says of itself, in the order of what is compared."""
        return tuple(_shown(getattr(self.definition, name)) for name in _COMPARED)


def check_dagster_definitions(evidence: Evidence) -> Check | None:
    """Count definitions that are lost, new or changed, and those that are no longer loaded.

    None for a repository without Dagster, and where the state before is not known.
    """
    before = evidence.original or evidence.before
    if before is None or evidence.plan is None or not before.dagster:
        return None
    targets, additions = evidence.plan.targets, evidence.plan.additions
    was = {p for p in before.dagster if placed(targets.get(p, p))}
    now = {p for p in evidence.after.dagster if placed(p) and p not in additions}
    old, new = _definitions(before, was), _definitions(evidence.after, now)
    details = [text for key in sorted(old.keys() | new.keys()) for text in _changes(key, old, new)]
    wanted = _meant_to_load(before, was) if evidence.plan.layout == _LAYOUT else frozenset()
    details += _no_longer_taken(before, evidence.after, wanted)
    counts = Counter(key[0] for key, found in new.items() for _ in found)
    return outcome("dagster-definitions", details, {"definitions": sum(counts.values())})


# -- what is defined


def _definitions(inventory: Inventory, paths: Iterable[str]) -> dict[_Key, list[_Found]]:
    found: dict[_Key, list[_Found]] = {}
    for path in sorted(paths):
        compared = [d for d in inventory.dagster[path].definitions if d.kind not in _NOT_COMPARED]
        forms = _forms(inventory, path) if compared else {}
        for one in compared:
            form = forms.get(one.last_line, "")
            found.setdefault((one.kind, one.name), []).append(_Found(path, one, form))
    return found


def _forms(inventory: Inventory, path: str) -> dict[int, str]:
    """Return, by its last line, what each statement of a module says without what it does.

    That is the decorators and parameters of a function, the bases of a class, the value of an
    assignment. Dotted names count by their last part: the rest may follow what moved.
    """
    try:
        module = read_source(path, inventory.tree.read(path)).parse()
    except NotPython:
        return {}
    found: dict[int, str] = {}
    for node in nodes_of(module):
        if isinstance(node, ast.stmt):
            last = node.end_lineno or node.lineno
            found.setdefault(last, " ".join(map(_form, _heads(node))))
    return found


def _heads(node: ast.stmt) -> Iterator[ast.AST]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        yield from node.decorator_list
        yield node.args
    elif isinstance(node, ast.ClassDef):
        yield from (*node.decorator_list, *node.bases, *node.keywords)
    elif isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign) and node.value is not None:
        yield node.value


def _form(node: ast.AST) -> str:
    """Return the names, literals and operators of a piece of syntax, in its order."""
    words: list[str] = []
    pending: list[ast.AST] = [node]
    while pending:
        one = pending.pop()
        if isinstance(one, ast.Attribute) and _is_dotted(one):
            words.append(one.attr)
            continue
        words.append(type(one).__name__ if not isinstance(one, ast.Name) else one.id)
        if isinstance(one, ast.Constant):
            words.append(repr(one.value))
        elif isinstance(one, ast.arg | ast.keyword):
            words.append(str(one.arg))
        pending += reversed(list(ast.iter_child_nodes(one)))
    return " ".join(words)


def _is_dotted(node: ast.expr) -> bool:
    while isinstance(node, ast.Attribute):
        node = node.value
    return isinstance(node, ast.Name)


def _changes(
    key: _Key, old: Mapping[_Key, list[_Found]], new: Mapping[_Key, list[_Found]]
) -> Iterator[str]:
    was, now = old.get(key, []), new.get(key, [])
    by_form = not all(one.definition.certain for one in (*was, *now))
    if len(was) == len(now) == 1 and not by_form:
        yield from _changed_facts(key, was[0], now[0])
        return
    gone = _without(was, now, by_form)
    come = _without(now, was, by_form)
    for one, other in zip(gone, come, strict=False):
        yield f"{_called(key, one)} is not what it was: {_place(other)}"
    for one in gone[len(come) :]:
        yield f"{_called(key, one)} is gone"
    for one in come[len(gone) :]:
        yield f"{_called(key, one)} was not there before"


def _changed_facts(key: _Key, was: _Found, now: _Found) -> Iterator[str]:
    for name, old, new in zip(_COMPARED, was.facts, now.facts, strict=True):
        if old != new:
            word = name.replace("_", " ")
            yield f"{_called(key, now)}: {word} was {old or 'not said'}, is {new or 'not said'}"


def _without(these: list[_Found], others: list[_Found], by_form: bool) -> list[_Found]:
    """Return those of some definitions that are not among others, each of which stands for one."""
    left = Counter(one.form if by_form else one.facts for one in others)
    found = []
    for one in these:
        identity = one.form if by_form else one.facts
        if left[identity]:
            left[identity] -= 1
        else:
            found.append(one)
    return found


def _called(key: _Key, one: _Found) -> str:
    return f"{key[0].replace('_', ' ')} {key[1]} ({_place(one)})"


def _place(one: _Found) -> str:
    return f"{one.path}:{one.definition.first_line}"


def _shown(value: str | tuple[str, ...]) -> str:
    """Return a fact as text; an expression without what its dotted names begin with."""
    if isinstance(value, tuple):
        return ", ".join(sorted(value))
    try:
        tree = ast.parse(value, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return value
    return value if isinstance(tree, ast.Name | ast.Constant) else _form(tree)


# -- what is loaded


def _no_longer_taken(
    before: Inventory, after: Inventory, wanted: frozenset[Label]
) -> Iterator[str]:
    """Yield what code locations took and do not take, or take and did not.

    Where there was none before, what is ``wanted`` has to be taken.
    """
    old, new = taken(before), taken(after)
    if not old and not wanted:
        return
    old = old or (Taken("the folder of definitions", wanted, frozenset()),)
    if not new:
        yield "no code location loads the definitions"
        return
    if len(old) != len(new):
        old, new = (_together(old),), (_together(new),)
    for one, other in zip(old, new, strict=True):
        if other.unknown or one.unknown:
            continue
        for kind, name in sorted(one.certainly - other.certainly):
            yield f"{other.name}: {kind.replace('_', ' ')} {name} is no longer loaded"
        for kind, name in sorted(other.certainly - one.certainly - one.perhaps):
            yield f"{other.name}: {kind.replace('_', ' ')} {name} is loaded, and was not before"


def _meant_to_load(inventory: Inventory, paths: Iterable[str]) -> frozenset[Label]:
    """Return what the modules of folders of definitions have for Dagster to load."""
    folders = definition_folders(inventory.dagster)
    return frozenset(
        label(definition)
        for path in paths
        if dirname(path) in folders and is_part(path)
        for definition in inventory.dagster[path].definitions
        if definition.kind in TAKEN_KINDS
    )


def _together(several: tuple[Taken, ...]) -> Taken:
    return Taken(
        ", ".join(one.name for one in several),
        frozenset().union(*(one.certainly for one in several)),
        frozenset().union(*(one.perhaps for one in several)),
        any(one.unknown for one in several),
    )
