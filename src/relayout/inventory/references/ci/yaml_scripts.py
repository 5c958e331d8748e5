"""Commands in scalars of YAML: one shell reads several of them, one after the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from relayout.inventory.references.commandline.commands import references_in
from relayout.inventory.references.commandline.surroundings import Surroundings
from relayout.inventory.references.commandline.words import Command, Dialect, Word, commands_in
from relayout.inventory.references.reference import Reference
from relayout.inventory.references.spans.yaml_spans import Scalar, written_between


def script_references(
    scalars: Sequence[Scalar],
    text: str,
    around: Surroundings,
    dialect: Dialect = Dialect.POSIX,
    each_anew: bool = False,
) -> Iterator[Reference]:
    """Yield what the commands in scalars name; ``cd`` and assignments hold for the next scalar.

    With ``each_anew``, each scalar has a shell of its own.
    """
    groups = [[scalar] for scalar in scalars] if each_anew else [scalars]
    for group in groups:
        commands = (c for scalar in group for c in _commands(scalar, dialect))
        for found in references_in(commands, around):
            scalar = next((s for s in group if s.start <= found.start < s.end), None)
            if scalar is not None and text[found.start : found.end] == found.text:
                yield replace(found, between=written_between(found.between, scalar))


def _commands(scalar: Scalar, dialect: Dialect) -> Iterator[Command]:
    """Yield the commands of a scalar with their words at their places in the text."""
    for command in commands_in(scalar.value, 0, len(scalar.value), dialect):
        words = [_placed(word, scalar) for word in command.words]
        yield Command(words, command.end or "\n")


def _placed(word: Word, scalar: Scalar) -> Word:
    start, end = scalar.span(word.start, word.end)
    return replace(word, start=start, end=end)
