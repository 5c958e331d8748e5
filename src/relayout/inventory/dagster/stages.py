"""Which stage of the data each file of assets belongs to, and why.

An asset is put where its place in the graph says it is a source, else where its group, the prefix
of its key or its folder says, else its name or that of its file, else by what it is made of. A file
goes where most of its assets do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from posixpath import basename

from relayout.inventory.dagster.definition import ASSETS, DagsterModule, Definition
from relayout.inventory.dagster.graph import AssetGraph, asset_graph
from relayout.inventory.dagster.stage_words import STAGES, has_dimensions, stage_in
from relayout.inventory.dagster.territory import is_part

__all__ = ["STAGES", "Stage", "stages_of"]

_OBSERVED = ("source_asset", "observable_source_asset", "asset_spec")
_LOOKS = 500
"""How many assets are looked at to tell whether one is upstream of another."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One of :data:`STAGES`, and the reason, as words that a person reads."""

    name: str
    reason: str


def stages_of(modules: Mapping[str, DagsterModule]) -> dict[str, Stage]:
    """Return the stage of each file with assets, by its path.

    Of several stages that equally many of its assets have, the earliest counts. The graph has no
    assets of tests, nor of what is in quarantine.
    """
    sorter = _Sorter(modules)
    found: dict[str, Stage] = {}
    for path, module in modules.items():
        assets = [d for d in module.definitions if d.kind in ASSETS]
        if assets:
            own = [d for d in assets if d.asset_keys or not d.certain]  # not a list of others
            found[path] = _most([(d, sorter.stage(path, d)) for d in own or assets])
    return found


def _most(stages: list[tuple[Definition, Stage]]) -> Stage:
    """Return the stage of most assets, with the reason of the first of them that has it."""
    weights: Counter[str] = Counter()
    for asset, stage in stages:
        weights[stage.name] += _weight(asset)
    name = max(STAGES, key=lambda stage: weights[stage])
    first, because = next((asset, s.reason) for asset, s in stages if s.name == name)
    total = sum(weights.values())
    reason = f"{_called(first)} {because}"
    if total == 1:
        return Stage(name, reason)
    share = "all" if weights[name] == total else str(weights[name])
    return Stage(name, f"{share} of its {total} assets: {reason}")


def _weight(asset: Definition) -> int:
    return max(len(asset.asset_keys), 1)


def _called(asset: Definition) -> str:
    return asset.asset_keys[0] if len(asset.asset_keys) == 1 else asset.name


class _Sorter:
    """Puts assets into stages; what is upstream of one is put first."""

    def __init__(self, modules: Mapping[str, DagsterModule]) -> None:
        own = {path: module for path, module in modules.items() if is_part(path)}
        self._graph: AssetGraph = asset_graph(own.values())
        self._paths = {id(d): path for path, m in own.items() for d in m.definitions}
        self._known: dict[int, Stage] = {}
        for key in self._graph.defined:
            self._settle(key)

    def _settle(self, key: str) -> None:
        """Find the stages of an asset and of all upstream of it; circles are cut somewhere."""
        pending = [key]
        begun: set[str] = set()
        while pending:
            asset = self._graph.defined.get(pending[-1])
            if asset is None or id(asset) in self._known:
                pending.pop()
                continue
            needed = [] if pending[-1] in begun else self._graph.upstream[pending[-1]]
            begun.add(pending[-1])
            missing = [k for k in needed if k in self._graph.defined and k not in begun]
            if missing:
                pending += missing
            else:
                pending.pop()
                self.stage(self._paths[id(asset)], asset)

    def stage(self, path: str, asset: Definition) -> Stage:
        """Return the stage of an asset."""
        if id(asset) not in self._known:
            self._known[id(asset)] = (
                self._of_source(asset)
                or self._of_names(path, asset)
                or self._of_upstream(asset)
                or Stage("processed", "says no more of its stage")
            )
        return self._known[id(asset)]

    def _upstream(self, asset: Definition) -> tuple[str, ...]:
        keys = asset.asset_keys
        return self._graph.upstream.get(keys[0], asset.upstream) if keys else asset.upstream

    def _of_source(self, asset: Definition) -> Stage | None:
        if asset.kind in _OBSERVED and not asset.upstream:
            return Stage("raw", "is made outside")
        if asset.upstream or not asset.certain:
            return None
        below = {k for key in asset.asset_keys for k in self._graph.downstream.get(key, ())}
        count = len(below - set(asset.asset_keys))
        if not count:
            return None
        return Stage("raw", f"has nothing upstream, {count} {_assets(count)} downstream")

    def _of_names(self, path: str, asset: Definition) -> Stage | None:
        """Return what names say; that of an asset with something upstream does not make it raw."""
        is_dimension = stage_in(_name(asset)) == "dimensional"
        for said, reason, is_name in _said(path, asset):
            stage = stage_in(said)
            if stage == "facts" and is_dimension and not is_name and has_dimensions(said):
                return Stage("dimensional", f"{reason}, and is a dimension by its name")
            if stage is not None and not (is_name and stage == "raw" and asset.upstream):
                return Stage(stage, reason)
        return None

    def _of_upstream(self, asset: Definition) -> Stage | None:
        upstream = self._upstream(asset)
        if not upstream:
            return Stage("raw", "has nothing upstream or downstream") if asset.certain else None
        stages: dict[str, str] = {}
        for key in upstream:
            definition = self._graph.defined.get(key)
            if definition is not None and id(definition) in self._known:
                stages[key] = self._known[id(definition)].name
        latest = max(stages.values(), key=STAGES.index, default="raw")
        first = next((key for key in upstream if stages.get(key) == latest), upstream[0])
        if latest in ("dimensional", "facts"):
            return Stage("facts", f"builds on {first}")
        if latest == "consolidated":
            return Stage("consolidated", f"builds on {first}")
        branches = self._branches([key for key in upstream if stages.get(key) == "processed"])
        if len(branches) > 1:
            return Stage("consolidated", f"brings {branches[0]} and {branches[1]} together")
        return Stage("processed", f"depends on {first}")

    def _branches(self, keys: list[str]) -> list[str]:
        """Return those of some assets that none of the others is made of."""
        if len(keys) < 2:
            return keys
        return [key for key in keys if not any(self._is_above(key, k) for k in keys if k != key)]

    def _is_above(self, key: str, other: str) -> bool:
        """Tell whether an asset is upstream of another, or so many are that it is not worth it."""
        pending, seen = [other], {other}
        while pending and len(seen) < _LOOKS:
            for found in self._graph.upstream.get(pending.pop(), ()):
                if found == key:
                    return True
                if found not in seen:
                    seen.add(found)
                    pending.append(found)
        return False


def _said(path: str, asset: Definition) -> Iterator[tuple[str, str, bool]]:
    """Yield the names that may say a stage, with the reason, and whether it is a mere name."""
    if asset.group:
        yield asset.group, f"is in the group {asset.group}", False
    key = asset.asset_keys[0] if asset.asset_keys else ""
    for part in dict.fromkeys([*asset.prefix.split("/"), *key.split("/")[:-1]]):
        if part:
            yield part, f"has {part} in its key", False
    for folder in reversed(_folders(path)):
        yield folder, f"stands in {folder}/", False
    yield _name(asset), "says so by its name", True
    yield basename(path).removesuffix(".py"), f"stands in {basename(path)}", True


def _name(asset: Definition) -> str:
    """Return the last part of the key of an asset, or its name where no key is known."""
    return (asset.asset_keys[0].rpartition("/")[2] if asset.asset_keys else "") or asset.name


def _folders(path: str) -> list[str]:
    """Return the folders that a file stands in, below its package.

    The package is what stands in ``src``, or has the name of the folder above; else the first.
    """
    folders = path.split("/")[:-1]
    package = 0
    for index, folder in enumerate(folders):
        above = folders[index - 1] if index else ""
        if above == "src" or above.replace("-", "_") == folder:
            package = index
    return folders[package + 1 :]


def _assets(count: int) -> str:
    return "asset" if count == 1 else "assets"
