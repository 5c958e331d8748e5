"""Jenkins: the strings of a pipeline that are commands, folders and paths.

The steps are those of https://www.jenkins.io/doc/pipeline/steps/; strings and comments are Groovy's
(https://groovy-lang.org/syntax.html). What stands in other strings is not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import basename

from relayout.inventory.configured_paths.values import scene_in
from relayout.inventory.references.commandline.commands import references_in
from relayout.inventory.references.commandline.surroundings import Surroundings, word_paths
from relayout.inventory.references.commandline.words import Dialect, Word, commands_in
from relayout.inventory.references.path_patterns.patterns import pattern_references
from relayout.inventory.references.reference import ROOT, Reference
from relayout.tree import Tree

KIND = "jenkins"

_TOKEN = re.compile(
    r"//[^\n]*|/\*.*?(?:\*/|\Z)"
    r"|'''(?P<a>.*?)(?:'''|\Z)|\"\"\"(?P<b>.*?)(?:\"\"\"|\Z)"
    r"|'(?P<c>(?:[^'\\\n]|\\.)*)'|\"(?P<d>(?:[^\"\\\n]|\\.)*)\"|(?P<brace>[{}])"
    r"|(?P<name>[A-Za-z_]\w*)|(?P<other>\S)",
    re.DOTALL,
)
_STRINGS = ("a", "b", "c", "d")
_SHELLS = {
    "sh": Dialect.POSIX, "bat": Dialect.BATCH,
    "powershell": Dialect.POWERSHELL, "pwsh": Dialect.POWERSHELL,
}  # fmt: skip
_PATHS = frozenset({"dir", "load", "readFile", "fileExists", "readYaml", "readJSON"})
_PATTERNS = frozenset({"changeset", "stash", "archiveArtifacts", "junit"})
_STEPS = _SHELLS.keys() | _PATHS | _PATTERNS
_ARGUMENTS = frozenset(
    {"", "script", "file", "path", "glob", "pattern", "includes", "excludes", "artifacts"}
    | {"testResults"}
)
_LARGEST = 200_000


def is_jenkins(path: str) -> bool:
    """Tell whether a file is a pipeline of Jenkins, by its name."""
    name = basename(path)
    return name.startswith("Jenkinsfile") or name.lower().endswith((".jenkinsfile", ".jenkins"))


def read_jenkins(text: str, path: str, tree: Tree) -> Iterator[Reference]:
    """Yield what a pipeline names; steps in ``dir(...)`` run in that folder."""
    around = Surroundings(path, KIND, scene_in("", path, tree), ROOT)
    folders: list[Surroundings] = []
    entered: Surroundings | None = None
    step = argument = ""
    for token in _TOKEN.finditer(text[:_LARGEST]):
        kind, said = token.lastgroup or "", token[0]
        if kind == "name" or said == "}":
            entered = None
        if kind == "name" and text[token.end() : token.end() + 1] == ":":
            argument = said
        elif kind == "name":
            step, argument = said if said in _STEPS else "", ""
        elif kind in _STRINGS:
            if argument in _ARGUMENTS:
                word = Word(*token.span(kind), token[kind])
                yield from _of_step(step, word, text, around)
                entered = _entered(word.text, around) if step == "dir" else None
        elif said == "{":
            folders.append(around)
            around, entered, step = entered or around, None, ""
        elif said == "}":
            around, step = folders.pop() if folders else around, ""
        elif kind and said not in "(:[,":
            step = ""


def _entered(folder: str, around: Surroundings) -> Surroundings:
    return around.entered(around.scene.absolute(folder))


def _of_step(step: str, word: Word, text: str, around: Surroundings) -> Iterator[Reference]:
    if step in _SHELLS:
        commands = commands_in(text, word.start, word.end, _SHELLS[step])
        yield from references_in(commands, around)
    elif step in _PATHS:
        yield from word_paths(word, around, plain=True)
    elif step in _PATTERNS:
        start = word.start
        for part in word.text.split(","):
            blanks = len(part) - len(part.lstrip())
            name = part.strip()
            inner = Word(start + blanks, start + blanks + len(name), name)
            yield from pattern_references(inner, around, between=",")
            start += len(part) + 1
