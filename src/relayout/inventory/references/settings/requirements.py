"""Requirements files: other files of requirements, and packages that lie in the repository.

What ``-r`` and ``-c`` name counts from the file that they stand in; a package's path counts from
the folder that pip is started in (https://pip.pypa.io/en/stable/reference/requirements-file-format/),
which is taken to be the root, or else the file's folder.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatch
from posixpath import basename, dirname

from relayout.inventory.references.reference import (
    ROOT,
    Base,
    Reference,
    beside,
    is_there,
    named_from,
)
from relayout.inventory.references.spans.ini_spans import lines_of
from relayout.tree import Tree

KIND = "requirements"
_NAMES = ("*requirement*.txt", "*requirement*.in", "constraint*.txt", "*-constraints.txt")
_LONGEST = 5_000
_OPTION = re.compile(
    r"(?P<option>-r|-c|--requirement|--constraint|-e|--editable|-f|--find-links)"
    r"(?:[ \t]+|=|(?<=-[rcef]))"
    r"[\"']?(?P<path>[^\s\"'#;\[=]+)"
)
_PACKAGE = re.compile(r"(?:[\w.-]+(?:\[[^\]]*\])?\s*@\s*)?(?P<path>(?:file:)?\.{0,2}[\w./\\-]+)")
_NO_PATH = re.compile(r"(?:\w+[+:])?\w*://|[/~]|[A-Za-z]:\\")
_FROM_FILE = frozenset({"-r", "-c", "--requirement", "--constraint"})


def is_requirements(path: str) -> bool:
    """Tell whether a file holds requirements in pip's form, by its name."""
    name = basename(path).lower()
    if basename(dirname(path)) == "requirements" and name.endswith((".txt", ".in")):
        return True
    return any(fnmatch(name, pattern) for pattern in _NAMES)


def read_requirements_file(text: str, path: str, tree: Tree) -> Iterator[Reference]:
    """Yield what the lines of a file name."""
    for start, end in lines_of(text, 0, len(text)):
        yield from requirement_paths(start, text[start:end], path, KIND, tree)


def requirement_paths(
    start: int, line: str, file: str, kind: str, tree: Tree, from_file: Base | None = None
) -> Iterator[Reference]:
    """Yield the path that one line names, if it is in the repository.

    ``from_file`` is what ``-r`` counts from, if that is not the folder of the file.
    """
    own = from_file or beside(file)
    if len(line) > _LONGEST or line.startswith("#"):
        return
    option = _OPTION.match(line)
    match = option or _PACKAGE.match(line)
    if match is None:
        return
    path, at = match["path"], start + match.start("path")
    if path.startswith("file:"):
        path, at = path[5:], at + 5
    if _NO_PATH.match(path) or not path.strip("./"):
        return
    if option is None and "/" not in path and "\\" not in path:
        return
    bases = (own,) if option and option["option"] in _FROM_FILE else (ROOT, own)
    for base in bases:
        named = named_from(base.folder, path)
        if named and is_there(named, tree):
            yield Reference(at, at + len(path), path, named, kind, base)
            return
