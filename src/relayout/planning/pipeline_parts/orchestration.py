"""Code of an orchestrator: which pipeline each module with definitions of Dagster or DAGs runs.

A code location that runs one pipeline belongs to it with all that it loads; one that runs several
is taken apart, module by module, and the module that loads the rest is the platform's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from posixpath import basename, dirname

from relayout.inventory import Inventory
from relayout.inventory.airflow import AirflowModule
from relayout.inventory.dagster.loading import CodeLocation, code_locations, definitions_objects
from relayout.inventory.dagster.territory import is_part
from relayout.inventory.paths_of_tests import is_test
from relayout.planning.pipeline_parts.claims import Claim, Claims, dags_folder
from relayout.planning.pipeline_parts.evidence import Evidence
from relayout.tree import ancestors

ORCHESTRATION, PLATFORM, SHARED = "orchestration", "platform-orchestration", "shared"
_MOST_ROUNDS = 50


def claim_orchestration(
    claims: Claims, evidence: Evidence, dags: Mapping[str, AirflowModule]
) -> None:
    """Claim the modules that orchestrate: those of a pipeline, and the platform's."""
    orchestration = _Orchestration(claims, evidence, dags)
    orchestration.locations()
    orchestration.modules()
    orchestration.dags()
    orchestration.out_of_dbt()
    orchestration.entries()


class _Orchestration:
    def __init__(
        self, claims: Claims, evidence: Evidence, dags: Mapping[str, AirflowModule]
    ) -> None:
        self._claims = claims
        self._inventory = claims.inventory
        self._evidence = evidence
        self._dags = dags
        self._open = {path for path in claims.modules if claims.is_open(path)}
        named = _locations(self._inventory)
        every = [*named, *_further(named, self._inventory)]
        self._locations = [(location, self._members(location)) for location in every]
        self._roots = frozenset(location.module for location, _ in self._locations)
        self._named = frozenset(location.module for location in named)
        claims.location_folders = frozenset(dirname(module) for module in self._roots) - {""}
        self._of_several: set[str] = set()
        self._dagster = {
            path
            for path, module in self._inventory.dagster.items()
            if module.defines and not is_test(path)
        }

    def _members(self, location: CodeLocation) -> list[str]:
        return sorted(path for path in location.reached if path in self._open)

    def shown(self, path: str) -> dict[str, str]:
        """Return the pipelines that a module runs, each with what shows it."""
        found = {name: f"its path says {name}" for name in sorted(self._evidence.of_path(path))}
        module = self._inventory.dagster.get(path)
        if module is not None:
            names = {
                text
                for d in module.definitions
                for text in (d.key, d.group, d.prefix, *d.asset_keys)
                if text
            }
            for name in sorted(self._evidence.of_names(names)):
                found[name] = f"its definitions are named after {name}"
        if path in self._dags:
            for name in sorted(self._evidence.of_names(self._dags[path].dag_ids)):
                found[name] = f"its DAG is named after {name}"
        return {**found, **self._evidence.of_content(path).all}

    def locations(self) -> None:
        """Claim what a code location loads, if it runs one pipeline alone."""
        only = self._claims.pipelines.only
        wanted: dict[str, dict[str, str]] = {}
        for _, members in self._locations:
            shown = {n: why for path in members for n, why in self.shown(path).items()}
            if not shown and only:
                shown = {only: "there is one pipeline"}
            if len(shown) > 1:
                self._of_several.update(members)
            for path in members:
                wanted.setdefault(path, {}).update(shown)
        for path, shown in wanted.items():
            if len(shown) == 1 and path not in self._of_several:
                ((name, why),) = shown.items()
                own = self.shown(path).get(name)
                self._claim(path, name, own or f"the code location runs it: {why}")
        for location, _ in self._locations:
            self._package_of(location)

    def _package_of(self, location: CodeLocation) -> None:
        """Claim the rest of the package that a code location stands in, if all of it is one's."""
        folder = dirname(location.module)
        claim = self._claims.found.get(location.module)
        if claim is None or not folder or f"{folder}/__init__.py" not in self._inventory.tree:
            return
        inner = [path for path in sorted(self._open) if path.startswith(f"{folder}/")]
        others = {c.pipeline for p in inner if (c := self._claims.found.get(p)) is not None}
        if others == {claim.pipeline}:
            for path in inner:
                known = self._claims.found.get(path)
                because = known.because if known else f"it is in the code location's {folder}/"
                self._claims.claim(path, Claim(claim.pipeline, ORCHESTRATION, because))

    def modules(self) -> None:
        """Claim what is left by itself: a module of one pipeline, or what is around it."""
        left = [p for p in sorted(self._dagster | self._of_several) if self._claims.is_open(p)]
        left = [path for path in left if path in self._open]
        for path in left:
            shown = self.shown(path)
            if len(shown) == 1:
                ((name, why),) = shown.items()
                self._claim(path, name, why)
        self._around([p for p in left if self._claims.is_open(p) and not self.shown(p)])
        only = self._claims.pipelines.only
        for path in left:
            if not self._claims.is_open(path):
                continue
            if only and path in self._dagster:
                self._claim(path, only, "there is one pipeline")
            elif path in self._of_several:
                self._of_all(path)

    def _around(self, left: Iterable[str]) -> None:
        """Claim modules that say nothing: what imports parts of one pipeline alone, or serves one.

        One module may tell of the next, so it is done again until nothing is added.
        """
        waiting = list(left)
        for _ in range(_MOST_ROUNDS):
            rest = [path for path in waiting if not self._claim_by_neighbours(path)]
            if len(rest) == len(waiting):
                return
            waiting = rest

    def _claim_by_neighbours(self, path: str) -> bool:
        for files, how in (
            (self._claims.importers.get(path, frozenset()), "only parts of it import this"),
            (self._claims.imports.get(path, frozenset()), "it imports parts of it alone"),
        ):
            found = {c.pipeline for f in files if (c := self._claims.found.get(f)) is not None}
            if len(found) == 1 and "" not in found and path not in self._roots:
                if "only" not in how or all(f in self._claims.found for f in files):
                    self._claim(path, found.pop(), how)
                    return True
        return False

    def _of_all(self, path: str) -> None:
        """Claim a module of several pipelines: it is shared if anything imports it."""
        if self._claims.importers.get(path):
            self._claims.claim(path, Claim("", SHARED, "several pipelines use it"))
        else:
            because = "it loads several pipelines" if self.shown(path) else "it runs no pipeline"
            self._claims.claim(path, Claim("", PLATFORM, because))

    def dags(self) -> None:
        """Claim modules with DAGs.

        Airflow finds what a DAG needs beside it. So the folder goes as one to the pipeline if there
        is no other; of several pipelines, only those DAGs go that need nothing there.
        """
        by_folder: dict[str, list[str]] = {}
        for path in self._dags:
            if path in self._open and self._claims.is_open(path):
                by_folder.setdefault(dags_folder(path), []).append(path)
        for folder, dags in sorted(by_folder.items()):
            shown = {path: self.shown(path) for path in dags}
            only = self._claims.pipelines.only
            if only and folder and any(only in found for found in shown.values()):
                self._claims.claim_folder(
                    folder, Claim(only, ORCHESTRATION, f"DAGs in {folder}/ run it")
                )
                continue
            for path, found in shown.items():
                if len(found) == 1 and self._may_leave(path):
                    ((name, why),) = found.items()
                    self._claim(path, name, why)

    def _may_leave(self, path: str) -> bool:
        return not self._claims.imports.get(path) and not self._claims.importers.get(path)

    def out_of_dbt(self) -> None:
        """Claim the code in dbt projects that orchestrates, and what the rest imports of it.

        A ``dbt/`` folder is no package. What dbt itself or other code in there needs stays.
        """
        for files in self._dbt_code().values():
            leaving = {path for path in files if self._leaves(path, files)}
            pending = sorted(leaving)
            while pending:
                needed = self._claims.imports.get(pending.pop(), frozenset())
                new = {p for p in needed if p in files and p not in leaving}
                leaving |= new
                pending += sorted(new)
            stay = files - leaving
            if any(self._claims.imports.get(p, frozenset()) & leaving for p in stay):
                continue
            for path in sorted(leaving):
                self._claim(path, self._claims.dbt[path].name, "it is no part of dbt's own")
            markers = {f"{a}/__init__.py" for p in leaving for a in ancestors(p)} & files
            for path in sorted(markers - leaving):
                self._claim(path, self._claims.dbt[path].name, "it stands with the code")

    def _dbt_code(self) -> dict[str, set[str]]:
        """Return the modules in dbt projects that are none of dbt's own, by project."""
        found: dict[str, set[str]] = {}
        for path in self._inventory.python:
            owner = self._claims.dbt.get(path)
            if owner is None or path.endswith(".ipynb") or not self._claims.is_movable_dbt(path):
                continue
            found.setdefault(owner.folder, set()).add(path)
        return found

    def _leaves(self, path: str, files: set[str]) -> bool:
        importers = self._claims.importers.get(path, frozenset())
        if any(i not in files and i not in self._claims.dbt for i in importers):
            return True
        orchestrates = path in self._dagster or path in self._dags
        return orchestrates and dirname(path) == self._claims.dbt[path].folder

    def entries(self) -> None:
        """Mark the module with ``Definitions`` that each pipeline's code location is."""
        by_pipeline: dict[str, list[str]] = {}
        for path, claim in sorted(self._claims.found.items()):
            module = self._inventory.dagster.get(path)
            if claim.section == ORCHESTRATION and module is not None and module.has_object:
                by_pipeline.setdefault(claim.pipeline, []).append(path)
        for pipeline, candidates in by_pipeline.items():
            entry = self._entry(candidates)
            if entry is not None:
                claim = self._claims.found[entry]
                self._claims.claim(entry, Claim(pipeline, ORCHESTRATION, claim.because, True))

    def _entry(self, candidates: list[str]) -> str | None:
        """Return the module that loads the others; None if several might be."""
        for narrowed in (
            [p for p in candidates if p in self._named],
            [p for p in candidates if p in self._roots],
            [p for p in candidates if not set(candidates) & self._imported_by(p)],
            [p for p in candidates if basename(p) in ("definitions.py", "__init__.py")],
        ):
            candidates = narrowed or candidates
            if len(candidates) == 1:
                return candidates[0]
        depths = sorted(candidates, key=lambda p: p.count("/"))
        is_alone = depths[0].count("/") < depths[1].count("/")
        return depths[0] if is_alone else None

    def _imported_by(self, path: str) -> frozenset[str]:
        return self._claims.importers.get(path, frozenset())

    def _claim(self, path: str, pipeline: str, because: str) -> None:
        """Claim a module; a program that defines nothing for an orchestrator is a script."""
        orchestrates = path in self._dagster or path in self._dags or path in self._roots
        is_program = self._inventory.python[path].is_script and not orchestrates
        section = "scripts" if is_program else ORCHESTRATION
        self._claims.claim(path, Claim(pipeline, section, because))


def _locations(inventory: Inventory) -> list[CodeLocation]:
    """Return the code locations that configuration names; all that may be one if it names none."""
    if not inventory.dagster:
        return []
    return [location for location in code_locations(inventory) if location.module]


def _further(named: Iterable[CodeLocation], inventory: Inventory) -> Iterator[CodeLocation]:
    """Yield the modules with ``Definitions`` that no code location reaches."""
    reached = {path for location in named for path in location.reached}
    for path in definitions_objects(inventory) if inventory.dagster else ():
        if path not in reached and is_part(path):
            yield CodeLocation(path, path, frozenset({path}))
