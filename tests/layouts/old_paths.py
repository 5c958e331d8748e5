"""What the modules of a package have, seen from outside: before an adoption, and through shims."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

_NAMES = """
import importlib, json, pkgutil, sys, warnings

warnings.simplefilter("ignore")
package = importlib.import_module(sys.argv[1])
found = {}
for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
    names = vars(importlib.import_module(module.name))
    star = {}
    exec(f"from {module.name} import *", star)
    found[module.name] = {
        "names": sorted(n for n in names if not (n.startswith("__") and n.endswith("__"))),
        "star": sorted(n for n in star if n != "__builtins__"),
    }
print(json.dumps(found))
"""
_SAME = """
import importlib, json, sys, warnings

warnings.simplefilter("ignore")
asked = json.loads(sys.stdin.read())
problems, compared = [], 0
for module in asked["first"]:
    importlib.import_module(module)
for old, said in asked["modules"].items():
    parts = [importlib.import_module(name) for name in said["targets"]]
    module = importlib.import_module(old)
    star = {}
    exec(f"from {old} import *", star)
    star.pop("__builtins__")
    if sorted(star) != said["star"]:
        problems.append(f"{old}: a star imports {sorted(set(star) ^ set(said['star']))}")
    for name in said["names"]:
        owner = said["owners"].get(name)
        new = [importlib.import_module(owner)] if owner else [p for p in parts if hasattr(p, name)]
        if not new or any(getattr(module, name) is not getattr(part, name) for part in new):
            problems.append(f"{old}.{name}")
        if name in star and star[name] is not getattr(module, name):
            problems.append(f"{old}.{name} by a star")
        compared += 1
print(json.dumps({"problems": problems, "compared": compared}))
"""
_LOADED = """
import importlib, json, sys, warnings

warnings.simplefilter("ignore", ImportWarning)
import dagster as dg

found = importlib.import_module(sys.argv[1]).defs
defs = found if isinstance(found, dg.Definitions) else found()
graph = defs.resolve_asset_graph()
repository = defs.get_repository_def()
shown = {
    "assets": [
        [
            key.to_user_string(),
            graph.get(key).group_name,
            sorted(k.to_user_string() for k in graph.get(key).parent_keys),
            type(graph.get(key).partitions_def).__name__,
        ]
        for key in sorted(graph.get_all_asset_keys())
    ],
    "checks": sorted(str(key) for key in graph.asset_check_keys),
    "jobs": sorted(job.name for job in defs.resolve_all_job_defs()),
    "schedules": sorted([s.name, str(s.cron_schedule)] for s in repository.schedule_defs),
    "sensors": sorted(s.name for s in repository.sensor_defs),
    "resources": sorted([k, type(v).__name__] for k, v in (defs.resources or {}).items()),
}
print(json.dumps(shown))
"""


def names_of(python: Path, source: Path, package: str) -> dict[str, dict[str, list[str]]]:
    """Return what each module of a package has, and what a star imports of it, by its name."""
    found: dict[str, dict[str, list[str]]] = _said(python, source, _NAMES, package)
    return found


def loaded(python: Path, source: Path, module: str) -> dict[str, list[Any]]:
    """Return what Dagster loads from a module."""
    found: dict[str, list[Any]] = _said(python, source, _LOADED, module)
    return found


def compared(
    python: Path, source: Path, modules: Mapping[str, Any], first: Sequence[str]
) -> tuple[int, list[str]]:
    """Return how many names of old modules were compared with the new ones, and those that differ.

    ``first`` are modules that are imported before all others.
    """
    asked = json.dumps({"modules": modules, "first": list(first)})
    said = _said(python, source, _SAME, input=asked)
    return said["compared"], said["problems"]


def new_places(
    document: Mapping[str, Any], before: Mapping[str, Mapping[str, list[str]]]
) -> dict[str, dict[str, Any]]:
    """Return, for each old module, its names, the modules it became, and the owner of each name.

    ``document`` is the plan, as ``--json`` shows it.
    """
    moves = {move["from"]: move["to"] for move in document["moves"]}
    splits = {split["module"]: split["parts"] for split in document["splits"]}

    def module_of(path: str) -> str:
        new = moves.get(path, path)
        return (
            new.removeprefix("src/").removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        )

    places: dict[str, dict[str, Any]] = {}
    for old, said in before.items():
        path = f"src/{old.replace('.', '/')}.py"
        if path in moves or path in splits:
            parts = splits.get(path, [])
            owners = {name: module_of(part["to"]) for part in parts for name in part["names"]}
            targets = [module_of(path), *(module_of(part["to"]) for part in parts)]
            places[old] = {**said, "targets": targets, "owners": owners}
    return places


def _said(
    python: Path,
    source: Path,
    program: str,
    *arguments: str,
    input: str = "",  # noqa: A002
) -> Any:
    plain = {n: v for n, v in os.environ.items() if not n.startswith("PYTHON")}
    done = subprocess.run(
        [str(python), "-c", program, *arguments],
        env={**plain, "PYTHONPATH": str(source), "PYTHONDONTWRITEBYTECODE": "1"},
        input=input,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
