"""What the commands share: errors for people, JSON for programs, and exit statuses."""

from __future__ import annotations

import sys
import tempfile
import traceback
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from plumbum import cli
from rich.console import Console

from relayout.errors import Refusal
from relayout.reporting import json_text, terminal
from relayout.workers import Workers

Result = TypeVar("Result")

DONE, FALLS_SHORT, REFUSED, INTERRUPTED = 0, 1, 2, 130


class Command(cli.Application):
    """What every command shares: errors for people, and JSON for programs."""

    json = cli.Flag("--json", help="Print one JSON document on standard output, nothing else")

    def guarded(self, work: Callable[[], int]) -> int:
        """Run the work of a command; what goes wrong becomes a message and an exit status."""
        try:
            return work()
        except Refusal as refusal:
            if self.json:
                print(json_text.dump({"error": refusal.problem, "hints": list(refusal.hints)}))
            else:
                print(refusal, file=sys.stderr)
            return REFUSED
        except Exception as defect:
            with tempfile.NamedTemporaryFile(
                "w", prefix="relayout-", suffix=".log", delete=False, encoding="utf-8"
            ) as log:
                traceback.print_exc(file=log)
            print(
                f"error: relayout itself failed: {type(defect).__name__}: {defect}\n"
                f"  This is a defect. What happened is in {log.name}; please report it.\n"
                "  Your branches are as they were; if git status says otherwise: relayout undo",
                file=sys.stderr,
            )
            return REFUSED
        except KeyboardInterrupt:
            print(
                "interrupted: nothing is left half done; git status says where you are",
                file=sys.stderr,
            )
            return INTERRUPTED

    def show(
        self,
        result: Result,
        document: Callable[[Result], dict[str, Any]],
        print_it: Callable[[Console, Result], None],
    ) -> None:
        """Print a result as one JSON document, or as people read it."""
        if self.json:
            print(json_text.dump(document(result)))
        else:
            print_it(self.console, result)

    @property
    def console(self) -> Console:
        """Where results are written for people."""
        return Console(stderr=self.json, highlight=False, soft_wrap=True)

    @property
    def workers(self) -> Workers:
        """What goes through many files: on all cores, showing on standard error how far it is."""
        return Workers(partial(terminal.show_progress, Console(stderr=True)))


def pair_of(option: str, text: str) -> tuple[str, str]:
    """Return the two sides of what was given to an option. Raises Refusal if one is missing."""
    left, equals, right = text.partition("=")
    if not equals or not left or not right:
        form = "GLOB=DEST" if option == "--place" else "KEY=VALUE"
        raise Refusal(f"{option} {text}: it has no value", f"Write it as {option} {form}")
    return left, right
