"""Files that name files: one module for each kind reads what a file of that kind names.

A reader takes the text of a file, its path and the tree, and returns references. It never raises
for what a file contains, and takes a word for a reference only if, read as the program that reads
the file would, it names something. What is done with a reference is the same for all kinds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from relayout.rewriting.references.markdown import is_markdown, read_markdown
from relayout.rewriting.references.mkdocs import is_mkdocs, read_mkdocs
from relayout.rewriting.references.notebook_cells import is_followed_notebook, read_notebook
from relayout.rewriting.references.reference import Reference
from relayout.rewriting.references.restructured_text import (
    is_restructured_text,
    read_restructured_text,
)
from relayout.rewriting.references.shell import is_shell, read_shell
from relayout.tree import Tree

_Reader = Callable[[str, str, Tree], Iterable[Reference]]

READERS: tuple[tuple[Callable[[str], bool], _Reader], ...] = (
    (is_shell, read_shell),
    (is_markdown, read_markdown),
    (is_restructured_text, read_restructured_text),
    (is_mkdocs, read_mkdocs),
    (is_followed_notebook, read_notebook),
)
"""Whether a reader is for the file at a path, and the reader. A file may have several."""
_LARGEST = 2_000_000
"""A larger file, in bytes, is data."""
_LARGEST_NOTEBOOK = 50_000_000
"""Notebooks hold pictures."""


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
    if len(content) > (_LARGEST_NOTEBOOK if is_followed_notebook(path) else _LARGEST):
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
