"""``references-resolve``: what named a tracked file before names the same file after.

Files are the same by their identity in the plan. Both sides are read anew, each in its own tree;
symbolic links count as well.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from posixpath import basename, dirname, join, normpath

from relayout.inventory import Inventory
from relayout.inventory.references import decoded
from relayout.planning.plan import Plan
from relayout.rewriting.followed_references import is_left_alone, is_passed_over
from relayout.tree import SYMLINK, is_within
from relayout.verification.evidence import Check, Evidence, outcome
from relayout.verification.manager_calls import ReplacedCalls, replaced_calls


def check_references_resolve(evidence: Evidence) -> Check | None:
    """Count the references to tracked files that name another file now, or none."""
    if evidence.before is None or evidence.plan is None:
        return None
    targets = evidence.plan.targets
    problems: list[str] = []
    kinds: Counter[str] = Counter()
    before = evidence.before
    edits = {edited.path: edited.edits for edited in evidence.plan.edits}
    called = {p for p in before.tree if targets.get(p, p) in edits and not p.endswith(".py")}
    links = {path for path in before.tree if before.tree[path].mode == SYMLINK}
    for path in sorted({*before.references, *links, *called}):
        if is_left_alone(path, targets.get(path, path)):
            continue
        new_path = targets.get(path, path)
        text, _ = decoded(before.tree.read(path))
        calls = replaced_calls(text, edits.get(new_path, ()), evidence.after.tree, targets)
        problems += [f"{new_path}: {problem}" for problem in calls.problems]
        wanted = _wanted(path, before, evidence.plan, calls)
        kinds.update(kind for kind, _ in wanted.elements())
        missing = wanted - _named(new_path, evidence.after) if wanted else wanted
        for (_, named), count in sorted(missing.items()):
            times = f" ({count} times)" if count > 1 else ""
            problems.append(f"{new_path}: nothing names {named} any more{times}")
    return outcome("references-resolve", problems, {"references": dict(sorted(kinds.items()))})


def _wanted(
    path: str, before: Inventory, plan: Plan, calls: ReplacedCalls
) -> Counter[tuple[str, str]]:
    """Return how often a file has to name each file after the migration, by kind."""
    found: Counter[tuple[str, str]] = Counter()
    for kind, named in _names_in(path, before, calls):
        if named in before.tree and not _is_out_of_reach(path, named, plan):
            found[kind, plan.targets.get(named, named)] += 1
    return found


def _is_out_of_reach(path: str, named: str, plan: Plan) -> bool:
    """Tell whether a file is a document outside of the project that a ``pyproject.toml`` went to.

    Of its readme and licences, no build backend takes what is not below it: wiring has it name what
    is there, or says that it has to be brought.
    """
    new_path = plan.targets.get(path, path)
    if new_path == path or basename(new_path) != "pyproject.toml":
        return False
    place = plan.targets.get(named, named)
    return not place.endswith(".py") and not is_within(place, dirname(new_path))


def _named(path: str, after: Inventory) -> Counter[tuple[str, str]]:
    if path not in after.tree:
        return Counter()
    return Counter(_names_in(path, after))


def _names_in(
    path: str, inventory: Inventory, calls: ReplacedCalls | None = None
) -> Iterator[tuple[str, str]]:
    """Yield the kind of each reference in a file, and the path that it names.

    What is in doubt, or only a word of prose, is a finding or nothing, and no reference; so is what
    a console script has taken the place of.
    """
    tree = inventory.tree
    if tree[path].mode == SYMLINK:
        yield "link", normpath(join(dirname(path), os.fsdecode(tree.read(path))))
    for reference in inventory.references.get(path, ()):
        is_gone = calls is not None and calls.hold(reference.start)
        if not reference.doubt and not is_passed_over(reference) and not is_gone:
            yield reference.kind, reference.path
