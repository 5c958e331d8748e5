"""Divides modules that mix kinds of definitions: from a tree to one in which they stand apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from relayout.conversions.splitting.cut import cut_all
from relayout.conversions.splitting.redirect import asked_names, redirect, redirected
from relayout.errors import Refusal
from relayout.inventory import Inventory
from relayout.planning.plan import Finding
from relayout.planning.split import Split
from relayout.planning.splitting.pieces import pieces_of
from relayout.planning.splitting.units import touched
from relayout.tree import Tree


@dataclass(frozen=True)
class Division:
    """The tree in which modules are divided, the splits that were made, and what to know.

    Paths and lines of ``findings`` are those of the tree before.
    """

    tree: Tree
    splits: tuple[Split, ...] = ()
    findings: tuple[Finding, ...] = ()


def divide(inventory: Inventory, wanted: Iterable[Split], *, are_settled: bool = False) -> Division:
    """Return the tree with modules divided where they stand, and all that names them redirected.

    A split that not all importers can follow is left out, unless splits ``are_settled``. Raises
    Refusal for one, as a person may have written it, that cannot be made.
    """
    wanted = tuple(wanted)
    if not wanted:
        return Division(inventory.tree)
    _check(inventory, wanted)
    redirection = redirect(inventory, wanted, are_settled=are_settled)
    asked = asked_names(inventory, redirection.splits)
    contents = {
        **redirected(inventory, redirection),
        **cut_all(inventory, redirection.splits, redirection.edits, asked),
    }
    tree = inventory.tree.with_content(contents)
    return Division(tree, redirection.splits, redirection.findings)


def _check(inventory: Inventory, splits: Iterable[Split]) -> None:
    again = "Write the plan again: relayout plan --output FILE"
    for split in splits:
        if split.path not in inventory.tree.modules:
            raise Refusal(f"the plan splits {split.path}, which is no module here", again)
        pieces = pieces_of(inventory.tree.read(split.path))
        code = pieces.with_role("code") if pieces is not None else []
        names = {name for piece in code for name in touched(piece)}
        for part in split.parts:
            unknown = sorted(set(part.names) - names)
            if unknown:
                problem = f"the plan takes {unknown[0]} out of {split.path}, which does not have it"
                raise Refusal(problem, again)
            if part.path in inventory.tree:
                raise Refusal(
                    f"{split.path} cannot be split into {part.path}: that is there", again
                )
