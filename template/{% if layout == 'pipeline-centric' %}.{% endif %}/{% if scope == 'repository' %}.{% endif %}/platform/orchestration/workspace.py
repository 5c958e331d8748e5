"""Write the workspace that Dagster loads: one code location for each pipeline that is found.

Each code location is a process of its own, so that a pipeline that fails to load takes no other down. The
workspace and the settings of the instance go to `data/services/orchestration`, which git ignores and which is
DAGSTER_HOME. `workspace.py orders customers` writes a workspace of these pipelines alone: each takes the memory
of a process.

https://docs.dagster.io/deployment/code-locations/workspace-yaml
"""

import argparse
import json
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from pipelines.shared.utilities.registry import code_locations

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = Path("platform", "orchestration", "dagster.yaml")
HOME = Path("data", "services", "orchestration")
HEAD = "# Written by platform/orchestration/workspace.py. Changes are lost.\n"


class WorkspaceError(Exception):
    """A pipeline is named that Dagster cannot load; the message says which."""


def chosen(known: Mapping[str, str], names: Iterable[str]) -> dict[str, str]:
    """Return the code locations that are named, or all of them if none is.

    Raises:
        WorkspaceError: one of the names is not known.
    """
    names = list(names)
    for name in names:
        if name not in known:
            raise WorkspaceError(f"pipelines/{name}/orchestration/definitions.py does not exist")
    return {name: module for name, module in known.items() if not names or name in names}


def workspace_of(locations: Mapping[str, str]) -> str:
    """Return the text of the workspace file. Text in JSON is text in YAML."""
    if not locations:
        return f"{HEAD}load_from: []\n"
    lines = [f"{HEAD}load_from:\n"]
    for name, module in locations.items():
        lines += [
            "  - python_module:\n",
            f"      module_name: {json.dumps(module)}\n",
            f"      location_name: {json.dumps(name)}\n",
        ]
    return "".join(lines)


def prepare(root: Path) -> Path:
    """Make the folder that is DAGSTER_HOME, with the settings of the instance, and return it."""
    home = root / HOME
    home.mkdir(parents=True, exist_ok=True)
    _replace(home / "dagster.yaml", (root / SETTINGS).read_text(encoding="utf-8"))
    return home


def write(root: Path, names: Iterable[str] = ()) -> Path:
    """Write the workspace and the settings of the instance, and return their folder.

    Raises:
        WorkspaceError: one of the names is not that of a pipeline that Dagster can load.
    """
    text = workspace_of(chosen(code_locations(root), names))
    home = prepare(root)
    _replace(home / "workspace.yaml", text)
    return home


def main(options: Sequence[str] | None = None) -> int:
    """Run the command, and return its exit status."""
    parser = argparse.ArgumentParser(description="Write the workspace that Dagster loads.")
    parser.add_argument("names", nargs="*", metavar="NAME", help="only this pipeline")
    try:
        home = write(ROOT, parser.parse_args(options).names)
    except WorkspaceError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    print(home.relative_to(ROOT) / "workspace.yaml")
    return 0


def _replace(path: Path, text: str) -> None:
    """Give a file its content in one step: who reads it meanwhile sees the old or the new one."""
    if path.is_file() and path.read_text(encoding="utf-8") == text:
        return
    part = path.with_name(f".{path.name}.{os.getpid()}")
    part.write_text(text, encoding="utf-8")
    part.replace(path)


if __name__ == "__main__":
    sys.exit(main())
