"""Files with a pattern in each line: CODEOWNERS, ``.gitattributes`` and what is ignored by whom.

The patterns are those of https://git-scm.com/docs/gitignore#_pattern_format: one with a slash
before its end counts from a folder, any other holds at every depth. ``.gitignore`` and
``.dockerignore`` in the root are not read here: for what is untracked they have to go on naming
the old places too, so the new ones are added to them (``conversions/ignore_files.py``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from posixpath import basename

from relayout.inventory.configured_paths.values import scene_in
from relayout.inventory.references.commandline.surroundings import Surroundings
from relayout.inventory.references.commandline.words import Word
from relayout.inventory.references.path_patterns.globs import MAGIC
from relayout.inventory.references.path_patterns.patterns import pattern_references
from relayout.inventory.references.reference import ROOT, Base, Reference, beside
from relayout.source import newline_of
from relayout.tree import Tree

_LINE = re.compile(r"(?P<pattern>[^\s#](?:\\.|[^\s\\])*)(?P<rest>[^\r\n]*)")
_LINES = re.compile(r"[^\r\n]+")
_SECTION = re.compile(r"\^?\[")
_ADDED_TO = frozenset({".gitignore", ".dockerignore"})
_LONGEST = 2_000
_MOST_LINES = 5_000


@dataclass(frozen=True, slots=True)
class _Kind:
    name: str
    of_root: bool = False
    """Whether the patterns count from the root and not from the folder of the file."""
    rooted: bool = False
    """Whether a pattern without a slash counts from there too."""


_OWNERS = _Kind("codeowners", of_root=True)
_ATTRIBUTES = _Kind("gitattributes")
_IGNORE = _Kind("ignore-file")
_DOCKER = _Kind("ignore-file", rooted=True)
_BY_NAME = {
    "CODEOWNERS": _OWNERS,
    ".gitattributes": _ATTRIBUTES,
    ".dockerignore": _DOCKER,
    ".containerignore": _DOCKER,
} | dict.fromkeys(
    (
        *(".gitignore", ".gcloudignore", ".prettierignore", ".eslintignore", ".npmignore"),
        *(".sqlfluffignore", ".funcignore", ".helmignore", ".vercelignore", ".slugignore"),
        *(".cfignore", ".ebignore", ".artifactignore", ".amlignore", ".dvcignore", ".ignore"),
    ),
    _IGNORE,
)


def is_pattern_file(path: str) -> bool:
    """Tell whether a file has a pattern in each line, by its name."""
    return basename(path) in _BY_NAME and path not in _ADDED_TO


def read_pattern_lines(text: str, path: str, tree: Tree) -> Iterator[Reference]:
    """Yield what the patterns of a file name."""
    kind = _BY_NAME[basename(path)]
    base = ROOT if kind.of_root else beside(path)
    around = Surroundings(path, kind.name, scene_in(base.folder, path, tree), base)
    newline = newline_of(text)
    names = _Names(tree, base)
    for number, line in enumerate(_LINES.finditer(text)):
        match = _LINE.match(text, line.start(), min(line.end(), line.start() + _LONGEST))
        if number > _MOST_LINES or match is None or _SECTION.match(match[0]):
            continue
        pattern, rest = match["pattern"], match["rest"].rstrip()
        if kind.name == "ignore-file":
            pattern, rest = f"{pattern}{rest}", ""
        if "\\" in pattern or '"' in pattern:
            continue
        between = rest.partition(" #")[0].rstrip() + newline
        word = Word(match.start(), match.start() + len(pattern), pattern)
        if kind.rooted or "/" in pattern.lstrip("!").rstrip("/"):
            yield from pattern_references(word, around, between)
        else:
            yield from names.references(word, around, between)


class _Names:
    """The folders of a tree by their last part, for patterns that hold at any depth.

    A file keeps its name when it moves, and so its pattern.
    """

    def __init__(self, tree: Tree, base: Base) -> None:
        self.base = base
        self.paths: dict[str, list[str]] = {}
        prefix = f"{base.folder}/" if base.folder else ""
        for path in sorted(tree.folders):
            if path and path.startswith(prefix):
                self.paths.setdefault(basename(path), []).append(path)

    def references(self, word: Word, around: Surroundings, between: str) -> Iterable[Reference]:
        """Yield the one folder that a name holds for; several need no single line."""
        sign = len(word.text) - len(word.text.lstrip("!"))
        text = word.text[sign:]
        found = self.paths.get(text.rstrip("/"), [])
        if len(found) != 1 or MAGIC.search(text):
            return
        yield Reference(
            word.start + sign, word.end, text, found[0], around.kind, self.base,
            between=between + word.text[:sign], climbs=False, anywhere=True,
        )  # fmt: skip
