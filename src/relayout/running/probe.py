"""The program that loads the code locations of a checkout, and writes down what Dagster found.

It is copied into an empty folder and run there by the interpreter of the repository, which may be
older than relayout's own and knows nothing of relayout. Its argument is a JSON file, the *request*:
``locations`` to load, ``root`` (the checkout), ``paths`` (folders of it that modules are found in),
``origin`` (the repository itself, whose files must not be loaded in their place) and ``answer``,
the file to write the facts to. What the loaded code prints goes where it prints; what it raises
becomes the ``error`` of its location.

Facts are names, keys and types. No value of a resource, of configuration or of the environment is
among them. Old and new releases of Dagster (from 1.5) name some attributes differently: the names
are tried in turn.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import os
import re
import sys
import traceback
from collections.abc import Iterable
from pathlib import Path
from typing import Any

_ADDRESS = re.compile(r" (?:object )?at 0x[0-9a-fA-F]+")
_LONG = 300


def main() -> None:
    """Load what the request names, and write the answer."""
    request = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    root, origin = Path(request["root"]).resolve(), Path(request["origin"]).resolve()
    found = redirected(root, origin)
    sys.path[1:] = [*[str(root / path) for path in request["paths"]], *found, str(root)]
    answer: dict[str, Any] = {"python": sys.version.split()[0], "dagster": "", "locations": []}
    try:
        answer["dagster"] = importlib.import_module("dagster").__version__
    except ImportError as error:
        answer["unavailable"] = str(error)
    else:
        os.chdir(root)
        answer["locations"] = [_facts(location) for location in request["locations"]]
        answer["strays"] = strays(origin)
    Path(request["answer"]).write_text(json.dumps(answer), encoding="utf-8")


def _facts(location: dict[str, Any]) -> dict[str, Any]:
    facts: dict[str, Any] = {"name": location["name"], "error": ""}
    try:
        repository = _repository(location)
        facts.update(_described(repository))
        if location["kind"] == "modules":
            facts["resources"] = {k: v for k, v in facts["resources"].items() if v != _MISSING}
    except (Exception, SystemExit):
        facts["error"] = traceback.format_exc()
    return facts


# -- where modules are found


def redirected(root: Path, origin: Path) -> list[str]:
    """Return the search path with the checkout wherever it has the repository.

    The repository is usually installed into its environment as editable: by a path file, or by a
    finder that setuptools writes
    (https://setuptools.pypa.io/en/latest/userguide/development_mode.html). The first entry of the
    search path, this program's folder, is left out: Dagster takes it for its own and sets it aside.
    """
    kept = [_moved(entry, origin, root) for entry in sys.path[1:]]
    for name, finder in list(sys.modules.items()):
        mapping = getattr(finder, "MAPPING", None)
        if name.startswith("__editable__") and isinstance(mapping, dict):
            for package, place in list(mapping.items()):
                moved = _moved(place, origin, root)
                if moved:
                    mapping[package] = moved
                else:
                    del mapping[package]
    return [entry for entry in kept if entry]


def _moved(entry: str, origin: Path, root: Path) -> str:
    """Return where an entry of the search path is in the checkout; empty if it is not there."""
    place = Path(entry).resolve()
    if not _is_inside(place, origin) or _is_inside(place, Path(sys.prefix).resolve()):
        return entry
    moved = root / place.relative_to(origin)
    return str(moved) if moved.exists() or moved.with_suffix(".py").exists() else ""


def _is_inside(place: Path, folder: Path) -> bool:
    return place == folder or folder in place.parents


def strays(origin: Path) -> list[str]:
    """Return the modules that were loaded from the repository itself, by name and file."""
    found = set()
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        place = Path(file).resolve() if isinstance(file, str) else None
        if place and _is_inside(place, origin) and "site-packages" not in place.parts:
            found.add(name + " (" + str(place.relative_to(origin)) + ")")
    return sorted(found)


# -- loading, as Dagster does


def _repository(location: dict[str, Any]) -> Any:
    """Return the repository definition that Dagster makes of a code location."""
    reconstruct = importlib.import_module("dagster._core.definitions.reconstruct")
    _begin_loading()
    made = reconstruct.repository_def_from_target_def(_target(location))
    if made is None:
        raise TypeError("what this code location names is no definition of Dagster's")
    return made


def _begin_loading() -> None:
    """Say that this is a first load, as Dagster's own servers do (since 1.9)."""
    try:
        load = importlib.import_module("dagster._core.definitions.definitions_load_context")
        kind = load.DefinitionsLoadType.INITIALIZATION
        load.DefinitionsLoadContext.set(
            load.DefinitionsLoadContext(load_type=kind, repository_load_data=None)
        )
    except (ImportError, AttributeError):
        pass


def _target(location: dict[str, Any]) -> Any:
    kind, named, folder = location["kind"], location["target"], location["working_directory"]
    pointers = importlib.import_module("dagster._core.code_pointer")
    discovery = importlib.import_module("dagster._core.workspace.autodiscovery")
    if kind == "modules":
        return _collected([pointers.load_python_module(one, folder) for one in named])
    if kind == "autoload":
        return discovery.autodefs_module_target(named, folder).target_definition
    load = pointers.load_python_file if kind == "file" else pointers.load_python_module
    module = load(named, folder)
    if location["attribute"]:
        found = getattr(module, location["attribute"])
        is_definition = not callable(found) or hasattr(found, "get_all_jobs")
        return found if is_definition or _is_graph(found) else found()
    targets = discovery.loadable_targets_from_loaded_module(module)
    if len(targets) > 1:
        names = ", ".join(target.attribute for target in targets)
        raise ValueError("several repositories, of which none is named: " + names)
    return targets[0].target_definition


def _is_graph(found: Any) -> bool:
    dagster = importlib.import_module("dagster")
    return isinstance(found, (dagster.GraphDefinition, dagster.JobDefinition))


def _collected(modules: list[Any]) -> Any:
    """Return the definitions of modules that no code location names.

    They are gathered as a folder of definitions is: a module that has a ``Definitions`` object
    means that one, any other means every definition at its top level, each once.
    """
    dagster = importlib.import_module("dagster")
    whole = [value for module in modules for value in _definitions_in(module)]
    loose: dict[str, list[Any]] = {name: [] for name in _LOOSE}
    seen: set[int] = set()
    for module in modules:
        if not any(True for _ in _definitions_in(module)):
            for value in _members(module):
                field = _field(value)
                if field and id(value) not in seen:
                    seen.add(id(value))
                    loose[field].append(value)
    bound = {key for one in whole for key in _bound(one)}
    needed = {key for values in loose.values() for value in values for key in _needed(value)}
    stand_ins = {key: _stand_in(dagster) for key in sorted(needed - bound - {"io_manager"})}
    given = {name: values for name, values in loose.items() if values}
    own = dagster.Definitions(**given, resources=stand_ins)
    return dagster.Definitions.merge(own, *whole) if whole else own


def _bound(definitions: Any) -> Iterable[str]:
    """Return the keys of the resources that a ``Definitions`` object provides."""
    if hasattr(definitions, "resources"):
        return definitions.resources or ()
    return list(definitions.get_repository_def().get_top_level_resources())


_LOOSE = {
    "assets": ("AssetsDefinition", "SourceAsset", "AssetSpec"),
    "asset_checks": ("AssetChecksDefinition",),
    "jobs": ("JobDefinition", "UnresolvedAssetJobDefinition"),
    "schedules": ("ScheduleDefinition", "UnresolvedPartitionedAssetScheduleDefinition"),
    "sensors": ("SensorDefinition",),
}
"""The arguments of ``Definitions``, and the classes of what each takes."""


def _needed(value: Any) -> Iterable[str]:
    """Return the keys of resources that a definition needs."""
    if hasattr(value, "get_io_manager_key") and not hasattr(value, "asset_deps"):
        return (value.get_io_manager_key(),)
    return getattr(value, "required_resource_keys", None) or ()


_MISSING = "a resource that nothing provides"


def _stand_in(dagster: Any) -> Any:
    """Return something for a resource that is needed and that nobody gives: it is never used."""

    def missing(_: Any) -> None: ...

    missing.__qualname__ = _MISSING
    return dagster.IOManagerDefinition(missing)


def _field(value: Any) -> str:
    """Return the argument of ``Definitions`` that takes a value; empty if none does.

    A check is an assets definition too, since Dagster 1.7: it is tried first.
    """
    bases = {base.__name__ for base in type(value).__mro__}
    order = ("asset_checks", "assets", "jobs", "schedules", "sensors")
    return next((name for name in order if not bases.isdisjoint(_LOOSE[name])), "")


def _definitions_in(module: Any) -> Iterable[Any]:
    for value in vars(module).values():
        if type(value).__name__ == "Definitions":
            yield value
        elif type(value).__name__ == "LazyDefinitions":
            yield value()


def _members(module: Any) -> Iterable[Any]:
    for name, value in vars(module).items():
        if not name.startswith("__"):
            yield from value if type(value) in (list, tuple) else [value]


# -- describing


def _described(repository: Any) -> dict[str, Any]:
    jobs = [job for job in repository.get_all_jobs() if not job.name.startswith("__")]
    sensors, schedules = repository.sensor_defs, repository.schedule_defs
    return {
        "assets": _assets(repository),
        "checks": _checks(repository),
        "jobs": {job.name: _job(job) for job in jobs},
        "schedules": {schedule.name: _schedule(schedule) for schedule in schedules},
        "sensors": {sensor.name: _sensor(sensor) for sensor in sensors},
        "resources": {
            key: _resource(value) for key, value in repository.get_top_level_resources().items()
        },
    }


def _assets(repository: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, source in repository.source_assets_by_key.items():
        found[_text(key)] = {
            "kind": "observable source" if source.is_observable else "source",
            "upstream": [],
            "group": source.group_name,
            "partitions": _partitions(source.partitions_def),
            "io_manager": source.get_io_manager_key(),
        }
    for key, asset in repository.assets_defs_by_key.items():
        if getattr(asset, "is_auto_created_stub", False):
            continue
        upstream = asset.asset_deps.get(key, ())
        op = getattr(asset, "node_def", None) if _is_run(asset) else None
        found[_text(key)] = {
            "kind": _kind(asset),
            "upstream": sorted(_text(one) for one in upstream),
            "group": asset.group_names_by_key.get(key, ""),
            "partitions": _partitions(asset.partitions_def),
            "op": op.name if op is not None else "",
            "resources": sorted(asset.required_resource_keys) if op is not None else [],
        }
    return found


def _is_run(asset: Any) -> bool:
    return bool(_first(asset, ("is_executable",), True))


def _kind(asset: Any) -> str:
    if not _is_run(asset):
        return "external"
    return "observable" if getattr(asset, "is_observable", False) else "asset"


def _checks(repository: Any) -> dict[str, Any]:
    """Return the asset checks by the asset that each looks at, and its name."""
    found: dict[str, Any] = {}
    owners: list[Any] = list(repository.assets_defs_by_key.values())
    owners += getattr(repository, "asset_checks_defs_by_key", {}).values()
    for spec in [spec for owner in owners for spec in owner.check_specs]:
        further = getattr(spec, "additional_deps", None) or ()
        found[_text(spec.asset_key) + ":" + spec.name] = {
            "blocking": bool(getattr(spec, "blocking", False)),
            "upstream": sorted(_text(dep.asset_key) for dep in further),
        }
    if not hasattr(repository, "asset_checks_defs_by_key"):  # until 1.6 only jobs know them
        for job in repository.get_all_jobs():
            for key in getattr(job.asset_layer, "node_output_handles_by_asset_check_key", ()):
                found.setdefault(_text(key.asset_key) + ":" + key.name, {})
    return found


def _job(job: Any) -> dict[str, Any]:
    layer = job.asset_layer
    names = ("selected_asset_keys", "executable_asset_keys", "asset_keys")
    return {
        "assets": sorted(_text(key) for key in _first(layer, names, ()) or ()),
        "nodes": sorted(job.graph.node_dict),
        "partitions": _partitions(job.partitions_def),
    }


def _schedule(schedule: Any) -> dict[str, Any]:
    return {
        "cron": schedule.cron_schedule,
        "timezone": schedule.execution_timezone or "",
        "job": _named(schedule, "job_name"),
        "status": str(schedule.default_status),
    }


def _sensor(sensor: Any) -> dict[str, Any]:
    return {
        "kind": str(getattr(sensor.sensor_type, "value", sensor.sensor_type)),
        "jobs": sorted(_text(target.job_name) for target in sensor.targets if target),
        "interval": sensor.minimum_interval_seconds or 0,
        "assets": _short(str(sensor.asset_selection or "")),
        "status": str(sensor.default_status),
    }


def _resource(value: Any) -> str:
    """Return the name of a resource's type: its class, or the function that makes it."""
    inner = _first(value, ("wrapped_resource", "inner_resource", "_resource"), value)
    named = _first(inner, ("configurable_resource_cls", "resource_fn"), type(inner))
    name = getattr(named, "__qualname__", type(value).__qualname__)
    return str(name).replace("<locals>.", "")


# -- texts


def _first(thing: Any, names: Iterable[str], default: Any) -> Any:
    """Return the first attribute of these names that a thing has."""
    return next((getattr(thing, name) for name in names if hasattr(thing, name)), default)


def _named(thing: Any, attribute: str) -> str:
    try:
        return str(getattr(thing, attribute))
    except Exception:  # a schedule may have several jobs or none, which Dagster refuses to name
        return ""


def _text(key: Any) -> str:
    return key.to_user_string() if hasattr(key, "to_user_string") else str(key)


def _partitions(partitions: Any) -> str:
    return "" if partitions is None else _short(repr(partitions))


def _short(text: str) -> str:
    """Return a text without addresses of memory, cut short with a digest if it is long."""
    text = _ADDRESS.sub("", text)
    if len(text) <= _LONG:
        return text
    return text[:_LONG] + "... " + hashlib.sha256(text.encode()).hexdigest()[:12]


if __name__ == "__main__":
    main()
