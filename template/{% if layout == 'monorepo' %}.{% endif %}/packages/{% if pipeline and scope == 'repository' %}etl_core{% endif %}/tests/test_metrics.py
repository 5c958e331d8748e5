"""Metrics are written as Prometheus reads them."""

from itertools import count
from pathlib import Path

import pytest

from etl_core.metrics import Metrics


def test_the_text_is_what_prometheus_reads() -> None:
    ticks = count(step=2)
    metrics = Metrics("job", clock=lambda: next(ticks))
    metrics.count("rows_total", 3, outcome="read")
    metrics.count("rows_total", outcome="read")
    metrics.count("rows_total", 0.5, outcome="rejected")
    metrics.put("run_succeeded", 1)
    with metrics.timed("input_seconds"):
        pass
    with pytest.raises(KeyError), metrics.timed("input_seconds"):
        raise KeyError
    assert metrics.text() == (
        "# TYPE job_input_seconds summary\n"
        "job_input_seconds_count 2\n"
        "job_input_seconds_sum 4\n"
        "# TYPE job_rows_total counter\n"
        'job_rows_total{outcome="read"} 4\n'
        'job_rows_total{outcome="rejected"} 0.5\n'
        "# TYPE job_run_succeeded gauge\n"
        "job_run_succeeded 1\n"
    )
    assert metrics.value("rows_total", outcome="read") == 4
    assert metrics.value("rows_total", outcome="lost") == 0


def test_labels_are_sorted_and_escaped() -> None:
    metrics = Metrics("job")
    metrics.count("x_total", 1, b='say "hi"', a="C:\\x\ny")
    assert 'job_x_total{a="C:\\\\x\\ny",b="say \\"hi\\""} 1\n' in metrics.text()


def test_great_numbers_are_exact() -> None:
    metrics = Metrics("job")
    metrics.put("ended_timestamp_seconds", 1751364000.123)
    assert "job_ended_timestamp_seconds 1751364000.123\n" in metrics.text()


def test_what_makes_no_sense_is_refused() -> None:
    metrics = Metrics("job")
    metrics.count("x_total")
    with pytest.raises(ValueError, match="x_total is a counter already"):
        metrics.put("x_total", 1)
    with pytest.raises(ValueError, match="never goes down"):
        metrics.count("x_total", -1)
    with pytest.raises(ValueError, match="is no name for a metric"):
        metrics.count("x-total")
    with pytest.raises(ValueError, match="is no name for a metric"):
        Metrics("a job")


def test_the_file_is_replaced_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "metrics" / "job.prom"
    metrics = Metrics("job")
    metrics.write(path)
    metrics.count("x_total")
    metrics.write(path)
    assert path.read_text(encoding="utf-8") == "# TYPE job_x_total counter\njob_x_total 1\n"
    assert list(path.parent.iterdir()) == [path]
