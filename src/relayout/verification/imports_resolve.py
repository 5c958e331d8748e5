"""``imports-resolve``: no import that led to a file of the repository has lost it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from posixpath import basename

from relayout.inventory import Inventory
from relayout.inventory.meaning import Resolution, Status
from relayout.inventory.search_paths import DJANGO_QUARANTINE, quarantine_above
from relayout.planning.homes import home_of
from relayout.verification.evidence import Check, Evidence, outcome

_BROKEN = (Status.BROKEN, Status.AMBIGUOUS, Status.REPAIRED)


def check_imports_resolve(evidence: Evidence) -> Check:
    """Count imports that resolved before and no longer reach the same file.

    Without the state before, count those that do not resolve. ``broken_before`` and
    ``broken_after`` count imported names that name a module of the repository and do not resolve.
    """
    broken_after = _broken(evidence.after)
    if evidence.before is None or evidence.plan is None:
        return outcome("imports-resolve", broken_after, {"broken_after": len(broken_after)})
    figures = {
        "broken_before": len(_broken(evidence.before)),
        "broken_after": len(broken_after),
        "still_broken": broken_after,
    }
    return outcome("imports-resolve", _lost(evidence.before, evidence), figures)


def _principal(resolution: Resolution) -> str | None:
    """Return the file that an import is for: the submodule that it names, else the module."""
    return resolution.files[0] if resolution.files else None


def _lost(before: Inventory, evidence: Evidence) -> list[str]:
    assert evidence.plan is not None
    targets = evidence.plan.targets
    lost = []
    for path in before.python:
        new_path = targets.get(path, path)
        if new_path not in evidence.after.python:
            continue
        reached = {
            file
            for _, resolution in evidence.after.resolutions(new_path)
            if resolution.status is Status.RESOLVED
            for file in resolution.files
        }
        names = _dotted_names(evidence.after, new_path) if evidence.plan.external else frozenset()
        for name, resolution in before.resolutions(path):
            principal = _principal(resolution)
            if resolution.status is not Status.RESOLVED or principal is None:
                continue
            if evidence.plan.external.get(principal) in names:
                continue
            where = targets.get(principal, principal)
            if where not in reached and not _is_hidden(new_path, where, evidence):
                line = before.python[path].file_line(name.line)
                lost.append(f"{new_path}: {name} (line {line} before) no longer reaches {where}")
    return lost


def _is_hidden(path: str, target: str, evidence: Evidence) -> bool:
    """Tell whether a Django project in quarantine has a package of the same name as the target's.

    A project is often called like its package of settings. In quarantine, its own package is in
    front of the installed one, so what moved out of it has no name there.
    """
    top = quarantine_above(path) or ""
    home = home_of(target, evidence.homes.all)
    if home is None or basename(top) != DJANGO_QUARANTINE:
        return False
    return f"{top}/{home.package}" in evidence.after.tree.folders


def _dotted_names(inventory: Inventory, path: str) -> frozenset[str]:
    """Return the modules, and names in modules, that a file imports by absolute names."""
    imported = [name for name, _ in inventory.resolutions(path) if not name.level]
    whole = {name.module for name in imported}
    return frozenset(whole | {f"{name.module}.{name.name}" for name in imported if name.name})


def _broken(inventory: Inventory) -> list[str]:
    return [f"{path}:{line}: {name}" for path, line, name in unresolved(inventory, _BROKEN)]


def unresolved(
    inventory: Inventory, statuses: Collection[Status]
) -> Iterator[tuple[str, int, str]]:
    """Yield the imported names that have one of the statuses, each with its file and line."""
    for path, file in inventory.python.items():
        for name, resolution in inventory.resolutions(path):
            if resolution.status in statuses:
                yield path, file.file_line(name.line), str(name)
