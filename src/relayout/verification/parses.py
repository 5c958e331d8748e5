"""``parses``: every Python file that could be read before can be read after."""

from __future__ import annotations

from relayout.verification.evidence import Check, Evidence, outcome


def check_parses(evidence: Evidence) -> Check:
    """Count the files that no longer parse (all that do not, if the state before is not known)."""
    known: set[str] = set()
    before = evidence.original or evidence.before
    if before is not None and evidence.plan is not None:
        targets = evidence.plan.targets
        known = {targets.get(p, p) for p, f in before.python.items() if f.error}
    failing = {p: f.error for p, f in evidence.after.python.items() if f.error}
    return outcome(
        "parses",
        [f"{path}: {error}" for path, error in failing.items() if path not in known],
        {"files": len(evidence.after.python), "never_parsed": sorted(known)},
    )
