"""What a command raises to end with a message instead of a traceback."""

from __future__ import annotations


class CommandError(Exception):
    """A command cannot go on: its message is for the person who called it.

    ``returncode`` is the exit status of the program that shows it.
    """

    def __init__(self, *args: object, returncode: int = 1) -> None:
        self.returncode = returncode
        super().__init__(*args)


class SystemCheckError(CommandError):
    """A check failed before the command began; shown without the name of the error."""
