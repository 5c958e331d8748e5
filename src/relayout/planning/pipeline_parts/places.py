"""Where a part stands in the folder of its section: its path there, without what says no more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from posixpath import basename, dirname, join

from relayout.planning.pipeline_parts.claims import Claim, Claims
from relayout.planning.pipeline_parts.names import words_of
from relayout.planning.units import identifier, importable_path, inside
from relayout.tree import ancestors

ENTRY = "definitions.py"
_NOT_THE_PACKAGE = "pipeline_definitions"
"""What a folder ``pipelines`` becomes: it would hide the package where its parent is searched."""
_GROUPING: Mapping[str, frozenset[str]] = {
    "orchestration": frozenset(
        {"src", "dagster", "airflow", "dags", "orchestration", "orchestrator", "python", "code"}
        | {"app", "services", "dagster_project", "pipelines", "jobs", "scripts"}
    ),
    "scripts": frozenset({"scripts", "script", "bin", "src", "jobs", "python", "code", "tools"}),
    "notebooks": frozenset({"notebooks", "notebook", "nbs"}),
    "docs": frozenset({"docs", "doc", "documentation", "reports"}),
    "tests": frozenset({"tests", "test"}),
    "shared": frozenset(
        {"src", "dagster", "airflow", "dags", "orchestration", "orchestrator", "python", "code"}
        | {"scripts", "script", "jobs", "utils", "utilities", "shared", "common", "lib", "libs"}
    ),
}
"""Folders at the beginning of a path that its section says already."""


class Places:
    """Gives parts their paths; two of one section never share one."""

    def __init__(self, claims: Claims, platform: Mapping[str, str]) -> None:
        self._claims = claims
        self._platform = platform
        self._roots = {
            claim.pipeline: dirname(path) for path, claim in claims.found.items() if claim.is_entry
        }
        self._several = {s for s in platform.values() if list(platform.values()).count(s) > 1}
        self._taken: dict[tuple[str, str], set[str]] = {}

    def of_all(self) -> dict[str, str]:
        """Return the path of each claimed file; what Dagster loads and markers first."""
        order = sorted(self._claims.found.items(), key=lambda item: (not item[1].is_entry, item[0]))
        return {path: self._place(path, claim) for path, claim in order}

    def _place(self, path: str, claim: Claim) -> str:
        taken = self._taken.setdefault((claim.pipeline, claim.section), set())
        for inner in self._candidates(path, claim):
            if not _collides(inner, taken):
                taken.add(inner.casefold())
                return inner
        return path

    def _candidates(self, path: str, claim: Claim) -> Iterable[str]:
        if claim.is_entry:
            yield ENTRY
        if claim.section.startswith("platform") and claim.base is None:
            yield from self._below_platform(path, claim.section)
            return
        if claim.base is not None:
            yield inside(path, claim.base)
        folders, name = path.split("/")[:-1], basename(path)
        depth = self._stripped(path, claim)
        kept = [f for f in folders[depth:] if not self._is_name(f, claim.pipeline)]
        kept = [_NOT_THE_PACKAGE if f == "pipelines" else f for f in kept]
        is_module = path in self._claims.inventory.python
        is_code = is_module or claim.section in ("orchestration", "shared")
        for start in range(depth, -1, -1):
            rest = kept if start == depth else [*folders[start:depth], *kept]
            inner = join(*rest, name)
            inner = importable_path(inner) if is_code else inner
            if claim.section != "orchestration" or inner != ENTRY:
                yield inner
        yield identifier(path.replace("/", "_").removesuffix(".py")) + (
            ".py" if name.endswith(".py") else ""
        )

    def _below_platform(self, path: str, section: str) -> Iterable[str]:
        folder = next((f for f in ancestors(path) if f in self._platform), "")
        inner = inside(path, folder)
        if folder and section not in self._several:
            yield inner
        yield join(basename(folder), inner) if folder else inner
        yield path

    def _stripped(self, path: str, claim: Claim) -> int:
        """Return how many folders at the beginning of a path are left out."""
        folders = path.split("/")[:-1]
        root = self._roots.get(claim.pipeline) if claim.section == "orchestration" else None
        if root and (path.startswith(f"{root}/")):
            return root.count("/") + 1
        if claim.section in ("orchestration", "shared"):
            for folder in ancestors(path):
                if folder in self._claims.location_folders:
                    return folder.count("/") + 1
        owner = self._claims.dbt.get(path)
        depth = owner.folder.count("/") + 1 if owner is not None and owner.folder else 0
        grouping = _GROUPING[claim.section]
        while depth < len(folders) and folders[depth].lower() in grouping:
            depth += 1
        return depth

    def _is_name(self, folder: str, pipeline: str) -> bool:
        words = words_of(folder)
        return bool(pipeline) and words in (words_of(pipeline), ("dbt", *words_of(pipeline)))


def _collides(inner: str, taken: set[str]) -> bool:
    return inner.casefold() in taken
