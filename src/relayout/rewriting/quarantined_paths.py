"""Paths of quarantined code: nothing is edited for them, and one finding a file tells of them."""

from __future__ import annotations

from relayout.planning.plan import Finding
from relayout.rewriting.destination import Destination
from relayout.rewriting.file_paths import FilePathRewriter
from relayout.rewriting.working_paths import FollowedPaths

_NOT_FOLLOWED = ("path-not-followed", "reference-not-followed")


def about_quarantined_paths(
    path: str,
    destination: Destination,
    computed: FilePathRewriter | None,
    opened: FollowedPaths,
) -> list[Finding]:
    """Return one finding for the paths of a quarantined file, which is left as it is."""
    found = [*opened.findings, *(computed.findings if computed is not None else ())]
    changed = len(opened.edits) + (len(computed.edits) if computed is not None else 0)
    changed += sum(finding.code in _NOT_FOLLOWED for finding in found)
    if not changed:
        return []
    message = f"{changed} path(s) that it computes or names lead elsewhere in quarantine"
    advice = "Mind it if you run this file again; quarantined code is not edited for it."
    return [Finding("quarantined-path", destination.of_file(path), 0, message, advice)]
