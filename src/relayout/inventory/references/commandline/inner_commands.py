"""Commands that stand in a word of another command, as in ``bash -c 'python load.py'``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from posixpath import basename

from relayout.inventory.references.commandline.words import Command, Dialect, Word, commands_in

_SHELLS = frozenset({"bash", "sh", "zsh", "ksh", "dash", "ash", "su", "flock", "script"})
_RUN_A_TEXT = frozenset(
    {"trap", "eval", "watch", "tmux", "screen", "concurrently", "parallel"}
    | {"invoke-expression", "iex"}
)
_ELSEWHERE = frozenset({"docker", "podman", "docker-compose", "nerdctl", "ssh", "kubectl", "oc"})


def text_that_runs(name: str, words: list[Word]) -> Iterator[Word]:
    """Yield the words that a command runs as commands."""
    names = [name, *(basename(word.text) for word in words[1:])]
    shell = next((i for i, one in enumerate(names) if one in _SHELLS), len(names))
    if name in _RUN_A_TEXT:
        yield from (word for word in words[1:] if word.quote and " " in word.text)
    elif name in ("cmd", "powershell", "pwsh"):
        yield from _after(words, ("/c", "/C", "-Command", "-c", "-command"))
    elif name not in _ELSEWHERE and shell < len(names):
        yield from (
            word
            for before, word in pairwise(words[shell:])
            if before.text[:1] == "-" and before.text[-1:] == "c" and word.quote
        )
    if name == "alias":
        for word in words[1:]:
            key, sign, value = word.text.partition("=")
            if sign and value[:1] in ("'", '"') and value[-1:] == value[:1] and len(value) > 1:
                start = word.start + len(key) + 2
                yield Word(start, word.end - 1, value[1:-1], value[0])


def _after(words: list[Word], options: tuple[str, ...]) -> Iterator[Word]:
    for before, word in pairwise(words):
        if before.text in options and word.quote:
            yield word


def commands_of_text(word: Word, dialect: Dialect = Dialect.POSIX) -> list[Command]:
    """Return the commands that stand in a word, with their places in the file."""
    commands = list(commands_in(word.text, 0, len(word.text), dialect))
    for command in commands:
        command.words = [_shifted(inner, word) for inner in command.words]
    return commands


def _shifted(inner: Word, outer: Word) -> Word:
    return replace(inner, start=inner.start + outer.start, end=inner.end + outer.start)
