"""``same-dags``: Airflow loads the same DAGs after a migration as before.

Airflow has a home of its own in a temporary folder: with links to what a container, or the folder
above the DAGs, has in it, and an empty database. Nothing is scheduled, and nothing is run.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from relayout.errors import Refusal
from relayout.running.airflow_folders import HOMES, DagFolder
from relayout.running.environment import Interpreter, Say, ask, is_secret, masked

PROBE = "airflow_probe.py"
ENVIRONMENT = ".venv-airflow"
"""The environment that Airflow has of its own, so that it does not dictate other versions."""

_DATABASE = "airflow.db"
_SECONDS = "60"


def load_dags(
    interpreter: Interpreter,
    checkout: Path,
    origin: Path,
    folders: Sequence[DagFolder],
    work: Path,
    say: Say,
) -> dict[str, Any]:
    """Return what Airflow loads from folders of a checkout, by file.

    ``origin`` is the repository that the checkout is of. ``work`` is an empty folder; the database
    is made in the one above it, and serves every state. Raises Refusal if the interpreter does not
    run, has no Airflow, or takes too long.
    """
    whole: dict[str, Any] = {"python": "", "airflow": "", "files": {}, "strays": []}
    for number, folder in enumerate(folders):
        home = work / f"home-{number}"
        _make_home(home, folder, checkout)
        say(f"  {folder.path or 'the repository'}")
        request = {
            "root": str(checkout),
            "origin": str(origin.absolute()),
            "folder": folder.path,
            "files": list(folder.files),
            "front": list(folder.front),
            "back": list(folder.back),
            "places": _places(folder, checkout, home),
            "home": str(home),
            "working_folder": str(home if folder.mounts else checkout),
        }
        variables = _variables(interpreter, folder, checkout, home, work.parent / _DATABASE)
        answer, _ = ask(interpreter, PROBE, request, checkout, say, variables)
        if "unavailable" in answer:
            raise Refusal(
                f"{interpreter} has no Airflow: {answer['unavailable']}",
                "Install apache-airflow (2.4 or newer) and its providers there, or name another:",
                "--python PATH",
            )
        for path, found in answer["files"].items():
            error = masked(found["error"], os.environ)
            whole["files"].setdefault(path, {**found, "error": error})
            whole["strays"] += found.get("strays", ())
        whole |= {name: answer[name] for name in ("python", "airflow")}
    return whole


def _make_home(home: Path, folder: DagFolder, checkout: Path) -> None:
    """Make a folder that has in it what ``AIRFLOW_HOME`` has."""
    home.mkdir(parents=True)
    for name, path in folder.home:
        link = home / name
        if not (link.exists() or any(above.is_symlink() for above in link.parents)):
            link.parent.mkdir(parents=True, exist_ok=True)
            link.symlink_to(checkout / path)


def _places(folder: DagFolder, checkout: Path, home: Path) -> list[tuple[str, str]]:
    """Return where the paths of a container are."""
    mounted = {place: str(checkout / path) for place, path in reversed(folder.mounts)}
    return list({**dict.fromkeys(HOMES, str(home)), **mounted}.items())


def _variables(
    interpreter: Interpreter, folder: DagFolder, checkout: Path, home: Path, database: Path
) -> dict[str, str]:
    """Return the user's environment without secrets, and with settings for Airflow.

    Those of the user's Airflow would name its database and its folders. Variables of Airflow that
    are set in the environment are kept.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if not is_secret(name)
        and (not name.startswith("AIRFLOW") or name.startswith("AIRFLOW_VAR_"))
        and name not in ("PYTHONWARNINGS", "PYTHONHOME")
    }
    core = {
        "DAGS_FOLDER": str(checkout / folder.path),
        "PLUGINS_FOLDER": str(checkout / folder.plugins if folder.plugins else home / "plugins"),
        "LOAD_EXAMPLES": "False",
        "DAGBAG_IMPORT_TIMEOUT": _SECONDS,
        "DAGBAG_IMPORT_ERROR_TRACEBACK_DEPTH": "6",
    }
    return {
        **kept,
        "PATH": os.pathsep.join(
            [str(interpreter.path.parent), *filter(None, [os.environ.get("PATH")])]
        ),
        "PYTHONIOENCODING": "utf-8",
        "PYTHONHASHSEED": "0",
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{database}",
        "AIRFLOW__LOGGING__BASE_LOG_FOLDER": str(home.parent / "logs"),
        "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
        **{f"AIRFLOW__CORE__{name}": value for name, value in core.items()},
    }


def own_environment(repository: Path) -> str:
    """Return the interpreter of the environment that Airflow has for itself; empty if none."""
    own = repository.absolute() / ENVIRONMENT / "bin" / "python"
    return str(own) if own.is_file() else ""


def told(failures: Mapping[str, str], say: Say) -> None:
    """Say which files could not be compared, and why."""
    for path, reason in failures.items():
        say(f"  {path}: {reason}")
