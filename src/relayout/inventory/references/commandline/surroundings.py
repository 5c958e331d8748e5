"""Words that are paths: with an option or a variable before them, or read from a folder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from posixpath import dirname
from typing import Protocol

from relayout.inventory.configured_paths.values import ROOT as STANDS_AT
from relayout.inventory.configured_paths.values import Scene
from relayout.inventory.references.commandline.braces import alternatives, before_braces
from relayout.inventory.references.commandline.words import Word
from relayout.inventory.references.reference import (
    Base,
    Form,
    Reference,
    is_there,
    named_from,
    named_module,
)

_OPTION = re.compile(r"-{1,2}[\w-]+=")
_SETTING = re.compile(r"[A-Za-z_]\w*=@?(?=.)")
_ONE_VARIABLE = (
    r"(?:\$\{\{[^{}]*\}\}|\$?\$\{[^{}]*\}|\$?\$\([^()]*(?:\([^()]*\)[^()]*)*\)"
    r"|\$?\$(?:env:)?\w+|%\w+%|%~dp0|![A-Za-z_]\w*!|\{tox(?:inidir|_root)\})"
)
_SLASH = r"(?:/|\\{1,2})"
_VARIABLE = re.compile(
    rf"(?:\"{_ONE_VARIABLE}\"{_SLASH}|{_ONE_VARIABLE}{_SLASH}?(?:{_ONE_VARIABLE}{_SLASH})*)"
)
_SCRIPT = re.compile(r"\$(?:MyInvocation\.MyCommand\.(?:Path|Definition)|PSCommandPath)")
_OF_WORKSPACES = re.compile(r"\$\{workspaceFolder:[^{}]*\}")
_DEFAULT = re.compile(r"\$\{\w+:?[-=](?P<default>[^${}]+)\}")
_FOLDER_OF_SCRIPT = re.compile(r"\$\{(?:0|BASH_SOURCE(?:\[0\])?)(?:%/\*|:A:h|:h)\}")
_OF_FILE = re.compile(
    r"\$\{?(?:0\b|BASH_SOURCE)|PSScriptRoot|%~dp0|MAKEFILE_LIST|MyInvocation|PSCommandPath"
    r"|toxinidir|tox_root"
)
_LONGEST = 4096
"""No folder has a longer path."""
_MAGIC = re.compile(r"[*?\[]")


class Inside(Protocol):
    """Where the repository's files have other paths than in the repository, as in a container."""

    def paths(self, word: Word, around: Surroundings, plain: bool) -> Iterator[Reference]:
        """Yield the reference that a word is."""

    def module(self, dotted: str, around: Surroundings) -> str | None:
        """Return the file that Python finds under a dotted name."""


@dataclass(frozen=True)
class Surroundings:
    """Where commands stand and run.

    ``base`` is the repository folder that they run in, None if it cannot be told. ``of_file``
    are variables that hold the folder of the file itself. ``between`` stands between two words.
    ``places`` are variables that are used as paths, whatever their names say. ``inside`` reads
    paths where they are not those of the repository. ``aside`` tells of commands in a shell of
    their own, whose folder is theirs alone.
    """

    file: str
    kind: str
    scene: Scene
    base: Base | None
    of_file: frozenset[str] = frozenset()
    between: str = " "
    places: frozenset[str] = frozenset()
    inside: Inside | None = None
    aside: bool = False

    def entered(self, absolute: str | None) -> Surroundings:
        """Return the surroundings in another folder, an absolute path; None: it is unknown."""
        if absolute is not None and len(absolute) > _LONGEST:
            absolute = None
        folders = self.scene.mounts.within(absolute) if absolute is not None else []
        base = Base(folders[0]) if folders else None
        return replace(self, base=base, scene=replace(self.scene, here=absolute))

    def module(self, dotted: str) -> str | None:
        """Return the file that Python finds under a dotted name, or None."""
        if self.base is None:
            return None
        if self.inside is not None:
            return self.inside.module(dotted, self)
        return named_module(self.base.folder, dotted, self.scene.tree)


def is_of_file(text: str, around: Surroundings) -> bool:
    """Tell whether a text counts from the folder of the file that it stands in."""
    names = set(re.findall(r"\w+", text))
    return bool(_OF_FILE.search(text)) or not names.isdisjoint(around.of_file)


def absolute(text: str, around: Surroundings) -> str | None:
    """Return the absolute path that a text stands for, or None if it cannot be told."""
    return around.scene.absolute(_plain(text))


def told(text: str, around: Surroundings) -> str | None:
    """Return a text with its variables filled in, or None if one of them cannot be told."""
    return around.scene.told(_plain(text))


def _plain(text: str) -> str:
    """Return a text as a scene reads it; make writes ``$`` twice, and a script is ``$0``."""
    text = _FOLDER_OF_SCRIPT.sub('$(dirname "$0")', text.replace("$$", "$"))
    text = _OF_WORKSPACES.sub("${workspaceFolder}", text)
    return _SCRIPT.sub("$0", text).replace('"', "").replace("%cd%", "%CD%")


def held_file(word: Word, around: Surroundings) -> Iterator[Reference]:
    """Yield the file that a word names that is a variable and nothing else."""
    match = _VARIABLE.fullmatch(word.text)
    told = absolute(word.text, around) if match else None
    for named in around.scene.mounts.within(told)[:1] if told is not None else ():
        if named in around.scene.tree and around.base is not None:
            yield Reference(
                word.start, word.end, word.text, named, around.kind, around.base, form=Form.HELD
            )


def unquoted(word: Word) -> Word:
    """Return what stands between the quotes around a word."""
    text = word.text
    if len(text) > 1 and text[0] in "\"'" and text[-1] == text[0]:
        return Word(word.start + 1, word.end - 1, text[1:-1], text[0])
    return word


def word_paths(
    word: Word, around: Surroundings, plain: bool, whole: bool = False
) -> Iterator[Reference]:
    """Yield the path that a word is, or that follows its option or its variable.

    A bare word counts as a path only where one is wanted (``plain``), or if it ends like a file.
    ``whole`` keeps a leading variable within the reference.
    """
    option = _OPTION.match(word.text) or re.match(r"@(?=[\w./])", word.text)
    setting = option or _SETTING.match(word.text)
    if setting:
        inner = unquoted(Word(word.start + setting.end(), word.end, word.text[setting.end() :]))
        for part in _items(inner):
            yield from word_paths(part, around, plain=bool(option))
        return
    default = _DEFAULT.fullmatch(word.text)
    if default:
        start = word.start + default.start("default")
        inner = Word(start, word.end - 1, default["default"])
        yield from word_paths(unquoted(inner), around, plain)
        return
    if not word.text or word.text[0] in "-~<>\\" or "://" in word.text:
        return
    if around.inside is not None:
        yield from around.inside.paths(word, around, plain)
        return
    braced = list(_braced(word, around)) if "{" in word.text else []
    if braced:
        head = before_braces(word.text).rstrip("/")
        yield from word_paths(Word(word.start, word.start + len(head), head), around, plain=True)
        yield from braced
        return
    variable = _VARIABLE.match(word.text)
    if variable:
        yield from _behind_variable(word, variable, around, whole)
        return
    if word.text.startswith("/"):
        yield from _on_machine(word, around, plain, whole)
        return
    if around.base is None:
        return
    yield from path_reference(word, around.base, around, plain)


def _braced(word: Word, around: Surroundings) -> Iterator[Reference]:
    """Yield the alternatives of a word that are there, each counted from what is before it."""
    for before, one in alternatives(word):
        is_relative = not _VARIABLE.match(before) and not before.startswith("/")
        if is_relative:
            folder = named_from(around.base.folder, before) if around.base is not None else None
        else:
            told = absolute(before.rstrip("/"), around)
            folder = next(iter(around.scene.mounts.within(told)), None) if told else None
        named = named_from(folder, one.text) if folder is not None else None
        if named is not None and named != folder and is_there(named, around.scene.tree):
            yield Reference(one.start, one.end, one.text, named, around.kind, Base(folder or ""))


def _on_machine(word: Word, around: Surroundings, plain: bool, whole: bool) -> Iterator[Reference]:
    """Yield the path that an absolute one is, where it is known where the repository stands."""
    for place, folder in around.scene.mounts.pairs:
        prefix = f"{place.rstrip('/')}/"
        if place == STANDS_AT or not word.text.startswith(prefix) or word.text == prefix:
            continue
        inner = Word(word.start + len(prefix), word.end, word.text[len(prefix) :])
        for found in path_reference(inner, Base(folder), around, plain):
            whole_word = replace(found, start=word.start, text=word.text, prefix=prefix)
            yield whole_word if whole else found
        return


def _items(word: Word) -> Iterator[Word]:
    """Yield the items of a list with commas, as in ``--exclude=build,dist``."""
    start = word.start
    for text in word.text.split(",") if "$" not in word.text else (word.text,):
        yield Word(start, start + len(text), text)
        start += len(text) + 1


def _behind_variable(
    word: Word, variable: re.Match[str], around: Surroundings, whole: bool
) -> Iterator[Reference]:
    prefix = variable.group()
    told = absolute(prefix.rstrip("\\/"), around)
    folders = around.scene.mounts.within(told) if told is not None else []
    rest = word.text[len(prefix) :]
    if not folders or not rest:
        return
    is_own = folders[0] == dirname(around.file) and is_of_file(prefix, around)
    base = Base(folders[0], of_file=is_own)
    inner = Word(word.start + len(prefix), word.end, rest)
    for found in path_reference(inner, base, around, plain=prefix.endswith(("/", "\\"))):
        whole_word = replace(found, start=word.start, text=word.text, prefix=prefix)
        yield whole_word if whole else found


def path_reference(
    word: Word, base: Base, around: Surroundings, plain: bool
) -> Iterator[Reference]:
    """Yield the reference that a word is, read as a path from ``base``, if it names something."""
    text, tree = word.text, around.scene.tree
    if "$" in text or "%" in text:
        text = re.split(r"[\\/][^\\/]*[$%]", text, maxsplit=1)[0]  # the folder before it
        if not text or "$" in text or "%" in text:
            return
    if not plain and "/" not in word.text and "\\" not in word.text:
        if "." not in text.strip("."):
            return
    if _MAGIC.search(text):
        yield from _pattern(Word(word.start, word.start + len(text), text), base, around)
        return
    named = named_from(base.folder, text)
    if named is None or not is_there(named, tree):
        return
    if named == base.folder:
        return  # the folder itself: it is right wherever that went
    yield Reference(word.start, word.start + len(text), text, named, around.kind, base)


def _pattern(word: Word, base: Base, around: Surroundings) -> Iterator[Reference]:
    head = word.text[: _MAGIC.search(word.text).start()].replace("\\", "/")  # type: ignore[union-attr]
    named = named_from(base.folder, head.rpartition("/")[0])
    if named and named != base.folder and is_there(named, around.scene.tree):
        yield Reference(
            word.start, word.end, word.text, named, around.kind, base, form=Form.PATTERN
        )
