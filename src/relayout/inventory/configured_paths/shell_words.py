"""Lines of shell, batch and PowerShell taken apart: commands, subshells, words with their quotes.

Quoting is that of the POSIX shell
(https://pubs.opengroup.org/onlinepubs/9699919799/utilities/V3_chap02.html).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_DIVIDES = re.compile(r"[;&|()#]")
_QUOTES = re.compile(r"[\"'`\\(]")
_CLOSED_BY = {'"': '"', "'": "'", "`": "`", "(": ")"}


def joined(lines: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Yield lines with those that a backslash (in batch: a caret) continues joined to them."""
    text, first = "", 0
    for number, line in lines:
        first = first if text else number
        if line.rstrip().endswith(("\\", "^")):
            text += line.rstrip()[:-1] + " "
            continue
        if not line.lstrip().startswith(("#", "::", "REM ", "rem ")):
            yield first, text + line
        text = ""
    if text:
        yield first, text


def split(line: str) -> Iterator[str]:
    """Yield the commands of a line, and the parentheses of subshells between them."""
    if not _DIVIDES.search(line):
        yield line
        return
    command = ""
    for letter, is_open in _scan(line):
        if not is_open and letter == "#" and (not command or command[-1].isspace()):
            break
        is_end = letter in "()" or (letter in ";&|" and not command.endswith(">"))
        if is_open or not is_end or (letter == ";" and _lists(command)):
            command += letter
        else:
            yield command
            command = ""
            if letter in "()":
                yield letter
    yield command


def words_of(command: str) -> list[str]:
    """Return the words of a command as they are written, with their quotes."""
    if not _QUOTES.search(command):
        return command.split()
    found, word = [], ""
    for letter, is_open in _scan(command):
        if letter.isspace() and not is_open:
            found.append(word)
            word = ""
        else:
            word += letter
    return [word for word in [*found, word] if word]


def _scan(line: str) -> Iterator[tuple[str, bool]]:
    """Yield each letter, and whether it belongs to something quoted or substituted."""
    open_ones: list[str] = []
    before = ""
    for letter in line:
        inner = open_ones[-1] if open_ones else ""
        if before == "\\" and inner != "'" and letter in "\"'`$ ;&|()#":
            yield letter, True
            before = ""
            continue
        was_open = bool(open_ones)
        if letter == _CLOSED_BY.get(inner):
            open_ones.pop()
        elif inner != "'":
            if letter == "(" and (before == "$" or inner == "("):
                open_ones.append("(")
            elif letter in '"`' or (letter == "'" and inner != '"'):
                open_ones.append(letter)
        yield letter, was_open or bool(open_ones)
        before = letter


def _lists(command: str) -> bool:
    """Tell whether a semicolon separates folders here, as it does on Windows."""
    return bool(re.match(r"\s*set\s", command, re.IGNORECASE)) and "=" in command
