"""Every event is one line of JSON."""

import io
import json
import logging
import warnings

import pytest

from etl_core import logs

log = logging.getLogger("jobs.example")


def events(stream: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_an_event_has_its_facts_and_its_context() -> None:
    stream = io.StringIO()
    logs.start({"job": "example", "run": "r1"}, stream=stream)
    log.info("input.done", extra=logs.facts(key="a\nb", rows=3))
    (event,) = events(stream)
    assert str(event.pop("time")).endswith("Z")
    assert event == {
        "level": "info",
        "event": "input.done",
        "logger": "jobs.example",
        "job": "example",
        "run": "r1",
        "key": "a\nb",
        "rows": 3,
    }


def test_a_fact_cannot_take_the_place_of_the_run() -> None:
    stream = io.StringIO()
    logs.start({"run": "r1"}, stream=stream)
    log.info("x", extra=logs.facts(run="r2", event="y", path=object))
    (event,) = events(stream)
    assert (event["run"], event["event"]) == ("r1", "x")


def test_an_error_says_what_was_raised_on_the_same_line() -> None:
    stream = io.StringIO()
    logs.start({}, stream=stream)
    try:
        raise KeyError("lost")
    except KeyError:
        log.exception("failed")
    (event,) = events(stream)
    assert (event["level"], event["error"], event["message"]) == ("error", "KeyError", "'lost'")
    assert "test_logs.py" in str(event["traceback"])


def test_levels_hold_and_libraries_are_heard_from_warnings_on() -> None:
    stream = io.StringIO()
    logs.start({}, level="debug", stream=stream)
    log.debug("own")
    logging.getLogger("botocore.client").info("chatter")
    logging.getLogger("urllib3").warning("trouble")
    assert [event["event"] for event in events(stream)] == ["own", "trouble"]
    logs.start({}, level="error", stream=stream)
    log.warning("quiet")
    assert len(events(stream)) == 2


def test_warnings_of_python_are_events() -> None:
    stream = io.StringIO()
    logs.start({}, stream=stream)
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(False)
        logging.captureWarnings(True)
        warnings.warn("old", DeprecationWarning, stacklevel=1)
    (event,) = events(stream)
    assert (event["level"], event["logger"]) == ("warning", "py.warnings")


def test_an_unknown_level_is_refused() -> None:
    with pytest.raises(ValueError, match="known: debug, info, warning, error"):
        logs.start({}, level="loud")


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "1970-01-01T00:00:00.000Z"),
        (1751364000.5, "2025-07-01T10:00:00.500Z"),
        (1751364000.9996, "2025-07-01T10:00:01.000Z"),
    ],
)
def test_times_are_in_utc(seconds: float, text: str) -> None:
    assert logs.timestamp(seconds) == text
