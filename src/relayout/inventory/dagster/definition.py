"""One module as Dagster sees it: the definitions at its top level, and what they say of themselves.

The kinds are those of Dagster's reference
(https://docs.dagster.io/api/dagster); what has no kind there is a plain function, class or value.
"""

from __future__ import annotations

from dataclasses import dataclass

ASSETS = (
    "asset",
    "multi_asset",
    "graph_asset",
    "graph_multi_asset",
    "observable_source_asset",
    "source_asset",
    "asset_spec",
)
"""Kinds of definitions that define assets, or tell of assets outside."""

PLAIN = ("function", "class", "value")
"""Kinds of what is no definition of Dagster's."""

LOADABLE = frozenset({*ASSETS, "asset_check", "job", "asset_job", "schedule", "sensor"})
"""Kinds that a code location has for their own sake, and that loaders take."""

KINDS = (
    *ASSETS,
    "op",
    "graph",
    "job",
    "asset_job",
    "schedule",
    "sensor",
    "asset_check",
    "resource",
    "io_manager",
    "partitions",
    "config",
    "definitions",
    *PLAIN,
)


@dataclass(frozen=True, slots=True)
class Definition:
    """One name that a module binds at its top level, and what it is.

    ``first_line`` (of the first decorator) and ``last_line`` count from 1. ``name`` is what the
    module calls it, ``key`` what Dagster calls it: the name of a job, schedule, sensor, check or
    op, empty for what has none. ``asset_keys`` are the keys of the assets that it defines, of the
    assets that a check looks at; parts are joined by ``/``. ``upstream`` are the keys of the
    assets that it depends on. ``group`` and ``prefix`` (``key_prefix``, joined by ``/``) are
    empty where it does not say so itself; ``partitions`` is the source text of what its partitions
    are. ``makes`` is the kind of what a plain function gives that makes definitions, ``holds`` that
    of what a ``Definitions`` object has, if it is only one: resources alone, say. ``certain`` is
    False where something of that is computed, and not known.
    """

    name: str
    kind: str
    first_line: int
    last_line: int
    key: str = ""
    asset_keys: tuple[str, ...] = ()
    upstream: tuple[str, ...] = ()
    group: str = ""
    prefix: str = ""
    partitions: str = ""
    makes: str = ""
    holds: str = ""
    certain: bool = True


@dataclass(frozen=True, slots=True)
class DagsterModule:
    """What a Python file of a Dagster project binds at its top level, in the order of its lines.

    Imports are not in it.
    """

    path: str
    definitions: tuple[Definition, ...] = ()

    @property
    def defines(self) -> bool:
        """Whether anything in it is a definition of Dagster's."""
        return any(d.kind not in PLAIN for d in self.definitions)

    @property
    def has_object(self) -> bool:
        """Whether it has a ``Definitions`` object, a repository, or a function that gives one."""
        return any(d.kind == "definitions" for d in self.definitions)
