"""``no-path-hacks``: outside of quarantine nothing changes the search path."""

from __future__ import annotations

from relayout.verification.evidence import Check, Evidence, outcome, placed


def check_no_path_hacks(evidence: Evidence) -> Check:
    """Count the path hacks that are left outside of quarantine."""
    left = [
        f"{path}:{file.file_line(hack.line)}: a path hack"
        for path, file in evidence.after.python.items()
        if placed(path)
        for hack in file.hacks
    ]
    figures = {}
    if evidence.before is not None:
        figures["before"] = sum(len(f.hacks) for f in evidence.before.python.values())
        figures["in_quarantine"] = sum(
            len(f.hacks) for p, f in evidence.after.python.items() if not placed(p)
        )
    return outcome("no-path-hacks", left, figures)
