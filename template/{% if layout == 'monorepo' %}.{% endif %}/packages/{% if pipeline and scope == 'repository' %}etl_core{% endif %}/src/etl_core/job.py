"""The frame of a run: logs, metrics, and an exit status that a scheduler understands.

A run that a scheduler stops with SIGTERM ends in order, as a failed one. Without a handler, process
1 of a container would not hear the signal at all: signal(7) and pid_namespaces(7) of Linux.
"""

import logging
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from types import FrameType

from etl_core import logs
from etl_core.metrics import Metrics

log = logging.getLogger(__name__)


class Exit(IntEnum):
    """Exit status of a job."""

    DONE = 0
    FAILED = 1
    MISUSED = 2


class JobError(Exception):
    """The job failed for a reason that it understands; the message is the reason."""


class StoppedError(BaseException):
    """The process was asked to end. No `except Exception` of a library may swallow it."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a job: what its logs call it, and what it counts."""

    id: str
    metrics: Metrics


def execute(
    job: str,
    work: Callable[[Run], None],
    *,
    run_id: str,
    metrics_file: Path | None = None,
    log_level: str = "info",
) -> Exit:
    """Do the work of one run, and return the exit status.

    Every event goes to standard error as a line of JSON; the first is `run.started`, the last
    `run.done` or `run.failed`. Metrics are written however the run ends; that they cannot be written
    is an event, and no failure of the run.

    Args:
        job: the name of the console script.
        work: does it; it returns if the job is done, and raises if it failed.
        run_id: what logs and records call this run.
        metrics_file: where Prometheus' text file goes, or none.
        log_level: the least important events that are written.

    Raises:
        ValueError: there is no such log level, or a metric cannot begin with the job's name.
    """
    logs.start({"job": job, "run": run_id}, level=log_level)
    run = Run(run_id, Metrics(job.replace("-", "_")))
    started = time.perf_counter()
    log.info("run.started")
    status = Exit.FAILED
    with run.metrics.timed("run_seconds"):
        try:
            with _stopped_by_a_signal():
                work(run)
            status = Exit.DONE
        except JobError as error:
            log.error("run.reason", extra=logs.facts(reason=str(error)))
        except (StoppedError, KeyboardInterrupt) as stop:
            log.error("run.reason", extra=logs.facts(reason=f"stopped: {str(stop) or 'interrupt'}"))
        except Exception:
            log.exception("run.reason")
    run.metrics.put("run_succeeded", float(status is Exit.DONE))
    run.metrics.put("run_ended_timestamp_seconds", round(time.time(), 3))
    if metrics_file is not None:
        _leave_metrics(run.metrics, metrics_file)
    seconds = round(time.perf_counter() - started, 3)
    if status is Exit.DONE:
        log.info("run.done", extra=logs.facts(status=int(status), seconds=seconds))
    else:
        log.error("run.failed", extra=logs.facts(status=int(status), seconds=seconds))
    return status


def _leave_metrics(metrics: Metrics, file: Path) -> None:
    try:
        metrics.write(file)
    except OSError as error:
        log.error("metrics.failed", extra=logs.facts(file=str(file), reason=str(error)))


@contextmanager
def _stopped_by_a_signal() -> Iterator[None]:
    """Turn SIGTERM into an exception, so that what is open is closed."""
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread may set handlers
        return

    def stop(number: int, _frame: FrameType | None) -> None:
        raise StoppedError(signal.Signals(number).name)

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
