"""Counters, gauges and timers of one run, written as a Prometheus text file.

A batch job is gone before anybody can ask it, so it leaves a file: the textfile collector of
Prometheus' node exporter reads `*.prom` from a folder. The format is that of
https://prometheus.io/docs/instrumenting/exposition_formats/
"""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from etl_core.files import write_whole

_NAME = re.compile(r"[a-z][a-z0-9_]*")

Labels = tuple[tuple[str, str], ...]


class Metrics:
    """What a run counts. Names are lowercase words; labels are few and have few values."""

    def __init__(self, prefix: str, clock: Callable[[], float] = time.perf_counter) -> None:
        """Take what every name begins with, and a clock for the timers.

        Raises:
            ValueError: the prefix is no name.
        """
        self._prefix = _checked(prefix)
        self._clock = clock
        self._kinds: dict[str, str] = {}
        self._values: dict[tuple[str, Labels], float] = {}

    def count(self, name: str, amount: float = 1, /, **labels: str) -> None:
        """Add to a counter. By custom its name ends in `_total`.

        Raises:
            ValueError: the amount is negative, or the name is none or stands for another kind.
        """
        if amount < 0:
            raise ValueError(f"{name}: a counter never goes down")
        self._add("counter", name, amount, labels)

    def put(self, name: str, value: float, /, **labels: str) -> None:
        """Set a gauge.

        Raises:
            ValueError: the name is none or stands for another kind.
        """
        self._values[self._key("gauge", name, labels)] = value

    @contextmanager
    def timed(self, name: str, /, **labels: str) -> Iterator[None]:
        """Time a block, and count it, whether it succeeds or raises. The name ends in `_seconds`.

        Raises:
            ValueError: the name is none or stands for another kind.
        """
        self._declare("summary", name)
        started = self._clock()
        try:
            yield
        finally:
            self._add("summary", name, self._clock() - started, labels, suffix="_sum")
            self._add("summary", name, 1, labels, suffix="_count")

    def value(self, name: str, /, **labels: str) -> float:
        """Return what a counter or gauge stands at; zero if nothing was counted."""
        return self._values.get((name, _labels(labels)), 0)

    def text(self) -> str:
        """Return all of it in Prometheus' text format, sorted."""
        lines = []
        for name, kind in sorted(self._kinds.items()):
            lines.append(f"# TYPE {self._prefix}_{name} {kind}\n")
            samples = {name} if kind != "summary" else {f"{name}_sum", f"{name}_count"}
            for (sample, labels), value in sorted(self._values.items()):
                if sample in samples:
                    lines.append(f"{self._prefix}_{sample}{_shown(labels)} {value:.15g}\n")
        return "".join(lines)

    def write(self, path: Path) -> None:
        """Write the file at once; a collector never sees half of it.

        Raises:
            OSError: the folder cannot be written to.
        """
        write_whole(path, self.text())

    def _add(
        self, kind: str, name: str, amount: float, labels: dict[str, str], suffix: str = ""
    ) -> None:
        self._declare(kind, name)
        key = (name + suffix, _labels(labels))
        self._values[key] = self._values.get(key, 0) + amount

    def _key(self, kind: str, name: str, labels: dict[str, str]) -> tuple[str, Labels]:
        self._declare(kind, name)
        return name, _labels(labels)

    def _declare(self, kind: str, name: str) -> None:
        known = self._kinds.setdefault(_checked(name), kind)
        if known != kind:
            raise ValueError(f"{name} is a {known} already, and cannot be a {kind}")


def _checked(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no name for a metric, such as rows_total")
    return name


def _labels(labels: dict[str, str]) -> Labels:
    return tuple(sorted((_checked(name), value) for name, value in labels.items()))


def _shown(labels: Labels) -> str:
    pairs = ",".join(f'{name}="{_escaped(value)}"' for name, value in labels)
    return "{" + pairs + "}" if labels else ""


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
