"""What Dagster's own names make: by the name that a module imports from it.

The names are those of its reference (https://docs.dagster.io/api/dagster) and of the integrations
(https://docs.dagster.io/api/libraries), whose names follow the same forms: what ends in
``_assets`` decorates, a class that ends in ``Resource`` is one.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from relayout.inventory.dagster.definition import ASSETS


class Thing(NamedTuple):
    """What an expression is: a definition of a kind, or what makes one when it is called.

    ``calls`` says how many calls are left until a definition is there. A decorator of Dagster's
    has two, since it stands bare or is called first: ``@asset``, ``@asset(name="x")``.
    """

    kind: str
    calls: int = 0


_DECORATORS = {
    "asset": "asset",
    "multi_asset": "multi_asset",
    "graph_asset": "graph_asset",
    "graph_multi_asset": "graph_multi_asset",
    "observable_source_asset": "observable_source_asset",
    "multi_observable_source_asset": "observable_source_asset",
    "op": "op",
    "graph": "graph",
    "job": "job",
    "schedule": "schedule",
    "sensor": "sensor",
    "asset_sensor": "sensor",
    "multi_asset_sensor": "sensor",
    "run_status_sensor": "sensor",
    "run_failure_sensor": "sensor",
    "freshness_policy_sensor": "sensor",
    "asset_check": "asset_check",
    "multi_asset_check": "asset_check",
    "resource": "resource",
    "io_manager": "io_manager",
    "input_manager": "io_manager",
    "definitions": "definitions",
    "repository": "definitions",
    "lazy_repository": "definitions",
    "component_instance": "definitions",
    "hourly_schedule": "schedule",
    "daily_schedule": "schedule",
    "weekly_schedule": "schedule",
    "monthly_schedule": "schedule",
}
_DECORATORS |= {
    f"{how}partitioned_config": "partitions"
    for how in ("", "static_", "dynamic_", "hourly_", "daily_", "weekly_", "monthly_")
}

_FACTORIES = {
    "define_asset_job": "asset_job",
    "load_definitions_from_current_module": "definitions",
    "load_definitions_from_module": "definitions",
    "load_definitions_from_modules": "definitions",
    "load_definitions_from_package_module": "definitions",
    "load_definitions_from_package_name": "definitions",
    "load_defs": "definitions",
    "load_from_defs_folder": "definitions",
    "create_repository_using_definitions_args": "definitions",
    "define_dagstermill_asset": "asset",
    "define_dagstermill_op": "op",
    "external_asset_from_spec": "source_asset",
    "external_assets_from_specs": "source_asset",
}

_NOTHING = re.compile(
    r"load_asset(?:s|_checks)_from_(?:modules|package_module|package_name|current_module)"
    r"|execute_job|(?:build_)?reconstructable(?:_job)?|get_\w+|is_\w+|check_\w+|with_\w+"
    r"|\w+_and_\w+"
)
"""What loads or runs definitions that others make."""

_FACTORY_FORMS = (
    (re.compile(r"(?:build|create)_(?:schedule|sensor)_(?:from|for)_\w+"), None),
    (re.compile(r"(?:build|make|create)_\w*defs(?:_\w+)?"), "definitions"),
    (re.compile(r"(?:load|build|make|create)_\w*asset_specs?(?:_from_\w+)?"), "asset_spec"),
    (re.compile(r"(?:load|build|make|create)_\w*asset_checks?(?:_from_\w+)?"), "asset_check"),
    (re.compile(r"(?:load|build|make|create)_\w*assets(?:_from_\w+)?"), "multi_asset"),
    (re.compile(r"(?:build|make|create)_\w*asset"), "asset"),
    (re.compile(r"(?:build|make|create)_\w*_checks?(?:_for_\w+)?"), "asset_check"),
    (re.compile(r"\w+_sensor"), "sensor"),
    (re.compile(r"\w+_schedule"), "schedule"),
    (re.compile(r"\w+_job"), "job"),
    (re.compile(r"(?:build|make|create)_\w+_io_manager"), "io_manager"),
    (re.compile(r"(?:build|make|create)_\w+_resource"), "resource"),
)
_DECORATOR_FORMS = ((re.compile(r"\w+_assets"), "multi_asset"), (re.compile(r"\w+_asset"), "asset"))
_VALUE_FORMS = (
    (re.compile(r"\w+_io_manager"), "io_manager"),
    (re.compile(r"\w+_resource"), "resource"),
)

_CLASSES = {
    "Config": "config",
    "PermissiveConfig": "config",
    "AssetsDefinition": "asset",
    "CacheableAssetsDefinition": "asset",
    "SourceAsset": "source_asset",
    "AssetSpec": "asset_spec",
    "AssetChecksDefinition": "asset_check",
    "OpDefinition": "op",
    "GraphDefinition": "graph",
    "JobDefinition": "job",
    "UnresolvedAssetJobDefinition": "asset_job",
    "UnresolvedPartitionedAssetScheduleDefinition": "schedule",
    "Definitions": "definitions",
    "LazyDefinitions": "definitions",
    "RepositoryDefinition": "definitions",
    "ConfigurableLegacyIOManagerAdapter": "io_manager",
    "ConfigurableLegacyResourceAdapter": "resource",
    "ResourceParam": "resource",
    "ResourceDefinition": "resource",
}
_CLASS_FORMS = (
    (re.compile(r"\w*PartitionsDefinition|\w*PartitionedConfig"), "partitions"),
    (re.compile(r"\w*(?:IOManager|InputManager)(?:Factory|Definition)?"), "io_manager"),
    (re.compile(r"\w*Resource(?:Factory)?|\w+Workspace|Pipes\w+Client"), "resource"),
    (re.compile(r"\w*ScheduleDefinition"), "schedule"),
    (re.compile(r"\w*SensorDefinition"), "sensor"),
)

KEEPING = frozenset(
    {
        "configured",
        "configure_at_launch",
        "hardcoded_resource",
        "map_asset_specs",
        "map_resolved_asset_specs",
        "merge",
        "merge_attributes",
        "mock_resource",
        "none_resource",
        "permit_all",
        "replace_attributes",
        "string_resource",
        "with_attributes",
        "with_definition_metadata_update",
        "with_hooks",
        "with_io_manager_key",
        "with_op_retry_policy",
        "with_resources",
        "with_retry_policy",
        "with_top_level_resources",
    }
)
"""Methods of a definition that give another one of its kind."""

BECOMING = {
    "to_job": "job",
    "get_job_def": "job",
    "to_source_asset": "source_asset",
    "to_source_assets": "source_asset",
}
"""Methods that make a definition of another kind."""


def is_of_dagster(module: str) -> bool:
    """Tell whether a dotted name begins with Dagster's package or that of an integration."""
    top = module.partition(".")[0]
    return top == "dagster" or top.startswith("dagster_")


def thing_of(name: str) -> Thing | None:
    """Return what a full name of something outside of the repository is, or None."""
    if not is_of_dagster(name):
        return None
    top, *parts = name.split(".")
    for position, part in enumerate(parts):
        if part[:1].isupper():
            return _thing_of_class(part, parts[position + 1 :])
    method = ""
    if len(parts) > 1 and (parts[-1] in KEEPING or parts[-1] in BECOMING):
        method = parts.pop()
    found = _thing_of_function(parts[-1], top) if parts else None
    if method and found is not None:
        return Thing(BECOMING.get(method, found.kind), 1)
    return found


def kind_of_class(name: str) -> str | None:
    """Return the kind of what a class is for, by the name that it has in Dagster, or None."""
    kind = _CLASSES.get(name)
    return kind or next((kind for form, kind in _CLASS_FORMS if form.fullmatch(name)), None)


def _thing_of_class(name: str, rest: list[str]) -> Thing | None:
    kind = kind_of_class(name)
    if kind is None or len(rest) > 1:
        return None
    if rest and kind in ("config", "partitions"):
        return None
    return Thing(kind, 1)


def _thing_of_function(name: str, top: str) -> Thing | None:
    if name in _DECORATORS:
        return Thing(_DECORATORS[name], 2)
    if name in _FACTORIES:
        return Thing(_FACTORIES[name], 1)
    if _NOTHING.fullmatch(name):
        return None
    for form, kind in _FACTORY_FORMS:
        if form.fullmatch(name):
            return Thing(kind or name.split("_")[1], 1)
    if top != "dagster":
        for form, kind in _DECORATOR_FORMS:
            if form.fullmatch(name):
                return Thing(kind, 2)
    return next((Thing(kind) for form, kind in _VALUE_FORMS if form.fullmatch(name)), None)


def joined(things: list[Thing | None]) -> Thing | None:
    """Return what all of several things are, or None if they are not of one kind."""
    kinds = {thing.kind for thing in things if thing is not None}
    if not kinds or None in things:
        return None
    kind = next(iter(kinds)) if len(kinds) == 1 else _family(kinds)
    return Thing(kind, max(t.calls for t in things if t is not None)) if kind else None


_FAMILIES = (
    ("asset", set(ASSETS)),
    ("job", {"job", "asset_job"}),
    ("resource", {"resource", "io_manager"}),
)


def _family(kinds: set[str]) -> str | None:
    return next((name for name, members in _FAMILIES if kinds <= members), None)
