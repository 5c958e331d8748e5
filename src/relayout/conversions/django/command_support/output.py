"""The streams ``self.stdout`` and ``self.stderr`` of a command."""

from __future__ import annotations

from collections.abc import Callable
from io import TextIOBase
from typing import Any

StyleFunction = Callable[[str], str]


def _unstyled(text: str) -> str:
    return text


class OutputWrapper:
    """A stream whose ``write`` ends each message, and colours it where a terminal shows it.

    Whatever else is asked of it, the stream below answers.
    """

    def __init__(self, out: Any, ending: str = "\n") -> None:
        self._out = out
        self._style_func: StyleFunction = _unstyled
        self.ending = ending

    def __getattr__(self, name: str) -> Any:
        return getattr(self._out, name)

    @property
    def style_func(self) -> StyleFunction:
        """The function that messages go through; without a terminal it changes nothing."""
        return self._style_func

    @style_func.setter
    def style_func(self, style_func: StyleFunction | None) -> None:
        self._style_func = style_func if style_func and self.isatty() else _unstyled

    def isatty(self) -> bool:
        """Return whether the stream below is a terminal."""
        return hasattr(self._out, "isatty") and self._out.isatty()

    def flush(self) -> None:
        """Flush the stream below, if it can be."""
        if hasattr(self._out, "flush"):
            self._out.flush()

    def write(
        self, msg: str = "", style_func: StyleFunction | None = None, ending: str | None = None
    ) -> None:
        """Write a message, with its ending unless it has it already."""
        last = self.ending if ending is None else ending
        text = f"{msg}{last}" if last and not msg.endswith(last) else msg
        self._out.write((style_func or self.style_func)(text))


# Code asks whether a command's output is a text stream.
TextIOBase.register(OutputWrapper)
