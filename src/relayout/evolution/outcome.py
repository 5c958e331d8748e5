"""What a person should know of a merged tree: what the update broke in files of the user's."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from relayout.inventory import take_inventory
from relayout.inventory.meaning import Status
from relayout.planning.plan import Finding
from relayout.tree import Tree
from relayout.verification.imports_resolve import unresolved

_BROKEN = (Status.BROKEN, Status.AMBIGUOUS)
_ADVICE = "Correct it by hand: the layout has moved, or no longer has, what it names."


def about_result(
    result: Tree, ours: Tree, theirs: Tree, conflicts: Collection[str]
) -> list[Finding]:
    """Return the imports that lead nowhere in ``result`` and did in the user's tree after moves.

    Files with ``conflicts`` are read as the user has them: they are no Python before those are
    settled.
    """
    gone = [path for path in ours.modules | theirs.modules if path not in result]
    if not gone:
        return []  # an import of either side leads to a module of that side, and all are there
    settled = {path: ours.read(path) for path in conflicts if ours.is_regular(path)}
    readable = result.without(set(conflicts) - settled.keys()).with_content(settled)
    after = take_inventory(readable)
    rendered = {path for path in theirs if path in result and theirs[path] == result[path]}
    broken = [one for one in unresolved(after, _BROKEN) if one[0] not in rendered]
    if not broken:
        return []
    known = {(path, name) for path, _, name in unresolved(take_inventory(ours), _BROKEN)}
    return [
        Finding("import-broken", path, line, f"{name}: it does not resolve any more", _ADVICE)
        for path, line, name in broken
        if (path, name) not in known
    ]


def of_the_user(findings: Iterable[Finding], result: Tree, theirs: Tree) -> list[Finding]:
    """Return the findings about files that are not exactly what the template renders."""
    return [
        finding
        for finding in findings
        if finding.path not in theirs
        or finding.path not in result
        or theirs[finding.path] != result[finding.path]
    ]
