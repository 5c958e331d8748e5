"""Timing in turn, medians and ratios, peak memory, and tables."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

RELAYOUT = (sys.executable, "-m", "relayout")
_FELL_SHORT = 1
"""Exit status of a command that did its work, and found that a check does not pass."""


def in_turn(
    sides: Mapping[str, Callable[[], float]], rounds: int, untimed: int = 0
) -> dict[str, float]:
    """Return the median seconds of each side, measured in turn so that all see the same machine.

    A side returns the seconds of its work alone, without what it prepares. Each round begins
    with the next side. ``untimed`` rounds go before, and do not count.
    """
    seconds: dict[str, list[float]] = {name: [] for name in sides}
    names = list(sides)
    for number in range(untimed + rounds):
        first = number % len(names)
        for name in names[first:] + names[:first]:
            taken = sides[name]()
            if number >= untimed:
                seconds[name].append(taken)
    return {name: statistics.median(taken) for name, taken in seconds.items()}


def relayout(*arguments: str | Path) -> tuple[float, str]:
    """Run the command line; return the seconds of the whole process and its standard output.

    Exits if it is refused.
    """
    start = time.perf_counter()
    done = subprocess.run(
        [*RELAYOUT, *map(str, arguments)], capture_output=True, text=True, check=False
    )
    seconds = time.perf_counter() - start
    if done.returncode not in (0, _FELL_SHORT):
        sys.exit(done.stderr or done.stdout)
    return seconds, done.stdout


def python(code: str, *arguments: str | Path) -> str:
    """Return what a piece of Python prints in a process of its own. Exits if it fails."""
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit("error: a side of the comparison failed; what it said stands above")
    return done.stdout


_PARSE = """
import ast, sys, time, warnings
from pathlib import Path
warnings.simplefilter("ignore")
contents = [path.read_bytes() for path in sorted(Path(sys.argv[1]).rglob("*.py"))]
start = time.perf_counter()
for content in contents:
    try:
        ast.parse(content)
    except (SyntaxError, ValueError):
        pass
print(time.perf_counter() - start)
"""


def parse_seconds(folder: Path) -> float:
    """Return the seconds that CPython needs on one core to parse the Python files of a folder.

    Their bytes are read before, in a process that does nothing else.
    """
    return float(python(_PARSE, folder))


def peak_memory(command: Sequence[str], hertz: int = 20) -> tuple[int, str]:
    """Run a command; return the most bytes that all its processes had at once, and what counts.

    Counted is the proportional set size, in which a page that processes share counts once; where
    the system does not tell it, the resident set size, in which it counts for each of them.
    """
    import psutil

    peak, kind = 0, "RSS"
    with tempfile.TemporaryFile() as output:
        running = subprocess.Popen(command, stdout=output, stderr=output)
        own = psutil.Process(running.pid)
        while running.poll() is None:
            total = 0
            with suppress(psutil.Error):
                for process in (own, *own.children(recursive=True)):
                    with suppress(psutil.Error):
                        memory = process.memory_full_info()
                        kind = "PSS" if hasattr(memory, "pss") else "RSS"
                        total += memory.pss if kind == "PSS" else memory.rss
            peak = max(peak, total)
            time.sleep(1 / hertz)
        if running.returncode not in (0, _FELL_SHORT):
            output.seek(0)
            sys.exit(output.read().decode(errors="replace"))
    return peak, kind


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table; every column but the first is aligned to the right."""
    rule = ["---", *["---:"] * (len(head) - 1)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, rule, *rows))


def number(value: float) -> str:
    """Return a number of seconds or a ratio with two or three digits that mean something."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"
