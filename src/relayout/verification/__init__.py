"""Checks on what a migration did: the tree before, the plan, the tree after; one module a check."""

from __future__ import annotations

from collections.abc import Callable

from relayout.verification.code_unchanged import check_code_unchanged
from relayout.verification.dagster_definitions import check_dagster_definitions
from relayout.verification.dbt_unchanged import check_dbt_unchanged
from relayout.verification.entry_points_resolve import check_entry_points_resolve
from relayout.verification.everything_accounted_for import check_everything_accounted_for
from relayout.verification.evidence import Check, Evidence
from relayout.verification.imports_resolve import check_imports_resolve
from relayout.verification.layout_rules import check_layout_rules
from relayout.verification.mounts import check_mounts_resolve
from relayout.verification.no_path_hacks import check_no_path_hacks
from relayout.verification.parses import check_parses
from relayout.verification.references_resolve import check_references_resolve
from relayout.verification.requirements_kept import check_requirements_kept
from relayout.verification.split_unchanged import check_split_unchanged

__all__ = ["CHECKS", "Check", "Evidence", "verify"]

CHECKS: tuple[Callable[[Evidence], Check | None], ...] = (
    check_parses,
    check_imports_resolve,
    check_no_path_hacks,
    check_split_unchanged,
    check_code_unchanged,
    check_everything_accounted_for,
    check_entry_points_resolve,
    check_references_resolve,
    check_requirements_kept,
    check_mounts_resolve,
    check_layout_rules,
    check_dagster_definitions,
    check_dbt_unchanged,
)


def verify(evidence: Evidence) -> list[Check]:
    """Return the outcome of every check that the evidence is enough for.

    Without a tree before, what compares the two is left out.
    """
    outcomes = [check(evidence) for check in CHECKS]
    return [outcome for outcome in outcomes if outcome is not None]
