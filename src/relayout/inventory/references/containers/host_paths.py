"""Paths of the host in compose files, and where they end in the short form of a volume."""

from __future__ import annotations

import re
from collections.abc import Iterator

from relayout.inventory.references.commandline.words import Word
from relayout.inventory.references.reference import Base, Reference, named_from

_DEFAULT = re.compile(r"\$\{\w+:?-(?P<path>[^${}]+)\}")
_HERE = re.compile(r"\$(?:PWD|\{PWD(?::?-[^{}]*)?\}|\{\w+:?-\.\})/")
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")
_VARIABLE = re.compile(r"\$\{[^{}]*\}")


def host_path(word: Word, base: Base, kind: str) -> Iterator[Reference]:
    """Yield the path that a text names from a folder, whether git has it or not.

    It may be what a variable is if it is not set, or stand behind one that is the current folder,
    or end where a variable begins.
    """
    text, start, prefix = word.text, word.start, ""
    default = _DEFAULT.fullmatch(text)
    if default:
        text, start = default["path"], start + default.start("path")
    here = _HERE.match(text)
    if here:
        prefix = here.group()
    rest = text[len(prefix) :]
    if "$" in rest:
        rest = rest[: rest.index("$")].rpartition("/")[0]
        text = prefix + rest
    if not rest or rest.startswith(("/", "~")) or _DRIVE.match(rest):
        return
    named = named_from(base.folder, rest)
    if named is not None:
        yield Reference(start, start + len(text), text, named, kind, base, prefix)


def source_of(volume: str) -> int:
    """Return where the source of a volume in its short form ends; 0 if it is no path.

    A source that is no path is the name of a volume
    (https://docs.docker.com/reference/compose-file/services/#short-syntax-5).
    """
    hidden = _VARIABLE.sub(lambda match: "\0" * len(match.group()), volume)
    stop = hidden.find(":", 2 if _DRIVE.match(volume) else 0)
    return stop if stop > 0 and volume.startswith((".", "$")) else 0
