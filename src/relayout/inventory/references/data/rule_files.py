"""Snakemake and Nextflow: what their rules seem to name is reported when it moves.

Their files are programs in languages of their own, with paths that count from the folder of the
file or from that of the run (https://snakemake.readthedocs.io/en/stable/snakefiles/rules.html,
https://www.nextflow.io/docs/latest/script.html): nothing in them is changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from posixpath import basename

from relayout.inventory.references.data.keyed_yaml import is_path
from relayout.inventory.references.reference import Base, Reference, beside, named_from
from relayout.tree import Tree

KIND = "rules"
_LINE = re.compile(r"[^\n]+")
_WORD = re.compile(r"[\w./-]*[\w-]")
_LONGEST = 20_000
_DOUBT = "and rules are not changed by this program"


def is_rules(path: str) -> bool:
    """Tell whether a file has rules of Snakemake or Nextflow, by its name."""
    return basename(path) == "Snakefile" or path.endswith((".smk", ".nf"))


def read_rules(text: str, path: str, tree: Tree) -> Iterator[Reference]:
    """Yield the files that words with a slash, or programs, seem to name."""
    for line in _LINE.finditer(text):
        if line[0].lstrip().startswith(("#", "//")) or len(line[0]) > _LONGEST:
            continue
        for match in _WORD.finditer(line[0]):
            found = _named(match[0], path, tree)
            if found is not None:
                base, named = found
                start = line.start() + match.start()
                end = start + len(match[0])
                place = Reference(start, end, match[0], named, KIND, base, doubt=_DOUBT)
                yield replace(place, runs=named.endswith(".py"))


def _named(word: str, path: str, tree: Tree) -> tuple[Base, str] | None:
    if not is_path(word) or not ("/" in word or word.endswith((".py", ".sh", ".R", ".nf", ".smk"))):
        return None
    for base in (beside(path), Base()):
        named = named_from(base.folder, word)
        if named is not None and named in tree:
            return base, named
    return None
