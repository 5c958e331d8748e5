"""Words that are paths: with an option or a variable before them, or read from a folder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from posixpath import dirname

from relayout.inventory.configured_paths.values import Scene
from relayout.inventory.references.reference import Base, Form, Reference, is_there, named_from
from relayout.inventory.references.words import Word

_OPTION = re.compile(r"-{1,2}[\w-]+=")
_VARIABLE = re.compile(
    r"(?:\$\{\{[^{}]*\}\}|\$\{[^{}]*\}|\$\([^()]*(?:\([^()]*\)[^()]*)*\)|\$(?:env:)?\w+|%\w+%|%~dp0|\{tox(?:inidir|_root)\})"
    r"[\\/]?"
)
_OF_FILE = re.compile(
    r"\$\{?(?:0\b|BASH_SOURCE)|PSScriptRoot|%~dp0|MAKEFILE_LIST|MyInvocation|toxinidir|tox_root"
)
_MAGIC = re.compile(r"[*?\[]")


@dataclass(frozen=True)
class Surroundings:
    """Where commands stand and run.

    ``base`` is the repository folder that they run in, None if it cannot be told. ``of_file``
    are variables that hold the folder of the file itself. ``between`` stands between two words.
    """

    file: str
    kind: str
    scene: Scene
    base: Base | None
    of_file: frozenset[str] = frozenset()
    between: str = " "

    def entered(self, absolute: str | None) -> Surroundings:
        """Return the surroundings in another folder, an absolute path; None: it is unknown."""
        folders = self.scene.mounts.within(absolute) if absolute is not None else []
        base = Base(folders[0]) if folders else None
        return replace(self, base=base, scene=replace(self.scene, here=absolute))


def is_of_file(text: str, around: Surroundings) -> bool:
    """Tell whether a text counts from the folder of the file that it stands in."""
    names = set(re.findall(r"\w+", text))
    return bool(_OF_FILE.search(text)) or not names.isdisjoint(around.of_file)


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
    if option:
        inner = Word(word.start + option.end(), word.end, word.text[option.end() :])
        yield from word_paths(unquoted(inner), around, plain=True)
        return
    if not word.text or word.text.startswith(("-", "~", "<", ">")) or "://" in word.text:
        return
    variable = _VARIABLE.match(word.text)
    if variable:
        yield from _behind_variable(word, variable, around, whole)
        return
    if around.base is None or word.text.startswith("/"):
        return
    yield from path_reference(word, around.base, around, plain)


def _behind_variable(
    word: Word, variable: re.Match[str], around: Surroundings, whole: bool
) -> Iterator[Reference]:
    prefix = variable.group()
    absolute = around.scene.absolute(prefix.rstrip("\\/"))
    folders = around.scene.mounts.within(absolute) if absolute is not None else []
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
    if not plain and "/" not in text and "\\" not in text and "." not in text.strip("."):
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
    if "/" in head and named and named in around.scene.tree.folders:
        yield Reference(
            word.start, word.end, word.text, named, around.kind, base, form=Form.PATTERN
        )
