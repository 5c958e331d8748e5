"""Words and commands in strings of JSON, with their places in the file."""

from __future__ import annotations

from dataclasses import replace

from relayout.inventory.references.commandline.words import Command, Word, commands_in
from relayout.inventory.references.spans.jsonc_spans import JsonString
from relayout.json_spans import units


def word_of(string: JsonString) -> Word:
    """Return a string as one word, such as an argument of a program."""
    return Word(string.start, string.end, string.text)


def commands_of(string: JsonString, text: str) -> list[Command]:
    """Return the commands that a string holds; words are as they are written in the file."""
    commands = list(commands_in(string.value, 0, len(string.value)))
    written = units(text, (string.start - 1, string.end + 1))
    if len(written) != len(string.value):
        return []
    places = [string.start]
    for unit in written:
        places.append(places[-1] + len(unit))
    for command in commands:
        command.words = [_placed(word, places, text) for word in command.words]
    return commands


def _placed(word: Word, places: list[int], text: str) -> Word:
    start, end = places[word.start], places[word.end]
    quote = f"\\{word.quote}" if word.quote == '"' else word.quote
    return replace(word, start=start, end=end, text=text[start:end], quote=quote)
