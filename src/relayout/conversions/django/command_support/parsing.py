"""The argument parser of a command, and how its help is laid out."""

from __future__ import annotations

import os
import sys
from argparse import Action, ArgumentParser, HelpFormatter, Namespace, _SubParsersAction
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any, NoReturn

from .errors import CommandError

_NAME = "called_from_command_line"


class CommandParser(ArgumentParser):
    """A parser that ends the program only if the command is the program.

    Elsewhere it raises CommandError, since a command that another one calls may not end it.
    ``missing_args_message`` is shown if there are no arguments at all.
    """

    def __init__(
        self,
        *,
        missing_args_message: str | None = None,
        called_from_command_line: bool | None = None,
        **kwargs: Any,
    ) -> None:
        self.missing_args_message = missing_args_message
        self.called_from_command_line = called_from_command_line
        if sys.version_info >= (3, 14) and (
            os.environ.get("DJANGO_COLORS") == "nocolor" or "--no-color" in sys.argv
        ):
            kwargs.setdefault("color", False)
        super().__init__(**kwargs)

    def parse_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Return the parsed arguments."""
        if self.missing_args_message and not args:
            self.error(self.missing_args_message)
        return super().parse_args(args, namespace)

    def error(self, message: str) -> NoReturn:
        """End the program with the usage, or raise CommandError."""
        if self.called_from_command_line:
            super().error(message)
        raise CommandError(f"Error: {message}")

    def add_subparsers(self, **kwargs: Any) -> _SubParsersAction[Any]:
        """Add subcommands, whose parsers fail in the way that this one does."""
        parser_class = kwargs.get("parser_class", type(self))
        if issubclass(parser_class, CommandParser):
            called = {_NAME: self.called_from_command_line}
            kwargs["parser_class"] = partial(parser_class, **called)
        return super().add_subparsers(**kwargs)


class DjangoHelpFormatter(HelpFormatter):
    """Help that shows a command's own options first, then those that all commands have."""

    show_last = frozenset(
        {
            "--version",
            "--verbosity",
            "--traceback",
            "--settings",
            "--pythonpath",
            "--no-color",
            "--force-color",
            "--skip-checks",
        }
    )

    def add_usage(
        self, usage: str | None, actions: Iterable[Action], *args: Any, **kwargs: Any
    ) -> None:
        """Add the usage line."""
        super().add_usage(usage, self._own_first(actions), *args, **kwargs)

    def add_arguments(self, actions: Iterable[Action]) -> None:
        """Add the description of each argument."""
        super().add_arguments(self._own_first(actions))

    def add_argument(self, action: Action) -> None:
        """Add the description of one argument."""
        super().add_argument(action)
        if isinstance(action, ManagerOption):
            # It is not shown, but its width still says in which column all help texts begin.
            self._action_max_length = max(self._action_max_length, self._max_help_position)

    def _own_first(self, actions: Iterable[Action]) -> list[Action]:
        return sorted(
            actions, key=lambda action: not self.show_last.isdisjoint(action.option_strings)
        )


class ManagerOption(Action):
    """An option of ``manage.py`` that says where Django finds its settings.

    Its value is None, as it was for whoever did not give it. A program that is given it ends with
    a message: going on would mean other settings than those asked for.
    """

    def __call__(
        self,
        parser: ArgumentParser,
        namespace: Namespace,
        values: str | Sequence[Any] | None,
        option_string: str | None = None,
    ) -> None:
        """Refuse the option on a command line; keep its value in a call."""
        if getattr(parser, _NAME, None):
            parser.error(f"{option_string} has no meaning without manage.py")
        setattr(namespace, self.dest, values)
