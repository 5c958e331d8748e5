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
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

from results import Results, dbt_results, late_sources

from pipelines.shared.utilities.registry import SettingsError, pipeline_names, settings_of

ROOT = Path(__file__).resolve().parents[2]
HOME = ROOT / "data" / "services" / "orchestration"
HOUR = 3600.0


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
    failures += late_sources(folder / "dbt" / "target" / "sources.json")
    hours = _fresh_within_hours(folder)
    fresh_within = hours * HOUR if hours else None
    stale = fresh_within is not None and now - succeeded > fresh_within
    return Status(name, failures, succeeded, fresh_within, stale)


def dagster_runs(home: Path) -> RunsOf:
    """Return what finds how Dagster ended last with a pipeline; without an instance nothing has run."""
    if not (home / "dagster.yaml").is_file():
        return lambda name: Results()
    os.environ["DAGSTER_HOME"] = str(home)
    from runs import last_runs  # Dagster takes seconds to import, and is needed there alone

    return last_runs()


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


def _fresh_within_hours(folder: Path) -> float | None:
    """Return how old the last good run may be; settings that are wrong are the catalogue's business."""
    try:
        return settings_of(folder).fresh_within_hours
    except SettingsError:
        return None


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


def _write(path: Path, text: str) -> None:
    """Give a file its content in one step: who reads it meanwhile sees the old or the new one."""
    part = path.with_name(f".{path.name}.{os.getpid()}")
    part.write_text(text, encoding="utf-8")
    part.replace(path)


if __name__ == "__main__":
    sys.exit(main())
