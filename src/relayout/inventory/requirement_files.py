"""Which files hold requirements in pip's form, by name and content, and what each is for.

The format is pip's (https://pip.pypa.io/en/stable/reference/requirements-file-format/), that of a
constraints file the same (https://pip.pypa.io/en/stable/user_guide/#constraints-files).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatch
from posixpath import basename, dirname

from relayout.inventory.declared import is_requirement
from relayout.inventory.requirement_lines import without_comment
from relayout.tree import Tree

FOLDER = "requirements"
"""The folder that requirements files stand in, each called after what it is for."""

_CONTINUATION = re.compile(r"\\\r?\n")
_ENDINGS = (".txt", ".in")
_BOUNDS = ("constraint*", "*[-_.]constraints.*")
_ALWAYS = frozenset({"requirements", "requirement", "reqs", "base", "main", ""})
"""Words of a file's name that say nothing about what it is for."""
_ANY_FOLDER = frozenset({"app", "code", "docker", "lib", "scripts", "services", "src"})
"""Folders that say nothing about what the files in them are for."""
_OTHER_WORDS = {"tests": "test", "development": "dev"}
_OPTION = re.compile(r"--?[A-Za-z]")
_ADDRESS = re.compile(r"(?:\w+\+)?\w+://|\.{0,2}/")
_NAMES = re.compile(r"(?:-[rc]|--requirement|--constraint)[=\s]*(\S+)")
_READ = 200
"""Lines that are looked at to tell what a file holds."""


def is_requirements(path: str, tree: Tree) -> bool:
    """Tell whether a file holds requirements, or bounds for them: by its name, and as it reads."""
    return (
        (_is_named_so(path) or is_bounds(path))
        and tree.is_regular(path)
        and _reads_so(decode(tree.read(path)))
    )


def _is_named_so(path: str) -> bool:
    name = basename(path).lower()
    is_in_folder = basename(dirname(path)) == FOLDER
    return name.endswith(_ENDINGS) and (is_in_folder or fnmatch(name, "*requirement*"))


def is_bounds(path: str) -> bool:
    """Tell whether a file bounds the versions of what others require, by its name."""
    name = basename(path).lower()
    return name.endswith(_ENDINGS) and any(fnmatch(name, pattern) for pattern in _BOUNDS)


def _reads_so(text: str) -> bool:
    """Tell whether most of the first lines are requirements or options; an empty file is none."""
    lines = [line for _, line in lines_of(text)][:_READ]
    said = [bool(_OPTION.match(line) or _ADDRESS.match(line)) or _requires(line) for line in lines]
    return sum(said) * 2 >= len(said)


def _requires(line: str) -> bool:
    return is_requirement(re.split(r"\s--", line, maxsplit=1)[0].strip())


def group_of(path: str) -> str:
    """Return the dependency group that a requirements file is for; empty for the main one.

    The name of a file in the root, or in ``requirements/``, says it; elsewhere its folder does
    first. It is a name that PEP 735 allows.
    """
    stem = re.sub(r"\.(txt|in)$", "", basename(path)).lower()
    words = [word for word in re.split(r"[-_.]", stem) if word not in _ALWAYS]
    folders = [f for f in dirname(path).lower().split("/") if f not in {FOLDER, *_ANY_FOLDER, ""}]
    if folders:
        words = [folders[-1], *words]
    return group_name("-".join(_OTHER_WORDS.get(word, word) for word in words))


def group_name(text: str) -> str:
    """Return a text as the name of a group: of letters, digits and dashes (PEP 735)."""
    plain = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
    return plain or ("other" if text else "")


def decode(content: bytes) -> str:
    """Return a requirements file's text; PowerShell's ``>`` writes UTF-16 with a BOM."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", errors="replace")
    return content.decode("utf-8-sig", errors="replace")


def names_in(text: str) -> Iterator[str]:
    """Yield the paths of files that the lines of a requirements file name (``-r``, ``-c``)."""
    for _, line in lines_of(text):
        named = _NAMES.match(line)
        if named:
            yield named.group(1)


def lines_of(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines that say something, continued ones as one, each with its first number."""
    number = 1
    for line in _CONTINUATION.sub("\0", text).splitlines():
        plain = without_comment(line.replace("\0", " "))
        if plain:
            yield number, plain
        number += 1 + line.count("\0")
