"""Calling one command from the code of another."""

from __future__ import annotations

from argparse import Action, _AppendConstAction, _CountAction, _StoreConstAction, _SubParsersAction
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from .base import BaseCommand
from .errors import CommandError
from .package import command_class
from .parsing import CommandParser

_WITHOUT_VALUE = (_AppendConstAction, _CountAction, _StoreConstAction)


def call_command(command_name: str | BaseCommand, *args: Any, **options: Any) -> Any:
    """Run a command, by its name or as an object, and return what its ``handle`` returned.

    ``args`` are words of a command line, or lists of them. ``options`` are named as on the command
    line without dashes (``dry_run`` for ``--dry-run``) or as the parser stores them; what they do
    not say has the parser's default. See
    https://docs.djangoproject.com/en/5.2/ref/django-admin/#running-management-commands-from-your-code

    Raises CommandError for a command that is not there and for arguments that its parser refuses,
    and TypeError for an option that the command does not have.
    """
    command, name = _found(command_name)
    parser = command.create_parser("", name)
    stored_as = {_option_name(action): action.dest for action in _options(parser._actions)}
    given = {stored_as.get(key, key): value for key, value in options.items()}
    words = [*_words(args), *_required_words(parser, stored_as, options, given)]
    values = {**vars(parser.parse_args(words)), **given}
    known = {action.dest for action in _all_actions(parser)} | stored_as.keys()
    _refuse_unknown(
        name, options, known.union(command.base_stealth_options, command.stealth_options)
    )
    arguments = values.pop("args", ())
    if "skip_checks" not in options:
        values["skip_checks"] = True
    return command.execute(*arguments, **values)


def _found(command: str | BaseCommand) -> tuple[BaseCommand, str]:
    """Return the command, and the name of the module that it is in."""
    if isinstance(command, BaseCommand):
        return command, type(command).__module__.rpartition(".")[2]
    found = command_class(command)
    if found is None:
        raise CommandError(f"Unknown command: {command!r}")
    return found(), command


def _options(actions: Iterable[Action]) -> Iterator[Action]:
    return (action for action in actions if action.option_strings)


def _option_name(action: Action) -> str:
    """Return the name that an option has as a keyword: ``dry_run`` for ``-n, --dry-run``."""
    return min(action.option_strings).lstrip("-").replace("-", "_")


def _all_actions(parser: CommandParser) -> Iterator[Action]:
    """Yield the arguments of a parser, with those of its subcommands in place of these."""
    for action in parser._actions:
        if isinstance(action, _SubParsersAction):
            for subcommand in action.choices.values():
                yield from _all_actions(subcommand)
        else:
            yield action


def _words(values: Iterable[Any]) -> Iterator[str]:
    for value in values:
        if isinstance(value, (list, tuple)):
            yield from map(str, value)
        else:
            yield str(value)


def _required_words(
    parser: CommandParser,
    stored_as: Mapping[str, str],
    options: Mapping[str, Any],
    given: Mapping[str, Any],
) -> Iterator[str]:
    """Yield the required options that are given, as words: else the parser would miss them.

    Raises TypeError where a name cannot say which of several options is meant.
    """
    groups = [group for group in parser._mutually_exclusive_groups if group.required]
    one_of = {id(action) for group in groups for action in group._group_actions}
    for action in _options(_all_actions(parser)):
        if action.dest not in options or not (action.required or id(action) in one_of):
            continue
        if list(stored_as.values()).count(action.dest) > 1:
            several = f"the dest {action.dest!r} that matches multiple arguments"
            raise TypeError(f"Cannot pass {several} via **options.")
        yield min(action.option_strings)
        if not isinstance(action, _WITHOUT_VALUE):
            yield from _words([given[action.dest]])


def _refuse_unknown(name: str, options: Mapping[str, Any], known: Iterable[str]) -> None:
    unknown = sorted(set(options).difference(known))
    if unknown:
        raise TypeError(
            f"Unknown option(s) for {name} command: {', '.join(unknown)}. "
            f"Valid options are: {', '.join(sorted(known))}."
        )
