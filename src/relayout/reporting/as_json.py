"""Results as one JSON document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from relayout.planning.document import finding_entries, kept_entries, move_entries, split_entries

if TYPE_CHECKING:
    from relayout.adoption import Adoption
    from relayout.planning.plan import Plan
    from relayout.verification import Check


def checks_document(checks: Sequence[Check]) -> dict[str, Any]:
    """Return the outcome of checks: ``passed``, and each check with what it measured."""
    return {
        "passed": all(check.passed for check in checks),
        "checks": [
            {
                **check.figures,
                "name": check.name,
                "passed": check.passed,
                "measured": check.measured,
                "details": list(check.details),
            }
            for check in checks
        ],
    }


def plan_document(plan: Plan) -> dict[str, Any]:
    """Return a plan; contents of files are not in it."""
    return {
        "layout": plan.layout,
        "package": plan.package,
        "empty": plan.is_empty,
        "splits": split_entries(plan),
        "moves": move_entries(plan),
        "kept": kept_entries(plan),
        "edits": [{"path": edited.path, "count": len(edited.edits)} for edited in plan.edits],
        "additions": sorted(plan.additions),
        "scripts": dict(plan.scripts),
        "findings": finding_entries(plan.findings),
    }


def adoption_document(adoption: Adoption) -> dict[str, Any]:
    """Return what an adoption did: the plan, the checks, and the commits it made."""
    return {
        **checks_document(adoption.checks),
        "branch": adoption.branch,
        "base_branch": adoption.base_branch,
        "commits": list(adoption.commits),
        "left_behind": list(adoption.left_behind),
        "plan": plan_document(adoption.migration.plan),
    }
