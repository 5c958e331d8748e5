"""``no-path-hacks``: outside of quarantine nothing changes the search path.

Where other projects stand beside the package, such as a service that keeps its folder, a hack by
which their files find each other is theirs. So is one by which a test finds the DAGs that Airflow
loads, which are in no package.
"""

from __future__ import annotations

from collections.abc import Collection

from relayout.inventory.configured_paths.entry import folders_of_airflow
from relayout.planning.homes import holds_others, home_of
from relayout.tree import is_within
from relayout.verification.evidence import Check, Evidence, outcome, placed


def check_no_path_hacks(evidence: Evidence) -> Check:
    """Count the path hacks that are left outside of quarantine."""
    left = [
        f"{path}:{file.file_line(hack.line)}: a path hack"
        for path, file in evidence.after.python.items()
        if placed(path)
        for hack in file.hacks
        if not _is_of_others(path, hack.folders or (), evidence)
    ]
    figures = {}
    if evidence.before is not None:
        figures["before"] = sum(len(f.hacks) for f in evidence.before.python.values())
        figures["in_quarantine"] = sum(
            len(f.hacks) for p, f in evidence.after.python.items() if not placed(p)
        )
    return outcome("no-path-hacks", left, figures)


def _is_of_others(path: str, folders: Collection[str], evidence: Evidence) -> bool:
    """Tell whether a file that is none of the package finds other such files by a hack."""
    homes = evidence.homes.all
    dags = folders_of_airflow(evidence.after.configured)
    if folders and dags.issuperset(folders) and home_of(path, homes) is None:
        return not any(is_within(path, folder) for folder in dags)
    if evidence.recipe.source or home_of(path, homes) is not None:
        return False
    return holds_others(folders, evidence.after.python, homes)
