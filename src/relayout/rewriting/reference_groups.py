"""Paths that are copied to one place: written anew as several groups where they went apart.

What is copied stands where it is copied to as it does in the repository; each group keeps that.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fnmatch import fnmatchcase
from posixpath import basename, dirname, join

from relayout.inventory.references.reference import Form, Group, Reference
from relayout.rewriting.spelling import Lost, Spelling


class Groups:
    """Writes groups of references for one set of moves."""

    def __init__(self, spelling: Spelling) -> None:
        self._destination = spelling.destination
        self._spelling = spelling

    def of(self, group: Group, file: str) -> str | None:
        """Return what becomes of a group if one of its paths cannot be followed alone.

        It is None if all can, or if not everything can be written.
        """
        alone = [self._spelling.of(one, file) for one in (*group.sources, group.target)]
        if not any(isinstance(result, Lost) for result in alone):
            return None
        by_target: dict[str, list[str]] = {}
        for source in group.sources:
            places = list(self._places(source))
            for literal, place in places:
                text = self._spelling.to(replace(source, form=Form.PATH), literal, file)
                if text is not None and place in self._destination.tree:
                    text = text.rstrip("/")
                target = self._target(group.target, place, file)
                if text is None or target is None:
                    return None
                by_target.setdefault(target, []).append(text)
            if not places:
                return None
        written = (
            group.between.join(sources) + group.gap + target
            for target, sources in by_target.items()
        )
        return group.again.join(written)

    def _target(self, target: Reference, place: str, file: str) -> str | None:
        """Return where a folder is copied to, or the folder of a file."""
        is_file = place in self._destination.tree
        folder = dirname(place) if is_file else place
        text = self._spelling.to(target, folder, file)
        return f"{text.rstrip('/')}/" if text is not None and is_file else text

    def _places(self, source: Reference) -> Iterator[tuple[str, str]]:
        """Yield what to write for a source, each with a file or the folder that it stands for."""
        before, moved = self._destination.before, self._destination.of_file
        if source.form is Form.PATTERN:
            yield from self._of_pattern(source)
        elif source.path in before:
            yield moved(source.path), moved(source.path)
        else:
            for place in self._spelling.places_of(source.path):
                yield place, place

    def _of_pattern(self, source: Reference) -> Iterator[tuple[str, str]]:
        """Yield patterns that match what a pattern matched, or else the files one by one."""
        tail = basename(source.text)
        before, after = self._destination.before, self._destination.tree
        files = [p for p in before if dirname(p) == source.path and fnmatchcase(basename(p), tail)]
        targets = [self._destination.of_file(path) for path in files]
        for folder in dict.fromkeys(map(dirname, targets)):
            here = {target for target in targets if dirname(target) == folder}
            there = {p for p in after if dirname(p) == folder and fnmatchcase(basename(p), tail)}
            if here == there:
                yield join(folder, tail), min(here)
            else:
                yield from ((target, target) for target in sorted(here))
