"""Dependencies that a repository declares in ``requirements*.txt`` and ``pyproject.toml``.

The format is pip's (https://pip.pypa.io/en/stable/reference/requirements-file-format/), each
requirement PEP 508's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatch
from posixpath import basename, dirname, join, normpath
from typing import Any

import tomlkit
from packaging.requirements import InvalidRequirement, Requirement
from tomlkit.exceptions import TOMLKitError

from relayout.tree import Tree

_IMPORT_NAMES = {
    "beautifulsoup4": "bs4",
    "google-cloud-storage": "google",
    "google-cloud-bigquery": "google",
    "kafka-python": "kafka",
    "opencv-python": "cv2",
    "pillow": "PIL",
    "psycopg2-binary": "psycopg2",
    "pyjwt": "jwt",
    "python-dateutil": "dateutil",
    "python-dotenv": "dotenv",
    "pyyaml": "yaml",
    "scikit-learn": "sklearn",
    "confluent-kafka": "confluent_kafka",
}
"""Distributions of the field whose import name is not their own name."""

_CONTINUATION = re.compile(r"\\\r?\n")
_COMMENT = re.compile(r"(^|\s)#.*$")
_HASH = re.compile(r"\s--hash[=\s]\S+")
_CREDENTIALS = re.compile(r"//[^/\s]*@")


@dataclass(frozen=True, slots=True)
class Declared:
    """One requirement: its text, the file and line it stands in, and the group the file names.

    The group is empty for what the code needs to run; ``problem`` says why a line is not a
    requirement that a ``pyproject.toml`` can hold.
    """

    text: str
    file: str
    line: int
    group: str = ""
    problem: str = ""

    @property
    def shown(self) -> str:
        """The text as a report may show it: without the name and password of a URL."""
        return _CREDENTIALS.sub("//***@", self.text)


def import_name(distribution: str) -> str:
    """Return the import name that a distribution most likely has."""
    normal = re.sub(r"[-_.]+", "-", distribution).lower()
    return _IMPORT_NAMES.get(normal, normal.replace("-", "_"))


def requirement_files(tree: Tree) -> list[str]:
    """Return the requirements files that stand at the root or in ``requirements/``."""
    return sorted(
        path
        for path in tree
        if dirname(path) in ("", "requirements")
        and path.endswith((".txt", ".in"))
        and (fnmatch(basename(path), "*requirements*") or dirname(path) == "requirements")
        and not (path.endswith(".txt") and f"{path[:-4]}.in" in tree)
    )


def group_of(path: str) -> str:
    """Return the dependency group that a requirements file is for; empty for the main one."""
    stem = re.sub(r"\.(txt|in)$", "", basename(path)).lower()
    words = [w for w in re.split(r"[-_.]", stem) if w not in ("requirements", "base", "main", "")]
    return "-".join(words)


def decode(content: bytes) -> str:
    """Return a requirements file's text; PowerShell's ``>`` writes UTF-16 with a BOM."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", errors="replace")
    return content.decode("utf-8-sig", errors="replace")


def read_requirements(tree: Tree) -> list[Declared]:
    """Return what the requirements files declare, in order, each requirement once a group."""
    found: dict[tuple[str, str], Declared] = {}
    for path in requirement_files(tree):
        for declared in _read_file(tree, path, group_of(path), ()):
            found.setdefault((declared.group, declared.text), declared)
    return list(found.values())


def _read_file(tree: Tree, path: str, group: str, above: tuple[str, ...]) -> Iterable[Declared]:
    text = _CONTINUATION.sub(" ", decode(tree.read(path)))
    for number, raw in enumerate(text.splitlines(), 1):
        line = _HASH.sub("", _COMMENT.sub("", raw)).strip()
        if not line:
            continue
        included = re.match(r"(?:-r|--requirement)[=\s]*(\S+)", line)
        if included:
            other = normpath(join(dirname(path), included.group(1)))
            if other in tree and other not in (path, *above) and group_of(other) != "":
                yield from _read_file(tree, other, group, (*above, path))
        elif line.startswith("-"):
            if not re.match(r"(-e|--editable)[=\s]+\.\s*$", line):
                yield Declared(line, path, number, group, "is an option of pip's")
        else:
            yield _requirement(line, path, number, group)


def _requirement(line: str, path: str, number: int, group: str) -> Declared:
    try:
        Requirement(line)
    except InvalidRequirement:
        return Declared(line, path, number, group, "is not a PEP 508 requirement")
    return Declared(line, path, number, group)


def dependency_names(tree: Tree, declared: Iterable[Declared]) -> frozenset[str]:
    """Return the import names of everything that the repository declares as a dependency."""
    texts = [d.text for d in declared if not d.problem]
    if "pyproject.toml" in tree:
        texts += _pyproject_dependencies(tree.read("pyproject.toml"))
    names = set()
    for text in texts:
        try:
            names.add(import_name(Requirement(text).name))
        except InvalidRequirement:
            continue
    return frozenset(names)


def _pyproject_dependencies(content: bytes) -> list[str]:
    try:
        document = tomlkit.parse(content.decode("utf-8", errors="replace")).unwrap()
    except TOMLKitError:
        return []
    lists = [table_at(document, "project").get("dependencies", [])]
    lists += table_at(document, "project", "optional-dependencies").values()
    lists += table_at(document, "dependency-groups").values()
    texts = [text for group in lists if isinstance(group, list) for text in group]
    poetry = table_at(document, "tool", "poetry", "dependencies")
    return [t for t in [*texts, *poetry] if isinstance(t, str) and t != "python"]


def table_at(document: Any, *names: str) -> dict[str, Any]:
    """Return the table that the names lead to; an empty one if there is none."""
    for name in names:
        document = document.get(name) if isinstance(document, dict) else None
    return document if isinstance(document, dict) else {}
