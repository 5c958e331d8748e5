"""Where the parts of one repository have their counterparts in another layout."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from posixpath import basename
from typing import Any

from relayout.evolution.parts import Bound, Part, Parts
from relayout.rendering import recorded_answers
from relayout.tree import Tree

_TOKEN = re.compile(r"\{(\w+)\}|(\*)|([^{*]+)")
_CENTRIC = "pipelines"
"""The package of the layout pipeline-centric, which no answer records."""


@dataclass(frozen=True, slots=True)
class Side:
    """What the answers say of a repository on one layout: its package and its pipelines."""

    layout: str
    package: str
    pipelines: tuple[str, ...] = ()


def side_of(answers: Mapping[str, Any], tree: Tree | None = None) -> Side:
    """Return what the answers say; the pipelines are also those that components record in a tree.

    The answers are those of a whole repository: they name a layout.
    """
    layout = str(answers["layout"])
    package = str(answers.get("package") or _CENTRIC)
    named = [str(answers.get("pipeline") or "")]
    for path in component_answers(tree) if tree is not None else ():
        named.append(str(recorded_answers(tree.read(path)).get("pipeline") or ""))  # type: ignore[union-attr]
    pipelines = tuple(dict.fromkeys(name for name in named if name))
    return Side(layout, _CENTRIC if layout == "pipeline-centric" else package, pipelines)


def component_answers(tree: Tree) -> list[str]:
    """Return the answers files of components: those that do not stand in the root."""
    return sorted(p for p in tree if basename(p) == ".copier-answers.yml" and "/" in p)


@dataclass(frozen=True, slots=True)
class Match:
    """A path is in a part: what the placeholders stand for, and the rest of the path within it."""

    part: Part
    names: Mapping[str, str]
    rest: str


class Counterparts:
    """Finds the counterpart of a path, for one repository and one new layout."""

    def __init__(self, parts: Parts, old: Side, new: Side, tree: Collection[str]) -> None:
        self._parts = parts
        self._old, self._new = old, new
        self._patterns = [
            (part, _pattern(part.sources[old.layout], old))
            for part in parts.parts
            if old.layout in part.sources and new.layout in part.targets
            if not part.given or _any(_pattern(part.given, old), tree)
        ]
        self._own = [_pattern(place, old) for place in parts.own.get(old.layout, ())]

    def match(self, path: str) -> Match | None:
        """Return the first part that has a path, or None."""
        for part, pattern in self._patterns:
            found = pattern.fullmatch(path)
            if found:
                named = found.groupdict("")
                rest = named.pop("rest", "")
                return Match(part, named, rest)
        return None

    def is_own(self, path: str) -> bool:
        """Tell whether a path that the old layout rendered is the layout's, not its sample's."""
        match = self.match(path)
        is_listed = any(pattern.fullmatch(path) for pattern in self._own)
        return match is None or match.part.is_own or is_listed

    def places(self, match: Match) -> Iterator[str]:
        """Yield where a match may go in the new layout, in order of preference."""
        names = {"package": self._new.package, "before": self._old.package, **match.names}
        for place in match.part.targets[self._new.layout]:
            yield place.format_map(names) + match.rest

    def bound(self, tree: Iterable[str]) -> Iterator[tuple[Bound, list[str]]]:
        """Yield what has no counterpart in the new layout, with the paths of it in the tree."""
        paths = sorted(tree)
        for bound in self._parts.bound:
            if bound.layout != self._old.layout or self._new.layout in bound.also:
                continue
            pattern = _pattern(bound.path, self._old)
            found = [path for path in paths if pattern.fullmatch(path)]
            if found:
                yield bound, found


def _any(pattern: re.Pattern[str], paths: Iterable[str]) -> bool:
    return any(pattern.fullmatch(path) for path in paths)


def _pattern(place: str, side: Side) -> re.Pattern[str]:
    """Return what finds a place of the table, and all below it; nothing if it needs a pipeline."""
    known = "|".join(re.escape(name) for name in sorted(side.pipelines, key=len, reverse=True))
    meanings = {
        "package": re.escape(side.package),
        "before": re.escape(side.package),
        "pipeline": f"(?P<pipeline>{known or '(?!)'})",
        "each": r"(?P<each>[^/]+)",
    }
    seen: set[str] = set()
    pieces: list[str] = []
    for name, star, text in _TOKEN.findall(place):
        if name in ("pipeline", "each") and name in seen:
            pieces.append(f"(?P={name})")
        else:
            pieces.append(meanings[name] if name else "[^/]*" if star else re.escape(text))
        seen |= {name} - {""}
    return re.compile("".join(pieces) + "(?P<rest>/.*)?")
