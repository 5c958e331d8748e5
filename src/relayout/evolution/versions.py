"""What a version of the suite declares to have moved, read from ``migrations/versions``.

A declaration names paths as the template does, with the answers in them. docs/reference/versions.md
says what it may hold.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from posixpath import dirname
from typing import Any

import yaml
from jinja2 import StrictUndefined, TemplateError, meta
from jinja2.sandbox import SandboxedEnvironment
from packaging.version import InvalidVersion, Version

from relayout.errors import Refusal
from relayout.evolution.answers import AnswerChange
from relayout.planning.split import Part, Split
from relayout.rendering import LAYOUTS
from relayout.tree import is_within

SCOPES = ("repository", "package", "pipeline", "asset-group")
_JINJA = SandboxedEnvironment(undefined=StrictUndefined, autoescape=False)


@dataclass(frozen=True)
class Extent:
    """For which answers something is declared: layouts and scopes, empty for all of them."""

    layouts: frozenset[str] = frozenset()
    scopes: frozenset[str] = frozenset()

    def covers(self, answers: Mapping[str, Any]) -> bool:
        """Tell whether a rendering with these answers is meant."""
        scope = str(answers.get("scope", "repository"))
        in_layout = not self.layouts or answers.get("layout") in self.layouts
        return in_layout and (not self.scopes or scope in self.scopes)


@dataclass(frozen=True)
class Renaming:
    """One thing has another name, both as templates; ``names`` are those that a split moves."""

    old: str
    new: str
    extent: Extent = Extent()
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Removal:
    """A path that is rendered no longer and has no successor, and why."""

    path: str
    reason: str
    extent: Extent = Extent()


@dataclass(frozen=True)
class Declared:
    """What one version of the suite declares."""

    version: Version
    moves: tuple[Renaming, ...] = ()
    splits: tuple[Renaming, ...] = ()
    entry_points: tuple[Renaming, ...] = ()
    removals: tuple[Removal, ...] = ()
    answers: tuple[AnswerChange, ...] = ()

    def moves_of(
        self,
        paths: Iterable[str],
        answers: Mapping[str, Any],
        rendered: Collection[str] | None = None,
    ) -> dict[str, str]:
        """Return where those of the paths go that this version moves.

        The answers are those that the paths were rendered with. The first rule that matches holds;
        one that matches none of the ``rendered`` paths is about another repository: what stands
        there in this one was never the template's.
        """
        rules = [*_rendered(self.moves, answers)]
        if rendered is not None:
            rules = [rule for rule in rules if any(_target(path, *rule) for path in rendered)]
        return _places(paths, rules)

    def origins_of(self, paths: Iterable[str], answers: Mapping[str, Any]) -> dict[str, str]:
        """Return where those of the paths stood that this version brought to where they are."""
        rules = [(new, old) for old, new in _rendered(self.moves, answers)]
        return _places(paths, rules)

    def splits_of(self, paths: Iterable[str], answers: Mapping[str, Any]) -> tuple[Split, ...]:
        """Return how those of the paths are divided that this version divides."""
        there = frozenset(paths)
        parts: dict[str, list[Part]] = {}
        for split in self.splits:
            for old, new in _rendered((split,), answers):
                if old in there and new not in there:
                    parts.setdefault(old, []).append(Part(new, "", split.names))
        return tuple(Split(path, "", tuple(found)) for path, found in parts.items())

    def removals_of(self, paths: Iterable[str], answers: Mapping[str, Any]) -> frozenset[str]:
        """Return those of the paths that this version says are rendered no longer."""
        covering = [one for one in self.removals if one.extent.covers(answers)]
        gone = [path for one in covering if (path := _text(one.path, answers))]
        return frozenset(p for p in paths if any(_matches(p, path) for path in gone))

    def entry_points_of(self, answers: Mapping[str, Any]) -> dict[str, str]:
        """Return the console scripts that this version calls otherwise: the new name by the old."""
        return dict(_rendered(self.entry_points, answers))


def crossed(declared: Iterable[Declared], old: Version, new: Version) -> tuple[Declared, ...]:
    """Return what an update from one version to another crosses, in the order of the versions."""
    between = [one for one in declared if old < one.version <= new]
    return tuple(sorted(between, key=lambda one: one.version))


def parse_version(text: str, name: str) -> Declared:
    """Return what the file ``<version>.yml`` declares. Raises Refusal where it is not right."""
    try:
        version = Version(name.removesuffix(".yml"))
        content = yaml.safe_load(text) or {}
    except InvalidVersion:
        raise Refusal(f"{name}: a file of versions is called <version>.yml: 1.2.0.yml") from None
    except yaml.YAMLError as error:
        raise Refusal(f"{name} is not YAML: {' '.join(str(error).split())}") from None
    known = {"moves", "splits", "entry_points", "removed", "answers"}
    if not isinstance(content, dict) or not content.keys() <= known:
        unknown = sorted(set(content) - known) if isinstance(content, dict) else []
        problem = f"it declares {unknown[0]}" if unknown else "it declares nothing"
        raise Refusal(f"{name}: {problem}", f"A version declares: {', '.join(sorted(known))}.")
    reader = _Reader(name, content)
    return Declared(
        version,
        tuple(reader.renamings("moves")),
        tuple(reader.renamings("splits")),
        tuple(reader.renamings("entry_points")),
        tuple(reader.removals()),
        tuple(reader.answers()),
    )


class _Reader:
    """Reads the lists of one file."""

    def __init__(self, name: str, content: Mapping[str, Any]) -> None:
        self._name = name
        self._content = content

    def renamings(self, key: str) -> Iterator[Renaming]:
        """Yield what moves, is split or is renamed."""
        for entry in self._entries(key, {"from", "to"}, {"names"} if key == "splits" else set()):
            old, new = self._path(entry, "from"), self._path(entry, "to")
            if key != "entry_points" and old.count("*") != new.count("*"):
                raise self._refusal(f"{old} and {new} have not the same number of *")
            if old.count("*") > 1:
                raise self._refusal(f"{old} has more than one *")
            if key == "splits" and dirname(old) != dirname(new):
                raise self._refusal(f"{new} does not stand beside {old}; moves say where it goes")
            names = tuple(self._strings(entry, "names"))
            if key == "splits" and not names:
                raise self._refusal(f"the split of {old} has no names")
            yield Renaming(old, new, self._extent(entry), names)

    def removals(self) -> Iterator[Removal]:
        """Yield what is rendered no longer."""
        for entry in self._entries("removed", {"path", "reason"}):
            path = self._path(entry, "path")
            yield Removal(path, str(entry["reason"]), self._extent(entry))

    def answers(self) -> Iterator[AnswerChange]:
        """Yield the questions that have another name, or take other values."""
        entries = self._content.get("answers") or []
        for entry in entries if isinstance(entries, list) else [entries]:
            keys = set(entry) if isinstance(entry, dict) else set()
            if not ({"from", "to"} <= keys <= {"from", "to", "values"} or keys == {"of", "values"}):
                raise self._refusal("answers have 'from' and 'to', or 'of', and 'values'")
            values = entry.get("values") or {}
            if not isinstance(values, dict):
                raise self._refusal("'values' of an answer are pairs of the old and the new value")
            old, new = str(entry.get("from", entry.get("of"))), entry.get("to", entry.get("of"))
            yield AnswerChange(old, str(new), values)

    def _entries(
        self, key: str, needed: set[str], more: set[str] | None = None
    ) -> Iterator[Mapping[str, Any]]:
        entries = self._content.get(key) or []
        allowed = needed | (more or set()) | {"layouts", "scopes"}
        for entry in entries if isinstance(entries, list) else [entries]:
            if not isinstance(entry, dict) or not needed <= entry.keys() <= allowed:
                raise self._refusal(f"each of {key} has {', '.join(sorted(needed))}")
            yield entry

    def _extent(self, entry: Mapping[str, Any]) -> Extent:
        layouts, scopes = (frozenset(self._strings(entry, key)) for key in ("layouts", "scopes"))
        for said, known in ((layouts, LAYOUTS), (scopes, SCOPES)):
            unknown = sorted(said.difference(known))
            if unknown:
                raise self._refusal(f"{unknown[0]} is none of {', '.join(known)}")
        return Extent(layouts, scopes)

    def _strings(self, entry: Mapping[str, Any], key: str) -> list[str]:
        values = entry.get(key) or []
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            raise self._refusal(f"{key} are a list of names")
        return values

    def _path(self, entry: Mapping[str, Any], key: str) -> str:
        value = entry[key]
        if not isinstance(value, str) or not value.strip("/") or ".." in value.split("/"):
            raise self._refusal(f"{value!r} is no path in a repository")
        try:
            _JINJA.parse(value)
        except TemplateError as error:
            raise self._refusal(f"{value}: {error}") from None
        return value.strip("/")

    def _refusal(self, problem: str) -> Refusal:
        return Refusal(f"{self._name}: {problem}", "The form is in docs/reference/versions.md.")


# -- rendering and matching


def _rendered(
    renamings: Iterable[Renaming], answers: Mapping[str, Any]
) -> Iterator[tuple[str, str]]:
    """Yield the old and the new text of what is declared for these answers."""
    for renaming in renamings:
        if renaming.extent.covers(answers):
            old, new = _text(renaming.old, answers), _text(renaming.new, answers)
            if old and new:
                yield old, new


def _text(template: str, answers: Mapping[str, Any]) -> str:
    """Return a template with the answers in it; empty if one of them is missing or empty."""
    names = meta.find_undeclared_variables(_JINJA.parse(template))
    if not all(answers.get(name) for name in names):
        return ""
    return _JINJA.from_string(template).render(answers)


def _places(paths: Iterable[str], rules: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Return where the first rule that matches brings those of the paths that one does."""
    places: dict[str, str] = {}
    for path in paths:
        target = next((new for old, to in rules if (new := _target(path, old, to))), path)
        if target != path:
            places[path] = target
    return places


def _target(path: str, old: str, new: str) -> str:
    """Return where a rule moves a path, or an empty string if it is about others."""
    if "*" in old:
        match = _pattern(old).fullmatch(path)
        return new.replace("*", match.group(1)) + (match.group(2) or "") if match else ""
    return f"{new}{path[len(old) :]}" if is_within(path, old) else ""


def _matches(path: str, removed: str) -> bool:
    return bool(_pattern(removed).fullmatch(path)) if "*" in removed else is_within(path, removed)


def _pattern(text: str) -> re.Pattern[str]:
    """Return what matches a path, or what is below it; ``*`` stands for some of one part."""
    return re.compile(re.escape(text).replace(r"\*", "([^/]+)", 1) + r"(/.*)?")
