"""Data of services: what compose mounts of ``data/`` goes to ``data/services/``, tracked or not.

Git holds little or nothing of these folders. They are places of the tree, so that whatever names
them follows their moves as it follows those of files.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from fnmatch import fnmatchcase
from posixpath import basename, dirname, join

from relayout.inventory import Inventory
from relayout.inventory.bind_mounts import BindMount, bind_mounts
from relayout.inventory.data_in_code import NamedData, data_named_in_code
from relayout.inventory.references import decoded
from relayout.inventory.references.scripts.make import is_make
from relayout.inventory.references.scripts.shell import is_shell
from relayout.planning.placement import Placement
from relayout.planning.plan import Finding, Move, Options
from relayout.recipes import Recipe
from relayout.tree import Tree, is_within

RULE = "service-data"
ABOUT_DATA = frozenset(
    {"service-data-moves", "service-data-stays", "mount-sees-moved-data", "reference-not-followed"}
)
"""Codes of findings about it, each with the line of a file before its edits."""
SCRIPT = "tools/scripts/move-service-data"
"""Moves what git does not hold of the folders."""
_REASON = "data of a service stands in {}/: {}:{} mounts it"
_OTHERS = frozenset({"pipelines", "temp"})
"""Folders of ``data/`` that the layout has besides the one of services."""
_VARIABLE = re.compile(r"\$\{(\w+):?-[^./]*\.?/(?!\})")
_LONGEST_LINE = 2_000
_LARGEST = 1_000_000
"""A larger file, in bytes, is data, and names no folders."""


def with_service_places(tree: Tree, recipe: Recipe) -> Tree:
    """Return the tree with what services mount of the data folder, and what is named in there."""
    if not recipe.service_data:
        return tree
    data = dirname(recipe.service_data)
    mounted = {
        mount.path
        for mount in bind_mounts(tree)
        if mount.path is not None and is_within(mount.path, data) and mount.path not in tree
    }
    roots = {root for path in mounted if (root := _root(path, recipe))}
    named = _named_below(tree, roots)
    between = {folder for path in mounted for folder in _between(path, roots)}
    return tree.with_places(path for path in roots | between | named if path not in tree)


def place_service_data(
    inventory: Inventory, recipe: Recipe, options: Options, placement: Placement
) -> Placement:
    """Return the placement with the data of services in its folder, and what a person should know.

    What code reads or writes by name stays, and so does what a variable may lead away from.
    """
    if not recipe.service_data:
        return placement
    mounts = [m for m in bind_mounts(inventory.tree) if m.path is not None]
    by_root: dict[str, list[BindMount]] = {}
    for mount in mounts:
        root = _root(mount.path or "", recipe)
        if root and root in inventory.tree.folders:
            by_root.setdefault(root, []).append(mount)
    kept = frozenset(root for root in by_root if _is_kept(root, inventory.tree, options))
    findings = [*_unsure(by_root, kept), *_of_code(inventory, by_root, kept)]
    findings += _taken(inventory.tree, recipe, by_root, kept)
    stay = kept | {root for root, _ in findings}
    moves = {
        root: Move(root, join(recipe.service_data, basename(root)), RULE, _reason(recipe, found[0]))
        for root, found in sorted(by_root.items())
        if root not in stay
    }
    told = [finding for _, finding in findings]
    told += _to_be_moved(by_root, moves)
    data = dirname(recipe.service_data)
    told += [*_seen_elsewhere(mounts, moves, data), *_computed(inventory.tree, moves, data)]
    return _laid_over(placement, moves, inventory.tree, told)


def _root(path: str, recipe: Recipe) -> str:
    """Return the folder of a service that a path is in, or an empty string."""
    data, _, own = recipe.service_data.rpartition("/")
    inside = path[len(data) + 1 :].partition("/")[0] if path.startswith(f"{data}/") else ""
    return join(data, inside) if inside and inside not in (own, *_OTHERS) else ""


def _between(path: str, roots: Iterable[str]) -> Iterator[str]:
    """Yield a path and the folders above it, as far as they are in one of the roots."""
    while path not in roots and "/" in path:
        yield path
        path = dirname(path)


def _named_below(tree: Tree, roots: Iterable[str]) -> set[str]:
    """Return the paths in the roots that files of the tree spell out."""
    found: set[str] = set()
    names = "|".join(sorted(map(re.escape, roots), key=len, reverse=True))
    if not names:
        return found
    spelled = re.compile(rf"(?<![\w.-])(?:{names})(?:/[\w.-]*\w)+".encode())
    for path in tree:
        if tree.is_regular(path):
            content = tree.read(path)
            if len(content) <= _LARGEST:
                for match in spelled.findall(content):
                    whole = match.decode()
                    found |= set(_between(whole, set(roots)))
    return found


def _is_kept(root: str, tree: Tree, options: Options) -> bool:
    """Tell whether a person said that a folder, or what git has of it, stays or goes elsewhere."""
    patterns = [*options.keep, *options.quarantine, *(pattern for pattern, _ in options.place)]
    inside = [root, *(path for path in tree if is_within(path, root))]
    return any(fnmatchcase(path, pattern) for path in inside for pattern in patterns)


def _reason(recipe: Recipe, mount: BindMount) -> str:
    return _REASON.format(recipe.service_data, mount.file, mount.line)


def _unsure(
    by_root: dict[str, list[BindMount]], kept: frozenset[str]
) -> Iterator[tuple[str, Finding]]:
    """Yield folders that a variable of the environment may lead away from."""
    for root, mounts in by_root.items():
        mount = next((mount for mount in mounts if not mount.is_fixed), None)
        if mount is not None and root not in kept:
            message = f'{root} stays: "{mount.source}" of the service {mount.service} leads there'
            message += " only if a variable of the environment is not set"
            advice = "Write the path without the variable, or move the folder by hand."
            yield root, Finding("service-data-stays", mount.file, mount.line, message, advice)


def _of_code(
    inventory: Inventory, by_root: dict[str, list[BindMount]], kept: frozenset[str]
) -> Iterator[tuple[str, Finding]]:
    """Yield folders that code reads or writes by name: they are data of pipelines."""
    told: dict[str, NamedData] = {}
    for found in data_named_in_code(inventory, frozenset(by_root) - kept):
        told.setdefault(found.folder, found)
    for root, found in sorted(told.items()):
        services = ", ".join(dict.fromkeys(mount.service for mount in by_root[root]))
        message = f"{root} stays, although {services} mounts it: this line names {found.named},"
        message += " so it is no service's own"
        advice = "Move it to data/pipelines/ by hand; the code and compose have to follow."
        yield root, Finding("service-data-stays", found.path, found.line, message, advice)


def _taken(
    tree: Tree, recipe: Recipe, by_root: dict[str, list[BindMount]], kept: frozenset[str]
) -> Iterator[tuple[str, Finding]]:
    """Yield folders whose place another one has already."""
    for root, (mount, *_) in by_root.items():
        place = join(recipe.service_data, basename(root))
        if root not in kept and (place in tree or place in tree.folders):
            message = f"{root} stays: {place} is there already"
            advice = "Put what belongs together into one of the two, and name that in compose."
            yield (
                root,
                Finding("service-data-stays", mount.file, mount.line, message, advice),
            )


def _to_be_moved(by_root: dict[str, list[BindMount]], moves: dict[str, Move]) -> Iterator[Finding]:
    """Yield what has to be done about all the folders that move."""
    if moves:
        first, move = next(iter(moves.items()))
        mount = by_root[first][0]
        what = f"{len(moves)} folders" if len(moves) > 1 else "a folder"
        message = f"compose mounts {what} of service data elsewhere now, such as {first} at"
        message += f" {move.target}; git does not hold what is in there"
        advice = f"docker compose down, then {SCRIPT}; {SCRIPT} --undo puts it back."
        sources = [mount.source for root in moves for mount in by_root[root]]
        variables = dict.fromkeys(name for text in sources for name in _VARIABLE.findall(text))
        if variables:
            advice += f" Where {', '.join(variables)} is set, as in .env, it needs the new path."
        yield Finding("service-data-moves", mount.file, mount.line, message, advice)


def _seen_elsewhere(
    mounts: Iterable[BindMount], moves: dict[str, Move], data: str
) -> Iterator[Finding]:
    """Yield the services that mount the data folder whole, and see in it what moved."""
    names = ", ".join(basename(root) for root in moves)
    for mount in mounts:
        if moves and mount.path == data and mount.target:
            first = next(iter(moves.values()))
            was = join(mount.target, basename(first.source))
            now = join(mount.target, first.target[len(data) + 1 :])
            message = f"the service {mount.service} mounts {data}/ whole: what it saw as {was}"
            message += f" it sees as {now} now"
            message += f" (so with {names})" if len(moves) > 1 else ""
            advice = f"If it reads data of another service, change the path: {mount.service}."
            yield Finding("mount-sees-moved-data", mount.file, mount.line, message, advice)


def _computed(tree: Tree, moves: Mapping[str, Move], data: str) -> Iterator[Finding]:
    """Yield lines of scripts that put the name of a folder in the data folder together."""
    names = re.compile(rf"(?<![\w./-])(?:\./)?{re.escape(data)}/\$\{{?\w+")
    for path in sorted(tree) if moves else ():
        if not (is_shell(path) or is_make(path)) or not tree.is_regular(path):
            continue
        for number, line in enumerate(decoded(tree.read(path))[0].splitlines(), 1):
            match = names.search(line[:_LONGEST_LINE])
            if match is not None and not line.lstrip().startswith("#"):
                message = f'"{match.group()}" may name data of a service, which is below'
                message += f" {data}/{basename(dirname(next(iter(moves.values())).target))} now"
                advice = "Change the line by hand."
                yield Finding("reference-not-followed", path, number, message, advice)


def _laid_over(
    placement: Placement, moves: dict[str, Move], tree: Tree, findings: Iterable[Finding]
) -> Placement:
    """Return a placement in which the folders, and what git has of them, go where they belong."""
    inner: dict[str, Move] = {}
    for path in tree:
        for root, move in moves.items():
            if path.startswith(f"{root}/"):
                inner[path] = replace(move, source=path, target=f"{move.target}{path[len(root) :]}")
    others = [move for move in placement.moves if move.source not in inner]
    whole = sorted([*others, *inner.values(), *moves.values()], key=lambda move: move.source)
    kept = tuple(one for one in placement.kept if one.path not in inner)
    return Placement(tuple(whole), kept, (*placement.findings, *findings))
