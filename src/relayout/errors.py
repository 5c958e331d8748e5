"""The one error that a user sees: what is wrong, where, and what to do next."""

from __future__ import annotations


class Refusal(Exception):
    """The tool cannot or must not do what was asked, and has changed nothing.

    ``problem`` is one sentence that says what is wrong and where; ``hints`` are up to two lines
    that say why it matters and what to do next. The command line prints them and exits with
    status 2.
    """

    def __init__(self, problem: str, *hints: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.hints = hints

    def __str__(self) -> str:
        lines = [f"error: {self.problem}", *(f"  {hint}" for hint in self.hints)]
        return "\n".join(line.replace("\n", "\\n").replace("\r", "\\r") for line in lines)
