"""Counts the references of repositories by kind of file: found, followed, reported.

    python benchmarks/references.py FOLDER [NAME...] [--layout L] [--sample N --seed S]

FOLDER holds clones; without names, all of them are read. Each is migrated in memory, at its HEAD,
and not touched. With ``--sample``, as many edits and words that were left alone are shown, chosen
at random: read them, and count how many are wrong.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from posixpath import basename

from measure import table
from relayout.errors import Refusal
from relayout.inventory.references import decoded
from relayout.inventory.references.reference import Reference
from relayout.migration import Migration, migrate
from relayout.planning.plan import Options
from relayout.recipes import Recipe
from relayout.repository import GitError, opened
from relayout.rewriting.destination import Destination
from relayout.rewriting.followed_references import CODE, is_left_alone, is_passed_over
from relayout.rewriting.spelling import Lost, Spelling
from relayout.suite import find_suite, load_recipe, recipes_folder
from relayout.tree import Tree

_WORD = re.compile(r"""[^\s"'`,;|&()<>\[\]{}=$#*!]+""")
_LIKE_A_PATH = re.compile(
    r"(?:[\w.~@%-]*/)+[\w.@%-]*|[\w.-]{2,}(?:\\[\w.-]{2,})+|[\w-]+(?:\.[\w-]+)*\.[A-Za-z]\w{0,5}"
)
_LONGEST = 160


@dataclass(frozen=True, slots=True)
class Shown:
    """A place in a file, and what there is to read about it."""

    place: str
    text: str


@dataclass(slots=True)
class Counted:
    """What was counted in all repositories, by kind of file."""

    found: Counter[str] = field(default_factory=Counter)
    moved: Counter[str] = field(default_factory=Counter)
    followed: Counter[str] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)
    not_read: int = 0
    edits: list[Shown] = field(default_factory=list)
    left: list[list[Shown]] = field(default_factory=list)
    """Words that were left alone, by file."""

    def rows(self) -> list[list[str]]:
        """Return the rows of a table, a kind in each."""
        columns = (self.found, self.moved, self.followed, self.lost)
        rows = [[kind, *(str(column[kind]) for column in columns)] for kind in sorted(self.found)]
        totals = [str(column.total()) for column in columns]
        unread = ["seems to name what moved", "", "", "", str(self.not_read)]
        return [*rows, unread, ["all", *totals[:3], str(self.lost.total() + self.not_read)]]


class Measure:
    """Counts the references of one migration."""

    def __init__(self, name: str, migration: Migration, counted: Counted) -> None:
        self.name = name
        self.tree = migration.before
        self.counted = counted
        self.destination = Destination(self.tree, migration.plan.targets, migration.plan.homes)
        self._references = migration.inventory.references
        self._spelling = Spelling(self.destination)
        self._names = {basename(path) for path in (*self.tree, *self.tree.folders)}

    def count(self) -> int:
        """Count what each file names; return how many references could not be followed."""
        lost = self.counted.lost.total()
        for path, references in self._references.items():
            if not is_left_alone(path, self.destination.of_file(path)):
                self._count(path, references)
        return self.counted.lost.total() - lost

    def _count(self, path: str, references: Sequence[Reference]) -> None:
        lines = _Lines(decoded(self.tree.read(path))[0])
        for reference in references:
            result = self._spelling.of(reference, path)
            kind = reference.kind
            self.counted.found[kind] += 1
            if isinstance(result, Lost) and is_passed_over(reference):
                continue
            if isinstance(result, Lost):
                self.counted.lost[kind] += 1
                self.counted.moved[kind] += 1
                continue
            is_edited = result.text != reference.text
            self.counted.followed[kind] += is_edited
            is_moved = self._spelling.place_of(reference.path) != reference.path
            self.counted.moved[kind] += is_moved or is_edited
            if is_edited:
                self.counted.edits.append(self._shown(path, lines, reference, result.text))
        left = list(self._left(path, lines, references))
        self.counted.left += [left] if left else []

    def _shown(self, path: str, lines: _Lines, reference: Reference, after: str) -> Shown:
        place, line = lines.at(reference.start)
        shown = f"{reference.text} -> {after}    in: {line}"
        return Shown(f"{self.name}/{path}:{place}", shown)

    def _left(self, path: str, lines: _Lines, references: Sequence[Reference]) -> Iterator[Shown]:
        """Yield words like paths that were not taken; a star: git has something of that name."""
        taken = {place for r in references for place in range(r.start, r.end)}
        for word in _WORD.finditer(lines.text):
            plain = word.group().rstrip(".:")
            if not _LIKE_A_PATH.fullmatch(plain) or not re.search(r"\w", plain):
                continue
            if lines.text[word.start() - 1] == "<" or not taken.isdisjoint(range(*word.span())):
                continue  # the end of a tag, or part of a reference
            star = "*" if basename(plain.replace("\\", "/").rstrip("/")) in self._names else " "
            place, line = lines.at(word.start())
            yield Shown(f"{self.name}/{path}:{place}", f"{star} {plain}    in: {line}")


class _Lines:
    """The lines of a text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def at(self, position: int) -> tuple[int, str]:
        """Return the number of the line at a place, and what of it is near."""
        number = bisect_right(self._starts, position)
        start = max(self._starts[number - 1], position - _LONGEST)
        line = self.text[start : start + 2 * _LONGEST].partition("\n")[0]
        return number, line.strip()


def _migrated(folder: Path, recipe: Recipe, layout: str) -> Migration:
    with opened(folder) as repository:
        tree: Tree = repository.tree(repository.head())
        repository.read_ahead(tree)
        return migrate(tree, recipe, Options(layout), lambda plan: None)


def main() -> None:
    """Migrate, count and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--layout", default="src-layout")
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    names = arguments.names or sorted(path.name for path in arguments.folder.iterdir())
    recipe = load_recipe(arguments.layout, recipes_folder(find_suite()))
    counted = Counted()
    for name in names:
        try:
            migration = _migrated(arguments.folder / name, recipe, arguments.layout)
        except (Refusal, GitError) as error:
            print(f"{name}: {error}", file=sys.stderr)
            continue
        lost = Measure(name, migration, counted).count()
        found = [f for f in migration.plan.findings if f.code == CODE and "seems to" in f.message]
        counted.not_read += len(found)
        print(f"{name}: {lost + len(found)} reported", file=sys.stderr)
    head = ["kind of file", "references", "to what moved", "followed", "reported"]
    print(table(head, counted.rows()))
    if arguments.sample:
        _show_sample(counted, arguments.sample, random.Random(arguments.seed))  # noqa: S311


def _show_sample(counted: Counted, count: int, chance: random.Random) -> None:
    """Print edits, and words that were left alone; of those, each file has as good a chance."""
    edits = chance.sample(counted.edits, min(count, len(counted.edits)))
    files = chance.choices(counted.left, k=count) if counted.left else []
    words = dict.fromkeys(chance.choice(file) for file in files)
    for title, shown in (("Edits", edits), ("Words left alone", words)):
        print(f"\n{title}:\n")
        for item in shown:
            print(f"{item.place}\n    {item.text}")


if __name__ == "__main__":
    main()
