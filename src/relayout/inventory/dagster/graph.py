"""The graph of a repository's assets: what each depends on, and what depends on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from relayout.inventory.dagster.definition import ASSETS, DagsterModule, Definition


@dataclass(frozen=True, slots=True)
class AssetGraph:
    """Assets by their keys.

    ``defined`` has what defines each key, ``upstream`` and ``downstream`` the keys on both sides of
    each; keys that the repository does not define are in them as well.
    """

    defined: Mapping[str, Definition]
    upstream: Mapping[str, tuple[str, ...]]
    downstream: Mapping[str, tuple[str, ...]]

    @property
    def sources(self) -> tuple[str, ...]:
        """The keys that are defined, and have nothing upstream."""
        return tuple(key for key in self.defined if not self.upstream.get(key))


def asset_graph(modules: Iterable[DagsterModule]) -> AssetGraph:
    """Return the graph of the assets that modules define.

    A dependency that is no key of the repository, but the end of just one, is that one: Dagster
    finds it if both are in one group, or loaders put a prefix before keys
    (https://docs.dagster.io/api/dagster/assets, ``load_assets_from_modules``).
    """
    assets = [d for module in modules for d in module.definitions if d.kind in ASSETS]
    defined: dict[str, Definition] = {}
    for asset in assets:
        for key in asset.asset_keys:
            defined.setdefault(key, asset)
    by_end: dict[str, list[str]] = defaultdict(list)
    for key in defined:
        by_end[_end(key)].append(key)
    upstream: dict[str, dict[str, None]] = {key: {} for key in defined}
    downstream: dict[str, dict[str, None]] = {key: {} for key in defined}
    for asset in assets:
        needed = [_meant(key, asset, defined, by_end[_end(key)]) for key in asset.upstream]
        for key in asset.asset_keys:
            upstream[key].update(dict.fromkeys(needed))
            for other in needed:
                downstream.setdefault(other, {})[key] = None
    return AssetGraph(
        defined,
        {key: tuple(keys) for key, keys in upstream.items()},
        {key: tuple(keys) for key, keys in downstream.items()},
    )


def _end(key: str) -> str:
    return key.rpartition("/")[2]


def _meant(
    key: str, asset: Definition, defined: Mapping[str, Definition], similar: list[str]
) -> str:
    """Return the key that a dependency of an asset means."""
    if key in defined:
        return key
    others = [k for k in similar if k not in asset.asset_keys]
    fitting = [k for k in others if "/" not in key or "/" not in k]
    grouped = [k for k in fitting if asset.group and defined[k].group == asset.group]
    for found in (grouped, fitting):
        if len(found) == 1:
            return found[0]
    return key
