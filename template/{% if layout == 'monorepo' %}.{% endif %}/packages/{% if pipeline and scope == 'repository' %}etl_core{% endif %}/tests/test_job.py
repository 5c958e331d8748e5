"""How a run ends: its exit status, its last event, its metrics."""

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from etl_core import job

PROGRAM = """
import sys, time
from pathlib import Path
from etl_core import job

def work(run):
    run.metrics.count("rows_total", 2)
    {body}

sys.exit(job.execute("some-job", work, run_id="r1", metrics_file=Path("job.prom")))
"""


def run(tmp_path: Path, body: str) -> tuple[int, list[dict[str, object]], str]:
    """Run a job in a process of its own; return its exit status, its events and its metrics."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(body=body)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    events = [json.loads(line) for line in done.stderr.splitlines()]
    return done.returncode, events, (tmp_path / "job.prom").read_text(encoding="utf-8")


def test_a_run_that_is_done(tmp_path: Path) -> None:
    status, events, metrics = run(tmp_path, "pass")
    assert status == job.Exit.DONE == 0
    assert [event["event"] for event in events] == ["run.started", "run.done"]
    assert {(event["job"], event["run"]) for event in events} == {("some-job", "r1")}
    assert "some_job_run_succeeded 1\n" in metrics
    assert "some_job_rows_total 2\n" in metrics
    assert "some_job_run_seconds_count 1\n" in metrics


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("raise job.JobError('no rows')", {"reason": "no rows"}),
        ("raise KeyError('x')", {"error": "KeyError", "message": "'x'"}),
        ("import os, signal; os.kill(os.getpid(), signal.SIGTERM)", {"reason": "stopped: SIGTERM"}),
        ("raise KeyboardInterrupt", {"reason": "stopped: interrupt"}),
    ],
    ids=["known", "unknown", "sigterm", "interrupt"],
)
def test_a_run_that_fails(tmp_path: Path, body: str, reason: dict[str, str]) -> None:
    status, events, metrics = run(tmp_path, body)
    assert status == job.Exit.FAILED == 1
    assert [event["event"] for event in events] == ["run.started", "run.reason", "run.failed"]
    assert reason.items() <= events[1].items()
    assert ("traceback" in events[1]) is ("error" in reason)
    assert "some_job_run_succeeded 0\n" in metrics
    assert "some_job_rows_total 2\n" in metrics


def test_metrics_that_cannot_be_written_fail_no_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    status = job.execute("j", lambda run: None, run_id="r", metrics_file=tmp_path / "file" / "x")
    assert status is job.Exit.DONE
    assert '"event": "metrics.failed"' in capsys.readouterr().err


def test_the_handler_for_the_signal_is_put_back() -> None:
    before = signal.getsignal(signal.SIGTERM)
    job.execute("j", lambda run: None, run_id="r")
    assert signal.getsignal(signal.SIGTERM) is before


def test_a_run_in_a_thread_sets_no_handler() -> None:
    statuses: list[job.Exit] = []
    thread = threading.Thread(
        target=lambda: statuses.append(job.execute("j", lambda run: None, run_id="r"))
    )
    thread.start()
    thread.join()
    assert statuses == [job.Exit.DONE]


@pytest.mark.skipif(os.name != "posix", reason="signals are those of POSIX")
def test_what_is_open_is_closed_when_the_run_is_stopped(tmp_path: Path) -> None:
    body = (
        "import contextlib, os, signal\n"
        "    with contextlib.ExitStack() as stack:\n"
        "        stack.callback(Path('closed').touch)\n"
        "        os.kill(os.getpid(), signal.SIGTERM)\n"
        "        time.sleep(60)"
    )
    assert run(tmp_path, body)[0] == job.Exit.FAILED
    assert (tmp_path / "closed").exists()
