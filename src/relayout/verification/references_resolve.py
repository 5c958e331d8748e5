"""``references-resolve``: what named a tracked file before names the same file after.

Files are the same by their identity in the plan. Both sides are read anew, each in its own tree.
"""

from __future__ import annotations

from collections import Counter

from relayout.inventory import Inventory
from relayout.planning.plan import Plan
from relayout.rewriting.followed_references import is_left_alone
from relayout.rewriting.references import files_with_references, read_references
from relayout.verification.evidence import Check, Evidence, outcome


def check_references_resolve(evidence: Evidence) -> Check | None:
    """Count the references to tracked files that name another file now, or none."""
    if evidence.before is None or evidence.plan is None:
        return None
    targets = evidence.plan.targets
    problems: list[str] = []
    kinds: Counter[str] = Counter()
    for path in files_with_references(evidence.before.tree, evidence.before.foreign):
        if is_left_alone(path, targets.get(path, path)):
            continue
        wanted = _wanted(path, evidence.before, evidence.plan)
        for (kind, _), count in wanted.items():
            kinds[kind] += count
        new_path = targets.get(path, path)
        missing = wanted - _named(new_path, evidence.after) if wanted else wanted
        for (_, named), count in sorted(missing.items()):
            times = f" ({count} times)" if count > 1 else ""
            problems.append(f"{new_path}: nothing names {named} any more{times}")
    return outcome("references-resolve", problems, {"references": dict(sorted(kinds.items()))})


def _wanted(path: str, before: Inventory, plan: Plan) -> Counter[tuple[str, str]]:
    """Return how often a file has to name each file after the migration, by kind."""
    found: Counter[tuple[str, str]] = Counter()
    for reference in read_references(path, before.tree):
        if reference.path in before.tree:
            place = plan.targets.get(reference.path, reference.path)
            found[reference.kind, place] += 1
    return found


def _named(path: str, after: Inventory) -> Counter[tuple[str, str]]:
    if path not in after.tree:
        return Counter()
    return Counter((r.kind, r.path) for r in read_references(path, after.tree))
