"""The script that moves the untracked data of services, and back.

Git moves what it holds; the rest of a folder is moved by a person, when the services are down. What
git has in there is at its new place already when the script runs, and stays there when it undoes.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable

from relayout.conversions.service_data.text import TEXT
from relayout.planning.plan import Plan
from relayout.planning.service_data import RULE, SCRIPT
from relayout.tree import Tree

_DEPTH = "../" * SCRIPT.count("/")


def service_data_script(plan: Plan, before: Tree) -> dict[str, bytes]:
    """Return the script by its path; nothing if no place of the tree before moves."""
    calls = [
        _call(move.source, move.target, plan.targets)
        for move in plan.moves
        if move.rule == RULE and move.source in before.places
    ]
    if not calls:
        return {}
    text = TEXT.replace("@root@", _DEPTH.rstrip("/")).replace("@folders@", "\n".join(calls))
    return {SCRIPT: text.encode()}


def _call(source: str, target: str, targets: Iterable[str]) -> str:
    """Return the line that handles one folder, with what git has of it."""
    tracked = (path[len(source) + 1 :] for path in targets if path.startswith(f"{source}/"))
    words = [source, target, *sorted(tracked)]
    return f'\t"$1" {" ".join(map(shlex.quote, words))}'
