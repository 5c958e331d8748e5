"""How a pipeline ended last, as the files say that dbt leaves behind.

https://docs.getdbt.com/reference/artifacts/run-results-json
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

GOOD = {"success", "pass", "warn", "skipped", "no-op", "reused"}
MAKING = {"build", "run"}
RUNNING = MAKING | {"seed", "snapshot", "test"}  # others, as compile, write results too
SHOWN_MESSAGE = 200


@dataclass(frozen=True, slots=True)
class Results:
    """How something ended last: when, what failed, and when it last went well (seconds since 1970)."""

    ended: float = 0.0
    failures: tuple[str, ...] = ()
    succeeded: float = 0.0


def dbt_results(target: Path) -> Results:
    """Return how dbt ended last in a target folder."""
    results = Results()
    for path in (target / "run_results.json", *sorted(target.glob("*/run_results.json"))):
        content = _json(path)
        ended, command = _moment(content), _command(content)
        if command not in RUNNING or not ended or ended < results.ended:
            continue
        failures = tuple(
            f"dbt {entry.get('unique_id')}: {entry.get('status')}{_message(entry)}"
            for entry in _entries(content)
            if entry.get("status") not in GOOD
        )
        made = command in MAKING and not failures
        results = Results(ended, failures, ended if made else 0.0)
    return results


def late_sources(path: Path) -> tuple[str, ...]:
    """Return the sources of which `dbt source freshness` said that they are too old."""
    return tuple(
        f"dbt {entry.get('unique_id')}: freshness {entry.get('status')}"
        for entry in _entries(_json(path))
        if entry.get("status") not in {"pass", "warn"}
    )


def _json(path: Path) -> Mapping[str, Any]:
    try:
        content = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return content if isinstance(content, dict) else {}


def _entries(content: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    results = content.get("results")
    if not isinstance(results, list):
        return []
    return [entry for entry in results if isinstance(entry, dict)]


def _moment(content: Mapping[str, Any]) -> float:
    """Return when dbt wrote a file; 0 if the file does not say."""
    metadata = content.get("metadata")
    text = metadata.get("generated_at") if isinstance(metadata, dict) else None
    try:
        return datetime.fromisoformat(str(text).replace("Z", "+00:00")).timestamp()
    except (ValueError, OverflowError):
        return 0.0


def _command(content: Mapping[str, Any]) -> str:
    """Return the command of dbt that wrote a file."""
    arguments = content.get("args")
    return str(arguments.get("which")) if isinstance(arguments, dict) else ""


def _message(entry: Mapping[str, Any]) -> str:
    text = " ".join(str(entry.get("message") or "").split())
    return f": {text[:SHOWN_MESSAGE]}" if text else ""
