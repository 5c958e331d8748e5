"""The status of a pipeline is that of its last run, by Dagster or by dbt."""

import json
import re
from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import dagster as dg
import pytest
import yaml

HOUR = 3600.0
NOW = datetime(2025, 7, 2, 12, tzinfo=timezone.utc).timestamp()
DAGSTER = "telemetry:\n  enabled: false\n"


@pytest.fixture
def tool(load: Callable[[str], Any]) -> Any:
    return load("platform/monitoring/status.py")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of a pipeline that has to be fresh within 24 hours."""
    folder = tmp_path / "pipelines" / "orders"
    (folder / "config").mkdir(parents=True)
    settings = "owner: me\nfresh_within_hours: 24\n"
    (folder / "config" / "pipeline.yml").write_text(settings, encoding="utf-8")
    return folder


def ran(folder: Path, hours_ago: float, command: str = "build", **statuses: str) -> None:
    """Write what dbt leaves behind."""
    moment = datetime.fromtimestamp(NOW - hours_ago * HOUR, timezone.utc)
    content = {
        "metadata": {"generated_at": moment.isoformat().replace("+00:00", "Z")},
        "args": {"which": command},
        "results": [
            {"unique_id": name, "status": status, "message": f"got\n{status}"}
            for name, status in statuses.items()
        ],
    }
    target = folder / "dbt" / "target"
    target.mkdir(parents=True, exist_ok=True)
    (target / "run_results.json").write_text(json.dumps(content), encoding="utf-8")


def test_a_good_run_is_good_until_it_is_stale(tool: Any, folder: Path) -> None:
    ran(folder, 1, model="success", test="pass", slow="warn")
    status = tool.status_of(folder, tool.Results(), NOW)
    assert (status.word, status.failures) == ("good", ())
    assert tool.status_of(folder, tool.Results(), NOW + 22 * HOUR).word == "good"
    assert tool.status_of(folder, tool.Results(), NOW + 24 * HOUR).word == "stale"


def test_what_failed_in_dbt_is_named(tool: Any, folder: Path) -> None:
    ran(folder, 1, good="pass", bad="fail", worse="error")
    status = tool.status_of(folder, tool.Results(), NOW)
    assert status.word == "failed"
    assert status.failures == ("dbt bad: fail: got fail", "dbt worse: error: got error")


def test_tests_alone_make_nothing_fresh_and_compiling_says_nothing(tool: Any, folder: Path) -> None:
    ran(folder, 1, "test", test="pass")
    assert tool.status_of(folder, tool.Results(), NOW).word == "stale"
    ran(folder, 1, "compile", model="success")
    assert tool.status_of(folder, tool.Results(), NOW).word == "stale"


def test_a_later_run_of_dagster_has_the_last_word(tool: Any, folder: Path) -> None:
    ran(folder, 2, bad="fail")
    good = tool.Results(NOW - HOUR, (), NOW - HOUR)
    assert tool.status_of(folder, good, NOW).word == "good"
    earlier = tool.Results(NOW - 3 * HOUR, (), NOW - 3 * HOUR)
    assert tool.status_of(folder, earlier, NOW).word == "failed"


def test_a_failed_run_of_dagster_is_named_beside_dbt(tool: Any, folder: Path) -> None:
    ran(folder, 2, bad="fail")
    failed = tool.Results(NOW - HOUR, ("run 1: load failed",), NOW - 30 * HOUR)
    failures = tool.status_of(folder, failed, NOW).failures
    assert failures == ("run 1: load failed", "dbt bad: fail: got fail")


def test_late_sources_are_failures(tool: Any, folder: Path) -> None:
    ran(folder, 1, model="success")
    content = {"results": [{"unique_id": "a", "status": "error"}, {"status": "warn"}]}
    target = folder / "dbt" / "target"
    (target / "sources.json").write_text(json.dumps(content), encoding="utf-8")
    assert tool.status_of(folder, tool.Results(), NOW).failures == ("dbt a: freshness error",)


@pytest.mark.parametrize("text", ["", "[", "[]", '{"results": 1}', '{"metadata": {}}', "\x00"])
def test_results_that_are_cut_off_are_none(tool: Any, folder: Path, text: str) -> None:
    ran(folder, 1)
    (folder / "dbt" / "target" / "run_results.json").write_text(text, encoding="utf-8")
    assert tool.status_of(folder, tool.Results(), NOW).succeeded == 0.0


def test_without_settings_nothing_is_stale(tool: Any, tmp_path: Path) -> None:
    status = tool.status_of(tmp_path / "nothing", tool.Results(), NOW)
    assert (status.word, status.stale) == ("never run", False)


@dg.asset
def works() -> None:
    """Do nothing, well."""


@dg.asset
def breaks() -> None:
    """Fail."""
    raise RuntimeError


@dg.asset_check(asset=works)
def empty() -> dg.AssetCheckResult:
    """Do not like what was made."""
    return dg.AssetCheckResult(passed=False)


@dg.asset_check(asset=works)
def small() -> dg.AssetCheckResult:
    """Warn of what was made."""
    return dg.AssetCheckResult(passed=False, severity=dg.AssetCheckSeverity.WARN)


def test_runs_are_found_in_the_instance(
    tool: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert tool.dagster_runs(tmp_path)("orders") == tool.Results()
    (tmp_path / "dagster.yaml").write_text(DAGSTER, encoding="utf-8")
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path))
    with dg.DagsterInstance.get() as instance:
        for name, assets in [
            ("orders", [works]),
            ("orders", [breaks]),
            ("stock", [works, small]),
            ("people", [works, empty]),
        ]:
            dg.materialize(
                assets,
                instance=instance,
                raise_on_error=False,
                tags={"dagster/code_location": name},
            )
    runs = tool.dagster_runs(tmp_path)
    orders, stock = runs("orders"), runs("stock")
    assert orders.failures[0].endswith(": breaks failed")
    assert 0 < orders.succeeded < orders.ended
    assert stock.failures == ()
    assert stock.succeeded == stock.ended > 0
    assert runs("people").failures == ("check empty of works is not passed",)
    assert runs("other") == tool.Results()


def test_metrics_are_in_the_format_of_prometheus(tool: Any) -> None:
    statuses = [
        tool.Status("orders", ("a", "b"), 5.0, 60.0, False),
        tool.Status("stock", (), 0.0, None, False),
    ]
    lines = tool.metrics(statuses).splitlines()
    assert 'pipeline_failures{pipeline="orders"} 2' in lines
    assert 'pipeline_last_success_timestamp_seconds{pipeline="stock"} 0' in lines
    assert 'pipeline_fresh_within_seconds{pipeline="orders"} 60' in lines
    assert not [
        line for line in lines if line.startswith('pipeline_fresh_within_seconds{pipeline="st')
    ]
    assert tool.metrics(statuses).endswith("\n")


def test_alerts_are_about_metrics_that_are_written(tool: Any) -> None:
    text = (tool.ROOT / "platform" / "monitoring" / "alerts.yml").read_text(encoding="utf-8")
    rules = [rule for group in yaml.safe_load(text)["groups"] for rule in group["rules"]]
    used = {name for rule in rules for name in re.findall(r"pipeline_\w+", rule["expr"])}
    written = tool.metrics([tool.Status("orders", (), 5.0, 60.0, False)])
    assert used == set(re.findall(r"^pipeline_\w+", written, re.MULTILINE))
