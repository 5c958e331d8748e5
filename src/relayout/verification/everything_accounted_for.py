"""``everything-accounted-for``: each file from before is where the plan says, and no other came."""

from __future__ import annotations

from collections import Counter

from relayout.tree import blob_id
from relayout.verification.evidence import Check, Evidence, outcome


def check_everything_accounted_for(evidence: Evidence) -> Check | None:
    """Count the files that are lost, changed without a record, or came from nowhere."""
    if evidence.before is None or evidence.plan is None:
        return None
    plan, before, after = evidence.plan, evidence.before.tree, evidence.after.tree
    targets = plan.targets
    edited = {edited.path for edited in plan.edits}
    images = {targets.get(path, path): path for path in before}
    problems = [
        f"{new} is missing; it was {old}" for new, old in images.items() if new not in after
    ]
    for new, old in images.items():
        recorded = new in edited or new in plan.additions or before[old].mode == "120000"
        if new in after and after[new].blob != before[old].blob and not recorded:
            problems.append(f"{new} changed without a record of it")
    markers = {p for p in after if p.endswith("/__init__.py") and after[p].blob == blob_id(b"")}
    problems += [
        f"{path} came from nowhere"
        for path in after
        if path not in images and path not in plan.additions and path not in markers
    ]
    decided = Counter([*(move.source for move in plan.moves), *(k.path for k in plan.kept)])
    problems += [f"the plan says nothing about {path}" for path in before if path not in decided]
    problems += [f"the plan says two things about {p}" for p, times in decided.items() if times > 1]
    rules = Counter(move.rule for move in plan.moves) + Counter(k.rule for k in plan.kept)
    figures = {"files": len(before), "moved": len(plan.moves), "by_rule": dict(rules)}
    return outcome("everything-accounted-for", problems, figures)
