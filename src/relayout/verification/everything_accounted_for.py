"""``everything-accounted-for``: each file from before is where the plan says, and no other came."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from relayout.inventory.references import decoded
from relayout.notebook import is_notebook
from relayout.source import Edit, apply_edits
from relayout.tree import SYMLINK, blob_id
from relayout.verification.evidence import Check, Evidence, outcome


def check_everything_accounted_for(evidence: Evidence) -> Check | None:
    """Count the files that are lost, changed without a record, or came from nowhere."""
    if evidence.before is None or evidence.plan is None:
        return None
    plan, before, after = evidence.plan, evidence.before.tree, evidence.after.tree
    targets = plan.targets
    edits = {edited.path: edited.edits for edited in plan.edits}
    images = {targets.get(path, path): path for path in before}
    problems = [
        f"{new} is missing; it was {old}" for new, old in images.items() if new not in after
    ]
    for new, old in images.items():
        if new not in after or after[new].blob == before[old].blob or new in plan.additions:
            continue
        if new in edits and not _is_code(old):
            if after[new].blob != blob_id(_edited(before.read(old), edits[new])):
                problems.append(f"{new} changed by more than the recorded edits")
        elif new not in edits and before[old].mode != SYMLINK:
            problems.append(f"{new} changed without a record of it")
    markers = {p for p in after if p.endswith("/__init__.py") and after[p].blob == blob_id(b"")}
    problems += [
        f"{path} came from nowhere"
        for path in after
        if path not in images and path not in plan.additions and path not in markers
    ]
    moved = [move.source for move in plan.moves if move.source not in before.places]
    decided = Counter([*moved, *(k.path for k in plan.kept)])
    problems += [f"the plan says nothing about {path}" for path in before if path not in decided]
    problems += [f"the plan says two things about {p}" for p, times in decided.items() if times > 1]
    rules = Counter(move.rule for move in plan.moves) + Counter(k.rule for k in plan.kept)
    figures = {"files": len(before), "moved": len(moved), "by_rule": dict(rules)}
    return outcome("everything-accounted-for", problems, figures)


def _is_code(path: str) -> bool:
    """Tell whether a file is compared by ``code-unchanged``, edits and all."""
    return path.endswith(".py") or is_notebook(path)


def _edited(content: bytes, edits: Sequence[Edit]) -> bytes:
    """Return a file with its recorded edits made; one to which they do not belong is left."""
    text, encoding = decoded(content)
    try:
        return apply_edits(text, edits).encode(encoding)
    except (ValueError, UnicodeEncodeError):
        return content
