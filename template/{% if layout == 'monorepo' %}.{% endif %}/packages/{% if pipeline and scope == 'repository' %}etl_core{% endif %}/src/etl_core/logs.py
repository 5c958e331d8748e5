"""Logs for machines: every event is one JSON object on one line, with the run that it belongs to.

Modules log as always, with `logging.getLogger(__name__)`; the message is the event's name, and
facts go along:

    log.info("input.done", extra=facts(key=key, rows=12))
"""

import json
import logging
import sys
import time
from collections.abc import Mapping
from typing import TextIO

_FACTS = "facts"
LEVELS = {
    "debug": logging.DEBUG,
    "info": logging.INFO,
    "warning": logging.WARNING,
    "error": logging.ERROR,
}
_LIBRARIES = frozenset({"boto3", "botocore", "s3transfer", "urllib3"})


def facts(**values: object) -> dict[str, object]:
    """Return what `extra` of a log call takes, so that the values become part of the event."""
    return {_FACTS: values}


class JsonLines(logging.Formatter):
    """Formats an event as one line of JSON."""

    def __init__(self, context: Mapping[str, object]) -> None:
        """Take what every event of this process says: the job, the run."""
        super().__init__()
        self._context = dict(context)

    def format(self, record: logging.LogRecord) -> str:
        """Return the event. A fact cannot take the place of what every event says."""
        event: dict[str, object] = {
            "time": timestamp(record.created),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
            "logger": record.name,
            **self._context,
        }
        if record.exc_info and record.exc_info[0]:
            event["error"] = record.exc_info[0].__name__
            event["message"] = str(record.exc_info[1])
            event["traceback"] = self.formatException(record.exc_info)
        given: Mapping[str, object] = getattr(record, _FACTS, {})
        return json.dumps(
            {**event, **{name: given[name] for name in given if name not in event}}, default=str
        )


def timestamp(seconds: float) -> str:
    """Return a time since the epoch as ISO 8601 writes it, in UTC, to the millisecond."""
    whole, fraction = divmod(round(seconds * 1000), 1000)
    return f"{time.strftime('%Y-%m-%dT%H:%M:%S', time.gmtime(whole))}.{fraction:03}Z"


def start(
    context: Mapping[str, object], *, level: str = "info", stream: TextIO | None = None
) -> None:
    """Send the events of the process to a stream, by default standard error, and nowhere else.

    Libraries are heard from `warning` on; warnings of Python become events too.

    Args:
        context: goes into every event.
        level: `debug`, `info`, `warning` or `error`, for the code of this repository.
        stream: where the lines go.

    Raises:
        ValueError: there is no such level.
    """
    if level not in LEVELS:
        raise ValueError(f"the log level is {level!r}; known: {', '.join(LEVELS)}")
    handler = logging.StreamHandler(sys.stderr if stream is None else stream)
    handler.setFormatter(JsonLines(context))
    handler.addFilter(lambda record: record.levelno >= _floor(record.name, LEVELS[level]))
    logging.basicConfig(level=LEVELS[level], handlers=[handler], force=True)
    logging.captureWarnings(True)


def _floor(logger: str, level: int) -> int:
    return max(level, logging.WARNING) if logger.partition(".")[0] in _LIBRARIES else level
