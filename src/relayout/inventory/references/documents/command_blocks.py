"""Blocks of commands in documents: what a reader is told to type follows like a script.

Which blocks hold commands is said by their language (the names that Pygments and Linguist have for
shells). A session shows what was typed behind a prompt, and below it what came out of it. A block
of no language is read only where a line has a prompt or starts a program by its path.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from posixpath import basename, dirname

from relayout.inventory.configured_paths.values import ROOT as REPOSITORY
from relayout.inventory.configured_paths.values import scene_in
from relayout.inventory.references.commandline.commands import references_in
from relayout.inventory.references.commandline.surroundings import Surroundings
from relayout.inventory.references.commandline.words import Command, Dialect, Word, commands_in
from relayout.inventory.references.documents.addresses import Page
from relayout.inventory.references.documents.literals import is_placeholder
from relayout.inventory.references.reference import Base, Reference

Span = tuple[int, int]

_SHELLS = {
    "bash": Dialect.POSIX, "sh": Dialect.POSIX, "shell": Dialect.POSIX, "zsh": Dialect.POSIX,
    "ksh": Dialect.POSIX, "shellscript": Dialect.POSIX, "fish": Dialect.POSIX,
    "powershell": Dialect.POWERSHELL, "pwsh": Dialect.POWERSHELL, "ps1": Dialect.POWERSHELL,
    "posh": Dialect.POWERSHELL,
    "bat": Dialect.BATCH, "batch": Dialect.BATCH, "cmd": Dialect.BATCH, "dosbatch": Dialect.BATCH,
}  # fmt: skip
_SESSIONS = {
    "console": Dialect.POSIX, "shell-session": Dialect.POSIX, "sh-session": Dialect.POSIX,
    "shellsession": Dialect.POSIX, "bash-session": Dialect.POSIX, "terminal": Dialect.POSIX,
    "ps1con": Dialect.POWERSHELL, "pwsh-session": Dialect.POWERSHELL, "doscon": Dialect.BATCH,
}  # fmt: skip
_PROMPT = re.compile(
    r"[ \t]*(?:\([\w.-]+\)[ \t]*)?"
    r"(?:(?:\[?[\w.-]+@[^$%\n]{1,60})?[$%][ \t]+|(?:PS|[A-Z]:\\)[^>\n]{0,200}>[ \t]*)"
)
_STARTS_PROGRAM = re.compile(
    r"[ \t]*(?:(?:poetry|uv|pipenv|hatch|pdm) run )?(?:python[\d.]*|bash|sh|\./\S+)(?=[ \t])"
)
_ENTERS = frozenset({"cd", "pushd", "chdir", "Set-Location", "Push-Location", "sl"})
_OUTSIDE = re.compile(r"/(?:tmp|etc|dev|usr|bin)?(?:/|$)")
_PLACEHOLDER = re.compile(r"[ \t]+(?:<[^<>\n]{1,100}>|\[[^\[\]\n]{1,100}\])[ \t]*(?=[\r\n;&]|\Z)")
_SOMEWHERE = re.compile(r"[/~<\[{$%]|[A-Za-z]:[\\/]")


class CommandBlocks:
    """Collects the blocks of a document, and reads them together."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._blocks: list[list[Command]] = []

    def add(self, language: str, lines: Sequence[Span]) -> None:
        """Add a block in a language; ``lines`` say where the text of its lines stands."""
        language = language.lower()
        dialect = _SHELLS.get(language) or _SESSIONS.get(language)
        if (dialect is None and language) or not lines:
            return
        text = self.page.text
        prompted = [match for line in lines if (match := _PROMPT.match(text, *line))]
        if prompted or language in _SESSIONS:
            pieces = _typed(text, lines)
        elif not language:
            pieces = [line for line in lines if _STARTS_PROGRAM.match(text, *line)]
        else:
            pieces = _joined(text, lines)
        dialect = dialect or Dialect.POSIX
        commands = [c for piece in pieces for c in commands_in(text, *piece, dialect)]
        if any(command.words for command in commands):
            self._blocks.append(commands)

    def references(self) -> Iterator[Reference]:
        """Yield what the blocks name.

        A reader may type them one after the other, or each from the root or from the folder of
        the document: of each block, the reading in which it names most is taken.
        """
        if not self._blocks:
            return
        own = Base(dirname(self.page.path), of_file=True)
        together = self._read((c for block in self._blocks for c in block), Base())
        for block in self._blocks:
            spans = [(word.start, word.end) for command in block for word in command.words]
            first, last = min(s for s, _ in spans), max(e for _, e in spans)
            readings = [self._read(block, base) for base in dict.fromkeys((Base(), own))]
            readings.append([r for r in together if first <= r.start and r.end <= last])
            yield from max(readings, key=len)

    @cached_property
    def _folders(self) -> frozenset[str]:
        """The names of the repository's folders."""
        return frozenset(basename(folder) for folder in self.page.tree.folders)

    def _read(self, commands: Iterable[Command], base: Base) -> list[Reference]:
        page = self.page
        around = Surroundings(
            page.path, page.kind, scene_in(base.folder, page.path, page.tree), base
        )
        found = references_in(self._entering(commands), around)
        return [reference for reference in found if not is_placeholder(reference)]

    def _entering(self, commands: Iterable[Command]) -> Iterator[Command]:
        """Yield commands; where one enters the reader's clone, the clone is the repository."""
        known = set(self._folders)
        for command in commands:
            words = command.words
            if len(words) > 1 and words[0].text in ("mkdir", "mkvirtualenv"):
                known |= {basename(word.text.rstrip("/")) for word in words[1:]}
            if words and words[0].text in _ENTERS and self._enters_clone(words, known):
                start = words[0].end
                yield Command([words[0], Word(start, start, REPOSITORY)], command.end)
            else:
                yield command

    def _enters_clone(self, words: list[Word], known: set[str]) -> bool:
        """Tell whether a command enters a clone, called by its name or by a placeholder for it."""
        if _PLACEHOLDER.match(self.page.text, words[0].end):
            return True
        return len(words) == 2 and _is_clone(words[1].text, known)


def _is_clone(folder: str, known: set[str]) -> bool:
    """Tell whether a folder that a reader is to enter can only be a clone of the repository."""
    plain = folder.replace("\\", "/").rstrip("/")
    name = basename(plain)
    if name in known or name in ("", "..", ".", "-", "dbt") or _OUTSIDE.match(plain):
        return False
    return "/" not in plain or bool(_SOMEWHERE.match(plain))


def _typed(text: str, lines: Sequence[Span]) -> list[Span]:
    """Return what stands behind prompts, each with the lines on which it is continued."""
    found: list[Span] = []
    continued = False
    for start, end in lines:
        match = _PROMPT.match(text, start, end)
        if match is not None:
            found.append((match.end(), end))
        elif continued:
            found[-1] = (found[-1][0], end)
        continued = bool(found) and (match is not None or continued)
        continued = continued and text[start:end].rstrip().endswith("\\")
    return found


def _joined(text: str, lines: Sequence[Span]) -> list[Span]:
    """Return the lines as one part of the text if nothing but line ends stands between them."""
    if any(text[end:start].strip("\r\n") for (_, end), (start, _) in pairwise(lines)):
        return list(lines)
    return [(lines[0][0], lines[-1][1])]
