"""Dependencies that a repository declares: ``requirements*.txt``, Pipfile, conda, pyproject.

The format of requirements files is pip's
(https://pip.pypa.io/en/stable/reference/requirements-file-format/).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from fnmatch import fnmatch
from posixpath import basename, dirname, join, normpath

import tomlkit
from packaging.requirements import InvalidRequirement
from tomlkit.exceptions import TOMLKitError

from relayout.inventory.conda import environment_files, read_environment
from relayout.inventory.constraints import Constraints
from relayout.inventory.declared import (
    Declared,
    distribution_name,
    import_name,
    parse_requirement,
    table_at,
)
from relayout.inventory.lock_files import is_compiled_from_project, is_export, locked_versions
from relayout.inventory.pipfile import read_pipfile
from relayout.inventory.requirement_files import decode, group_of, is_bounds, lines_of
from relayout.inventory.requirement_lines import is_the_project, read_line
from relayout.tree import Tree

_INCLUDED = re.compile(r"(?:-r|--requirement)[=\s]*(\S+)")
_CONSTRAINED = re.compile(r"(?:-c|--constraint)[=\s]*(\S+)")
_AIRFLOW = frozenset({"apache-airflow", "apache-airflow-core"})
"""What asks to be installed with constraints that others need not meet
(https://airflow.apache.org/docs/apache-airflow/stable/installation/installing-from-pypi.html)."""
_MOST_INCLUDED = 50
"""Files that one file may include; nobody has as many."""


def requirement_files(tree: Tree) -> list[str]:
    """Return the requirements files that stand at the root or in ``requirements/``."""
    return sorted(
        path
        for path in tree
        if dirname(path) in ("", "requirements")
        and path.endswith((".txt", ".in"))
        and (fnmatch(basename(path), "*requirements*") or dirname(path) == "requirements")
        and not (path.endswith(".txt") and f"{path[:-4]}.in" in tree)
        and not is_bounds(path)
        and tree.is_regular(path)
    )


def read_requirements(tree: Tree) -> list[Declared]:
    """Return what requirements files, the Pipfile and conda declare, each once a group.

    Files that a lock file, or a compiler of requirements, made of what others declare are left
    out.
    """
    found: dict[tuple[str, str], Declared] = {}
    for declared in _all(tree):
        found.setdefault((declared.group, declared.text), declared)
    return list(found.values())


def read_alone(tree: Tree, path: str) -> list[Declared]:
    """Return what a requirements file declares that is for an environment of its own."""
    found: dict[str, Declared] = {}
    for declared in _Reader(tree).read_alone(path):
        found.setdefault(declared.text, declared)
    return list(found.values())


def _all(tree: Tree) -> Iterator[Declared]:
    reader = _Reader(tree)
    yield from reader.read_all()
    yield from read_pipfile(tree)
    for path in environment_files(tree):
        yield from read_environment(tree, path, group_of_environment(path), reader.read_text)


def group_of_environment(path: str) -> str:
    """Return the dependency group that a conda environment is for; empty for the main one."""
    stem = re.sub(r"\.ya?ml$", "", path.lower())
    words = [w for w in re.split(r"[-_.]", stem) if w not in {"environment", "env", "conda"}]
    return group_of("-".join(words))


class _Reader:
    """Reads the requirements files of one tree, with what they include."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        files = requirement_files(tree)
        texts = {path: decode(tree.read(path)) for path in files}
        named = {p for path in files for p in self._files_named(path, texts[path], _CONSTRAINED)}
        locked = locked_versions(tree) if files else {}
        self._files = [
            path
            for path in files
            if path not in named
            and not is_compiled_from_project(tree, texts[path])
            and not (locked and is_export(self._own_lines(path, texts[path]), locked))
        ]

    def _files_named(self, path: str, text: str, option: re.Pattern[str]) -> Iterator[str]:
        for _, line in lines_of(text):
            named = option.match(line)
            if named:
                yield normpath(join(dirname(path), named.group(1)))

    def _own_lines(self, path: str, text: str) -> list[Declared]:
        return [
            read_line(self._tree, line, path, number, "")
            for number, line in lines_of(text)
            if not line.startswith("-")
        ]

    def read_all(self) -> Iterator[Declared]:
        """Yield what the files declare, one after the other."""
        for path in self._files:
            text = decode(self._tree.read(path))
            adds = any(group_of(other) == "" for other in self._files_named(path, text, _INCLUDED))
            found = self.read_text(path, text, group_of(path))
            has_airflow = any(distribution_name(d.text) in _AIRFLOW for d in found)
            yield from (replace(d, is_apart=has_airflow and not adds) for d in found)

    def read_alone(self, path: str) -> Iterator[Declared]:
        """Yield what one file declares, with all that it includes."""
        self._files = []  # so that nothing is there without being asked for
        for declared in self.read_text(path, decode(self._tree.read(path)), group_of(path)):
            yield replace(declared, is_apart=True)

    def read_text(
        self, path: str, text: str, group: str, seen: set[str] | None = None
    ) -> list[Declared]:
        """Return what the text of a requirements file declares, with what it includes.

        No file is included twice: ``seen`` are those that were.
        """
        seen = set() if seen is None else seen
        seen.add(path)
        found: list[Declared] = []
        constraints = Constraints()
        for number, line in lines_of(text):
            included, constrained = _INCLUDED.match(line), _CONSTRAINED.match(line)
            if included:
                found += self._included(included.group(1), path, number, line, group, seen)
            elif constrained:
                found += self._constrained(constraints, constrained.group(1), path, number, line)
            elif not is_the_project(line):
                found.append(read_line(self._tree, line, path, number, group))
        return constraints.applied_to(found)

    def _included(
        self, named: str, path: str, number: int, line: str, group: str, seen: set[str]
    ) -> list[Declared]:
        other = normpath(join(dirname(path), named))
        if other in seen or len(seen) > _MOST_INCLUDED:
            return []
        if not self._tree.is_regular(other):
            return [Declared(line, path, number, group, "names a file that git does not have")]
        if other in self._files and group_of(other) == "":  # it is there without being asked for
            return []
        text = decode(self._tree.read(other))
        return self.read_text(other, text, group, seen)

    def _constrained(
        self, constraints: Constraints, named: str, path: str, number: int, line: str
    ) -> list[Declared]:
        other = normpath(join(dirname(path), named))
        if not self._tree.is_regular(other):
            return [Declared(line, path, number, "", "names a file that git does not have")]
        for at, text in lines_of(decode(self._tree.read(other))):
            constraints.add(read_line(self._tree, text, other, at, ""))
        return []


def dependency_names(tree: Tree, declared: Iterable[Declared]) -> frozenset[str]:
    """Return the import names of everything that the repository declares as a dependency."""
    texts = [d.text for d in declared if not d.problem]
    if tree.is_regular("pyproject.toml"):
        texts += _pyproject_dependencies(tree.read("pyproject.toml"))
    names = set()
    for text in texts:
        try:
            names.add(import_name(parse_requirement(text).name))
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
