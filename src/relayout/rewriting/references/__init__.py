"""Files that name files: one module for each kind reads what a file of that kind names.

A reader takes the text of a file, its path and the tree, and returns references. It never raises
for what a file contains, and takes a word for a reference only if, read as the program that reads
the file would, it names something. What is done with a reference is the same for all kinds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from relayout.rewriting.references.dependency_updates import (
    is_dependabot,
    is_renovate,
    read_dependabot,
    read_renovate,
)
from relayout.rewriting.references.github_actions import is_github_actions, read_github_actions
from relayout.rewriting.references.gitlab_ci import is_gitlab_ci, read_gitlab_ci
from relayout.rewriting.references.jenkins import is_jenkins, read_jenkins
from relayout.rewriting.references.pattern_lines import is_pattern_file, read_pattern_lines
from relayout.rewriting.references.pipelines import is_pipeline, read_pipeline
from relayout.rewriting.references.pre_commit import is_pre_commit, read_pre_commit
from relayout.rewriting.references.quality_services import (
    is_codecov,
    is_labeler,
    is_sonar,
    read_codecov,
    read_labeler,
    read_sonar,
)
from relayout.rewriting.references.reference import Reference
from relayout.rewriting.references.shell import is_shell, read_shell
from relayout.tree import Tree

_Reader = Callable[[str, str, Tree], Iterable[Reference]]

READERS: tuple[tuple[Callable[[str], bool], _Reader], ...] = (
    (is_shell, read_shell),
    (is_github_actions, read_github_actions),
    (is_gitlab_ci, read_gitlab_ci),
    (is_pipeline, read_pipeline),
    (is_jenkins, read_jenkins),
    (is_pattern_file, read_pattern_lines),
    (is_pre_commit, read_pre_commit),
    (is_dependabot, read_dependabot),
    (is_renovate, read_renovate),
    (is_codecov, read_codecov),
    (is_labeler, read_labeler),
    (is_sonar, read_sonar),
)
"""Whether a reader is for the file at a path, and the reader. A file may have several."""
_LARGEST = 2_000_000
"""A larger file, in bytes, is data."""


def decoded(content: bytes) -> tuple[str, str]:
    """Return the text of a file and the encoding that gives its bytes again."""
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    try:
        text = content.decode(encoding)
        if text.encode(encoding) == content:
            return text, encoding
    except UnicodeError:
        pass
    return content.decode("latin-1"), "latin-1"


def read_references(path: str, tree: Tree) -> list[Reference]:
    """Return what a file of the tree names, in order of place; none overlaps another."""
    readers = [read for is_for, read in READERS if is_for(path)]
    if not readers or not tree.is_regular(path):
        return []
    content = tree.read(path)
    if len(content) > _LARGEST:
        return []
    text, _ = decoded(content)
    found = [reference for read in readers for reference in read(text, path, tree)]
    return list(_without_overlaps(found))


def _without_overlaps(found: list[Reference]) -> Iterator[Reference]:
    end = -1
    for reference in sorted(found, key=lambda r: (r.start, -r.end)):
        if reference.start >= end:
            yield reference
            end = reference.end


def files_with_references(tree: Tree, ignored: frozenset[str] = frozenset()) -> list[str]:
    """Return the files of a tree that a reader is for, in order."""
    return [
        path
        for path in sorted(tree)
        if path not in ignored and any(is_for(path) for is_for, _ in READERS)
    ]
