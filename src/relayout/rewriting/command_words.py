"""The words of a command that code starts, as far as they may be paths."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from relayout.inventory.path_consumers import Wanted
from relayout.inventory.path_readings import Reading
from relayout.inventory.path_uses import PathUse

_WORD = re.compile(r"[^\s\"'`;|&<>()=,]+")
_OTHER_FOLDER = re.compile(r"\b(?:cd|pushd|chdir)\s+[\"']?")
_OPTION = re.compile(r"--?[\w-]{0,40}(?:dir|path|file|folder|root|directory|cwd)")
_SET_OPTION = re.compile(rf"{_OPTION.pattern}=")
_AFTER_OPTION = re.compile(rf"(?:^|\s){_OPTION.pattern}(?:\s+|=)[\"']?$")
_LONGEST_OPTION = 60


@dataclass(frozen=True, slots=True)
class CommandWord:
    """A word of a command, and where it begins in it.

    ``is_wanted`` tells that it stands where a path is wanted, so that a bare word may be one.
    """

    start: int
    use: PathUse
    is_wanted: bool

    def is_path(self, reading: Reading) -> bool:
        """Tell whether a word is a path: a file's, one with a slash, or one that is wanted."""
        has_form = reading.is_file or "/" in self.use.text.own.strip("/")
        return reading.is_exact and (self.is_wanted or has_form)


def is_command(use: PathUse) -> bool:
    """Tell whether a text is a command, or an option of one with its value."""
    own = use.text.own
    return (use.wanted is Wanted.WORDS and " " in own.strip()) or bool(_SET_OPTION.match(own))


def follows_option(use: PathUse, parents: Mapping[int, ast.AST]) -> bool:
    """Tell whether a text follows an option for a path in a list of words."""
    around = parents.get(id(use.node))
    if not isinstance(around, ast.List | ast.Tuple):
        return False
    last = next((b for b, a in zip(around.elts, around.elts[1:], strict=False) if a is use.node), 0)
    if not isinstance(last, ast.Constant) or not isinstance(last.value, str):
        return False
    return _OPTION.fullmatch(last.value) is not None


def words_in(use: PathUse) -> Iterator[CommandWord]:
    """Yield the words of a command; the last one if it ends there.

    Once a command goes to another folder, it cannot be told what its words count from; of that
    folder it can.
    """
    text = use.text
    enters = _OTHER_FOLDER.search(text.own)
    for match in _WORD.finditer(text.own):
        if match.end() == len(text.own) and text.rest:
            continue
        is_entered = enters is not None and match.start() == enters.end()
        is_before = enters is None or match.start() <= enters.end()
        word = replace(text, own=match.group(), rest="", base=text.base if is_before else None)
        before = text.own[max(0, match.start() - _LONGEST_OPTION) : match.start()]
        is_wanted = is_entered or _AFTER_OPTION.search(before) is not None
        yield CommandWord(match.start(), replace(use, text=word), is_wanted)
