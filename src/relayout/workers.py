"""Work on many files, on all cores.

The work is handed to forked processes, which have everything in memory that the parent has; only
paths and results travel. Where there is one core, or little to do, the process does it itself.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from relayout.per_file import Result

Show = Callable[[str, Iterable[Any], int], Iterable[Any]]
"""Passes results on while showing under a title how many of so many have come."""

_LITTLE = 32
"""Fewer files are not worth starting processes for."""

_work: Callable[[str], Any]


def usable_cores() -> int:
    """Return how many cores this process may run on, where the system can tell."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _begin(work: Callable[[str], Any]) -> None:
    """Prepare a worker; Ctrl-C is for the parent, which ends the workers."""
    global _work  # noqa: PLW0603 (each worker process has one piece of work)
    _work = work
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _call(path: str) -> Any:
    return _work(path)


class Workers:
    """Does per-file work on all cores; ``show`` sees the results pass by."""

    def __init__(self, show: Show) -> None:
        self._show = show
        self._processes = usable_cores()

    def __call__(
        self, title: str, work: Callable[[str], Result], paths: Sequence[str]
    ) -> Iterable[Result]:
        """Return the results of the work, one for each path, in order."""
        if self._processes == 1 or len(paths) < _LITTLE:
            return self._show(title, map(work, paths), len(paths))
        return self._in_parallel(title, work, paths)

    def _in_parallel(
        self, title: str, work: Callable[[str], Result], paths: Sequence[str]
    ) -> Iterator[Result]:
        context = multiprocessing.get_context("fork")
        with context.Pool(self._processes, _begin, (work,)) as pool:
            yield from self._show(
                title, pool.imap(_call, paths, chunksize=self._share(len(paths))), len(paths)
            )

    def _share(self, files: int) -> int:
        """Return how many files a process is given at once: few messages, and an even end."""
        return max(4, min(64, files // (16 * self._processes)))
