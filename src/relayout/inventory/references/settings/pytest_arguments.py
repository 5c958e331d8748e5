"""Arguments that settings give to pytest (https://docs.pytest.org/en/stable/reference/reference.html).

A path may have the names of tests behind it; ``--cov`` takes a folder or a package
(https://pytest-cov.readthedocs.io/en/latest/config.html).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from relayout.inventory.references.commandline.surroundings import (
    Surroundings,
    path_reference,
    unquoted,
)
from relayout.inventory.references.commandline.words import Word, commands_in
from relayout.inventory.references.reference import Reference
from relayout.inventory.references.settings.dotted import module_named
from relayout.inventory.references.settings.setting_items import Item

_TAKES_WORD = frozenset(
    {"-k", "-m", "-n", "-W", "-o", "-r", "--durations", "--maxfail", "--tb", "--timeout", "--dist"}
    | {"--override-ini", "--import-mode", "--cov-report", "--cov-fail-under", "--log-level"}
    | {"--log-cli-level", "--color", "--capture", "--numprocesses", "--asyncio-mode", "--reruns"}
)
"""Options whose value is no path, and may stand behind a blank."""
_PATH_IN_REPORT = re.compile(r"--cov-report=\w+:")
_OPTION = re.compile(r"(?P<name>--?[\w-]+)=")


def read_pytest_arguments(item: Item, text: str, around: Surroundings) -> Iterator[Reference]:
    """Yield what arguments name: all of them in one text, or one that is an item of a list."""
    before = item.before
    if item.between is None:
        commands = commands_in(text, item.start, item.end)
        words = [word for command in commands for word in command.words]
    else:
        words = [Word(item.start, item.end, item.text)]
    for word in words:
        if before not in _TAKES_WORD:
            yield from _argument(word, before, around, item.between or " ")
        before = word.text


def _argument(word: Word, before: str, around: Surroundings, between: str) -> Iterator[Reference]:
    option = _PATH_IN_REPORT.match(word.text) or _OPTION.match(word.text)
    name = word.text[: option.end()] if option else before
    value = word
    if option:
        value = unquoted(Word(word.start + option.end(), word.end, word.text[option.end() :]))
    elif word.text.startswith("-p") and len(word.text) > 2:
        name, value = "-p", Word(word.start + 2, word.end, word.text[2:])
    elif word.text.startswith("-"):
        return
    if name == "-p" or (option and name.rstrip("=") in _TAKES_WORD):
        found = module_named(value, around) if name == "-p" else None
        yield from [found] if found else []
        return
    path = value.text.partition("::")[0]
    value = Word(value.start, value.start + len(path), path)
    if around.base is None or path.startswith(("/", "~")) or not path:
        return
    is_coverage = name in ("--cov", "--cov=")
    paths = list(path_reference(value, around.base, around, plain=True))
    if is_coverage:
        paths = [replace(found, only=".py", folder_only=True) for found in paths]
    if not paths and is_coverage:
        found = module_named(value, around, whole=True)
        paths = [found] if found else []
    for reference in paths:
        yield _repeated(reference, word, between)


def _repeated(reference: Reference, word: Word, between: str) -> Reference:
    """Return a reference so that it can stand several times, each time with its option."""
    is_whole = reference.end == word.end and not word.text.startswith(("'", '"'))
    if not is_whole or reference.form.value == "module":
        return reference
    prefix = word.text[: reference.start - word.start]
    if not prefix:
        return replace(reference, between=between)
    return replace(reference, start=word.start, text=word.text, prefix=prefix, between=between)
