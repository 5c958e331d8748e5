"""Say what failed and what is stale: for each pipeline, from the runs of Dagster and the last results of dbt.

Dagster's runs are in its instance (DAGSTER_HOME, else data/services/orchestration), found by the tag with the code
location. dbt's results are in `dbt/target/run_results.json` and `sources.json` of a pipeline:
https://docs.getdbt.com/reference/artifacts/run-results-json. `--prometheus` writes the same as metrics, for
alerts.yml. The exit status is 1 if anything failed or is stale.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from pipelines.shared.utilities.registry import SettingsError, pipeline_names, settings_of

ROOT = Path(__file__).resolve().parents[2]
HOME = ROOT / "data" / "services" / "orchestration"
CODE_LOCATION = "dagster/code_location"
GOOD = {"success", "pass", "warn", "skipped", "no-op", "reused"}
MAKING = {"build", "run"}
RUNNING = MAKING | {"seed", "snapshot", "test"}  # others, as compile, write results too
HOUR = 3600.0
SHOWN_MESSAGE = 200


@dataclass(frozen=True, slots=True)
class Results:
    """How something ended last: when, what failed, and when it last went well (seconds since 1970)."""

    ended: float = 0.0
    failures: tuple[str, ...] = ()
    succeeded: float = 0.0


@dataclass(frozen=True, slots=True)
class Status:
    """What is known of a pipeline now."""

    name: str
    failures: tuple[str, ...]
    succeeded: float
    fresh_within: float | None
    stale: bool

    @property
    def word(self) -> str:
        """Return the state in a word."""
        if self.failures:
            return "failed"
        if self.stale:
            return "stale"
        return "good" if self.succeeded else "never run"


RunsOf = Callable[[str], Results]


def status_of(folder: Path, runs: Results, now: float) -> Status:
    """Return the status of the pipeline in a folder, given how Dagster last ran it."""
    name = folder.name
    dbt = dbt_results(folder / "dbt" / "target")
    # A run of Dagster after that of dbt has the last word: dbt can be a step of it.
    last = [runs, dbt] if runs.ended <= dbt.ended or runs.failures else [runs]
    failures = tuple(failure for results in last for failure in results.failures)
    succeeded = max(runs.succeeded, dbt.succeeded)
    try:
        hours = settings_of(folder).fresh_within_hours
        failures += late_sources(folder / "dbt" / "target" / "sources.json")
    except SettingsError as error:
        hours, failures = None, (*failures, str(error))
    fresh_within = hours * HOUR if hours else None
    stale = fresh_within is not None and now - succeeded > fresh_within
    return Status(name, failures, succeeded, fresh_within, stale)


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


def dagster_runs(home: Path) -> RunsOf:
    """Return what finds how Dagster ended last with a pipeline; without an instance nothing has run."""
    if not (home / "dagster.yaml").is_file():
        return lambda name: Results()
    os.environ["DAGSTER_HOME"] = str(home)
    import dagster as dg  # takes seconds, and is needed here alone

    instance = dg.DagsterInstance.get()
    failed, good = dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.SUCCESS

    def last(name: str, statuses: list[dg.DagsterRunStatus]) -> dg.RunRecord | None:
        filters = dg.RunsFilter(tags={CODE_LOCATION: name}, statuses=statuses)
        return next(iter(instance.get_run_records(filters, limit=1)), None)

    def runs(name: str) -> Results:
        newest, success = last(name, [failed, good]), last(name, [good])
        succeeded = (success.end_time or 0.0) if success else 0.0
        if newest is None or newest.dagster_run.status == good:
            return Results(succeeded, (), succeeded)
        run = newest.dagster_run
        steps = instance.get_run_step_stats(run.run_id)
        names = sorted(step.step_key for step in steps if str(step.status).endswith("FAILURE"))
        what = f"run {run.run_id}: {', '.join(names) or run.job_name} failed"
        return Results(newest.end_time or 0.0, (what,), succeeded)

    return runs


def metrics(statuses: Iterable[Status]) -> str:
    """Return the metrics in the text format of Prometheus.

    https://prometheus.io/docs/instrumenting/exposition_formats/
    """
    statuses = list(statuses)
    columns: dict[str, tuple[str, Callable[[Status], float | None]]] = {
        "pipeline_failures": ("What failed when it last ran.", lambda s: len(s.failures)),
        "pipeline_last_success_timestamp_seconds": (
            "When it last went well, 0 for never.",
            lambda s: s.succeeded,
        ),
        "pipeline_fresh_within_seconds": (
            "How old the last success may be.",
            lambda s: s.fresh_within,
        ),
    }
    lines = []
    for metric, (about, value_of) in columns.items():
        lines += [f"# HELP {metric} {about}", f"# TYPE {metric} gauge"]
        for status in statuses:
            value = value_of(status)
            if value is not None:
                lines.append(f"{metric}{{pipeline={json.dumps(status.name)}}} {value:.0f}")
    return "\n".join([*lines, ""])


def main(options: Sequence[str] | None = None) -> int:
    """Run the command, and return its exit status."""
    parser = argparse.ArgumentParser(description="Say what failed and what is stale.")
    parser.add_argument("names", nargs="*", metavar="NAME", help="only this pipeline")
    parser.add_argument("--json", action="store_true", help="as JSON")
    parser.add_argument("--prometheus", type=Path, metavar="FILE", help="write metrics there")
    arguments = parser.parse_args(options)
    known = pipeline_names(ROOT)
    for name in arguments.names:
        if name not in known:
            print(f"error: there is no pipeline {name}", file=sys.stderr)
            return 2
    runs = dagster_runs(Path(os.environ.get("DAGSTER_HOME") or HOME))
    names = [name for name in known if not arguments.names or name in arguments.names]
    now = time.time()
    statuses = [status_of(ROOT / "pipelines" / name, runs(name), now) for name in names]
    if arguments.prometheus:
        _write(arguments.prometheus, metrics(statuses))
    print(_as_json(statuses) if arguments.json else _as_text(statuses, now))
    return 1 if any(status.failures or status.stale for status in statuses) else 0


def _as_json(statuses: Iterable[Status]) -> str:
    entries = [
        {
            "name": status.name,
            "state": status.word,
            "failures": status.failures,
            "last_success": _iso(status.succeeded),
            "fresh_within_hours": status.fresh_within and status.fresh_within / HOUR,
            "stale": status.stale,
        }
        for status in statuses
    ]
    return json.dumps({"pipelines": entries}, indent=2)


def _as_text(statuses: Sequence[Status], now: float) -> str:
    width = max((len(status.name) for status in statuses), default=0)
    lines = []
    for status in statuses:
        age = f"{(now - status.succeeded) / HOUR:.1f} hours ago" if status.succeeded else "never"
        lines.append(f"{status.name:{width}}  {status.word:9}  last good run: {age}")
        lines += [f"  {failure}" for failure in status.failures]
    good = sum(status.word == "good" for status in statuses)
    return "\n".join([*lines, f"{good} of {len(statuses)} pipelines are good"])


def _iso(moment: float) -> str | None:
    return datetime.fromtimestamp(moment, timezone.utc).isoformat() if moment else None


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


def _write(path: Path, text: str) -> None:
    """Give a file its content in one step: who reads it meanwhile sees the old or the new one."""
    part = path.with_name(f".{path.name}.{os.getpid()}")
    part.write_text(text, encoding="utf-8")
    part.replace(path)


if __name__ == "__main__":
    sys.exit(main())
