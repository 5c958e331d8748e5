"""Calls that are made again after a failure that may pass, with exponential backoff and full jitter.

The wait after failure n is drawn evenly from zero to `min(cap, base * 2 ** (n - 1))`, so that jobs
that failed together do not come back together. It is the "full jitter" of Marc Brooker's
"Exponential Backoff And Jitter", AWS Architecture Blog, 2015:
https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
"""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

Result = TypeVar("Result")

_DOUBLINGS = 60  # more of them would overflow a float long after any cap


@dataclass(frozen=True, slots=True)
class Backoff:
    """How often a call is made at most, and how long the waits between may become, in seconds."""

    attempts: int = 5
    base: float = 0.2
    cap: float = 20.0

    def __post_init__(self) -> None:
        """Raise ValueError if a number makes no sense."""
        if self.attempts < 1:
            raise ValueError(f"attempts is {self.attempts}; at least 1 is needed")
        if self.base < 0 or self.cap < 0:
            raise ValueError("base and cap are times to wait; they cannot be negative")

    def delay(self, failures: int, draw: Callable[[], float]) -> float:
        """Return the seconds to wait after so many failures; `draw` gives a number from 0 to 1."""
        longest = min(self.cap, self.base * 2.0 ** min(failures - 1, _DOUBLINGS))
        return longest * draw()


DEFAULT = Backoff()


@dataclass(frozen=True, slots=True)
class Failure:
    """A call that failed and will be made again: which attempt, why, and the wait in seconds."""

    attempt: int
    error: Exception
    delay: float


def retry(
    call: Callable[[], Result],
    *,
    on: tuple[type[Exception], ...],
    backoff: Backoff,
    sleep: Callable[[float], None] = time.sleep,
    draw: Callable[[], float] = random.random,
    told: Callable[[Failure], None] | None = None,
) -> Result:
    """Return what `call` returns, making it again while it raises one of the errors in `on`.

    Args:
        call: what to do; it must be safe to do twice.
        on: the errors that may pass. Every other error is raised at once.
        backoff: how often, and how long between.
        sleep: waits that many seconds.
        draw: gives a number from 0 to 1.
        told: is told of each failure before the wait.

    Raises:
        Exception: what the last attempt raised, as it was.
    """
    attempt = 1
    while True:
        try:
            return call()
        except on as error:
            if attempt >= backoff.attempts:
                raise
            delay = backoff.delay(attempt, draw)
            if told:
                told(Failure(attempt, error, delay))
        sleep(delay)
        attempt += 1
