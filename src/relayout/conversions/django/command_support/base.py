"""The base class of commands: options that all of them have, and how a command runs."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Collection, Sequence
from typing import Any, TypeVar

from .color import color_style, no_style
from .errors import CommandError, SystemCheckError
from .output import OutputWrapper
from .package import set_up_process, version
from .parsing import CommandParser, DjangoHelpFormatter, ManagerOption

ALL_CHECKS = "__all__"

_Handle = TypeVar("_Handle", bound=Callable[..., Any])


class BaseCommand:
    """A program with options, styled output, and errors that end with a message.

    A command says its arguments in ``add_arguments`` and does its work in ``handle``. What
    ``handle`` returns is printed. Checks of a framework are none: attributes that ask for them are
    kept for code that reads them.
    """

    help: Any = ""
    missing_args_message: Any = None
    output_transaction: bool = False
    requires_migrations_checks: bool = False
    requires_system_checks: Sequence[str] | str = ALL_CHECKS
    base_stealth_options: tuple[str, ...] = ("stderr", "stdout")
    stealth_options: tuple[str, ...] = ()
    suppressed_base_arguments: Collection[str] = frozenset()
    _called_from_command_line: bool = False
    _program: str | None = None

    def __init__(
        self,
        stdout: Any = None,
        stderr: Any = None,
        no_color: bool = False,
        force_color: bool = False,
    ) -> None:
        if no_color and force_color:
            raise CommandError("'no_color' and 'force_color' can't be used together.")
        checks = self.requires_system_checks
        if checks != ALL_CHECKS and not isinstance(checks, (list, tuple)):
            raise TypeError("requires_system_checks must be a list or tuple.")
        self.stdout = OutputWrapper(stdout or sys.stdout)
        self.stderr = OutputWrapper(stderr or sys.stderr)
        self.style = no_style() if no_color else color_style(force_color)
        if not no_color:
            self.stderr.style_func = self.style.ERROR

    @classmethod
    def main(cls) -> None:
        """Run the command with the arguments of the command line, as the program itself.

        Exits with status 2 on a wrong command line, with the ``returncode`` of a CommandError.
        """
        set_up_process()
        path, *arguments = sys.argv
        command = cls()
        command._program = os.path.split(path)[1]
        command.run_from_argv([path, cls.__module__.rpartition(".")[2], *arguments])

    def run_from_argv(self, argv: list[str]) -> None:
        """Run the command with the arguments after the first two, which name program and command.

        A CommandError is shown and ends the program, unless ``--traceback`` asks to see it raised.
        """
        self._called_from_command_line = True
        options = vars(self.create_parser(argv[0], argv[1]).parse_args(argv[2:]))
        arguments = options.pop("args", ())
        try:
            self.execute(*arguments, **options)
        except CommandError as error:
            if options["traceback"]:
                raise
            if isinstance(error, SystemCheckError):
                self.stderr.write(str(error), lambda text: text)
            else:
                self.stderr.write(f"{type(error).__name__}: {error}")
            sys.exit(error.returncode)

    def execute(self, *args: Any, **options: Any) -> Any:
        """Call ``handle`` with colours and streams as the options say; print what it returns.

        Raises CommandError if colours are both forbidden and forced.
        """
        if options["force_color"] and options["no_color"]:
            raise CommandError("The --no-color and --force-color options can't be used together.")
        if options["force_color"]:
            self.style = color_style(force_color=True)
        elif options["no_color"]:
            self.style = no_style()
            self.stderr.style_func = None
        if options.get("stdout"):
            self.stdout = OutputWrapper(options["stdout"])
        if options.get("stderr"):
            self.stderr = OutputWrapper(options["stderr"])
        output = self.handle(*args, **options)
        if output:
            if self.output_transaction:
                keyword = self.style.SQL_KEYWORD
                output = f"{keyword('BEGIN;')}\n{output}\n{keyword('COMMIT;')}"
            self.stdout.write(output)
        return output

    def handle(self, *args: Any, **options: Any) -> Any:
        """Do the work; a command overrides this."""
        raise NotImplementedError("subclasses of BaseCommand must provide a handle() method")

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the command's own arguments; a command overrides this."""

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Return the parser with the arguments of all commands and those of this one."""
        kwargs.setdefault("formatter_class", DjangoHelpFormatter)
        parser = CommandParser(
            prog=self._program or f"{os.path.split(prog_name)[1]} {subcommand}",
            description=self.help or None,
            missing_args_message=self.missing_args_message,
            called_from_command_line=self._called_from_command_line,
            **kwargs,
        )
        self._add_base_arguments(parser)
        self.add_arguments(parser)
        return parser

    def _add_base_arguments(self, parser: CommandParser) -> None:
        add, hidden = self.add_base_argument, argparse.SUPPRESS
        shown = "Show program's version number and exit."
        add(parser, "--version", action="version", version=self.get_version(), help=shown)
        levels = "0=minimal output, 1=normal output, 2=verbose output, 3=very verbose output"
        shown = f"Verbosity level; {levels}"
        add(parser, "-v", "--verbosity", default=1, type=int, choices=[0, 1, 2, 3], help=shown)
        add(parser, "--settings", action=ManagerOption, help=hidden)
        add(parser, "--pythonpath", action=ManagerOption, help=hidden)
        shown = "Display a full stack trace on CommandError exceptions."
        add(parser, "--traceback", action="store_true", help=shown)
        shown = "Don't colorize the command output."
        add(parser, "--no-color", action="store_true", help=shown)
        shown = "Force colorization of the command output."
        add(parser, "--force-color", action="store_true", help=shown)
        if self.requires_system_checks:
            add(parser, "--skip-checks", action="store_true", help=hidden)

    def add_base_argument(self, parser: CommandParser, *args: str, **kwargs: Any) -> None:
        """Add an argument of all commands, without help if this command does not want it shown."""
        if not set(args).isdisjoint(self.suppressed_base_arguments):
            kwargs["help"] = argparse.SUPPRESS
        parser.add_argument(*args, **kwargs)

    def print_help(self, prog_name: str, subcommand: str) -> None:
        """Print the help of the command."""
        self.create_parser(prog_name, subcommand).print_help()

    def get_version(self) -> str:
        """Return the version that ``--version`` prints."""
        return version()

    def check(self, *args: Any, display_num_errors: bool = False, **kwargs: Any) -> None:
        """Find nothing: there are no checks of a framework."""
        if display_num_errors:
            self.stdout.write("System check identified no issues (0 silenced).")

    def check_migrations(self) -> None:
        """Find nothing: there are no migrations."""


def no_translations(handle_func: _Handle) -> _Handle:
    """Return the function: nothing here translates what a command says."""
    return handle_func


def handle_default_options(options: argparse.Namespace) -> None:
    """Do nothing: the parser has refused ``--settings`` and ``--pythonpath`` already."""
