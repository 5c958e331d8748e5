"""Calls are made again for the errors that are named, and only so often."""

import pytest

from etl_core.retry import Backoff, Failure, retry


class BusyError(Exception):
    """What passes."""


class Server:
    """Fails a number of times, then answers."""

    def __init__(self, failures: int, error: Exception | None = None) -> None:
        self.calls = 0
        self._failures = failures
        self._error = error or BusyError("busy")

    def ask(self) -> str:
        self.calls += 1
        if self.calls <= self._failures:
            raise self._error
        return "answer"


def test_an_answer_is_not_asked_for_twice() -> None:
    server = Server(failures=0)
    assert retry(server.ask, on=(BusyError,), backoff=Backoff(), sleep=no_sleep) == "answer"
    assert server.calls == 1


def test_it_asks_until_there_is_an_answer_and_waits_in_between() -> None:
    waits: list[float] = []
    told: list[Failure] = []
    server = Server(failures=3)
    answer = retry(
        server.ask,
        on=(BusyError,),
        backoff=Backoff(attempts=4, base=1, cap=3),
        sleep=waits.append,
        draw=lambda: 0.5,
        told=told.append,
    )
    assert (answer, server.calls) == ("answer", 4)
    assert waits == [0.5, 1.0, 1.5]  # half of 1, 2 and 4, the last one capped at 3
    assert [(failure.attempt, failure.delay) for failure in told] == [(1, 0.5), (2, 1.0), (3, 1.5)]
    assert all(isinstance(failure.error, BusyError) for failure in told)


def test_it_gives_up_with_the_last_error() -> None:
    server = Server(failures=9)
    with pytest.raises(BusyError, match="busy"):
        retry(server.ask, on=(BusyError,), backoff=Backoff(attempts=3, base=0), sleep=no_sleep)
    assert server.calls == 3


def test_an_error_that_is_not_named_is_raised_at_once() -> None:
    server = Server(failures=1, error=KeyError("x"))
    with pytest.raises(KeyError):
        retry(server.ask, on=(BusyError,), backoff=Backoff(), sleep=no_sleep)
    assert server.calls == 1


def test_one_attempt_means_no_retry() -> None:
    server = Server(failures=1)
    with pytest.raises(BusyError):
        retry(server.ask, on=(BusyError,), backoff=Backoff(attempts=1), sleep=no_sleep)
    assert server.calls == 1


def test_the_wait_is_drawn_from_zero_to_the_longest() -> None:
    backoff = Backoff(base=0.5, cap=60)
    assert [backoff.delay(failures, lambda: 1.0) for failures in (1, 2, 3, 8)] == [0.5, 1, 2, 60]
    assert backoff.delay(3, lambda: 0.0) == 0
    assert backoff.delay(10_000, lambda: 1.0) == 60


@pytest.mark.parametrize("wrong", [{"attempts": 0}, {"base": -1.0}, {"cap": -0.1}])
def test_numbers_that_make_no_sense_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"at least 1|negative"):
        Backoff(**wrong)  # type: ignore[arg-type]


def no_sleep(seconds: float) -> None:
    """Do not wait."""
