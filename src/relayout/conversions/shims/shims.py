"""Shims: what was imported from an old path still is, with a warning that names the new one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, count
from posixpath import basename, dirname

from relayout.conversions.conversion import Conversion
from relayout.conversions.shims.places import (
    hidden_by,
    hides_quarantine,
    is_identifier,
    own_marker,
    shim_place,
)
from relayout.conversions.shims.removal import removal_version
from relayout.conversions.shims.texts import shim_text, support_text
from relayout.inventory import Inventory
from relayout.inventory.dagster.loading import loaded_with_components
from relayout.inventory.paths_of_tests import is_for_tests
from relayout.inventory.python import PythonFile, read_python
from relayout.inventory.references import decoded
from relayout.inventory.search_paths import module_name
from relayout.inventory.shims import SUPPORT, is_support, looks_like_shim
from relayout.notebook import is_notebook
from relayout.planning.homes import Home, home_of
from relayout.planning.plan import Finding
from relayout.planning.split import Split
from relayout.rewriting.destination import Destination
from relayout.tree import Tree, ancestors, is_within

_TOOLS = frozenset({"setup.py", "conftest.py"})
_MARKER = "__init__.py"


@dataclass(frozen=True, slots=True)
class _Old:
    """A module of the tree before that needs a shim: where that goes, and what it stands for.

    ``targets`` are paths after; ``names`` those that the further ones have, by dotted name.
    """

    path: str
    place: str
    home: Home
    targets: tuple[str, ...]
    names: Mapping[str, Sequence[str]] = field(default_factory=dict)


def shims_for(
    original: Inventory, destination: Destination, splits: Sequence[Split], after: Tree
) -> Conversion:
    """Return the shims of the modules that moved into packages of a layout.

    ``original`` is the inventory of the tree before anything, ``destination`` says where its files,
    and the parts of ``splits``, are now, and ``after`` is the tree that the shims are added to. A
    module whose old name cannot be kept is a finding.
    """
    shims = _Shims(original, destination, {split.path: split for split in splits}, after)
    shims.make()
    return Conversion(additions=shims.made, findings=tuple(shims.findings))


class _Shims:
    def __init__(
        self,
        inventory: Inventory,
        destination: Destination,
        splits: Mapping[str, Split],
        after: Tree,
    ) -> None:
        self._inventory = inventory
        self._destination = destination
        self._splits = splits
        self._after = after
        self._taken = {path.casefold() for path in after}
        self._loaded_again = loaded_with_components(inventory)
        self._support: dict[Home, str] = {}
        self._imported = {
            file
            for path in inventory.python
            for _, resolution in inventory.resolutions(path)
            for file in resolution.files[:1]
            if file != path
        }
        self.made: dict[str, bytes] = {}
        self.findings: list[Finding] = []
        self._in_quarantine: dict[str, list[_Old]] = {}

    def make(self) -> None:
        """Make all shims, then the package markers that they need."""
        for old in self._moved():
            self._make_one(old)
        self.findings += self._about_quarantine()
        for path in list(self.made):
            self.made |= dict.fromkeys(self._missing_markers(path), b"")

    def _moved(self) -> Iterator[_Old]:
        """Yield the modules that are in a package of the layout now, under other names."""
        homes = self._destination.homes
        for path, file in self._inventory.python.items():
            parts = self._splits[path].parts if path in self._splits else ()
            targets = [self._destination.of_file(p) for p in (path, *(part.path for part in parts))]
            home = home_of(targets[0], homes)
            if targets == [path] or home is None or not self._may_be_imported(path, file):
                continue
            place = shim_place(path, self._inventory.tree, homes)
            dotted = [module_name(target) for target in targets]
            hidden = f"{path.removesuffix('.py')}/{_MARKER}" in self._inventory.tree
            if hidden or dotted == [module_name(place)] or self._is_only_run(path, place):
                continue
            names = {module_name(t): p.names for t, p in zip(targets[1:], parts, strict=True)}
            yield _Old(path, place, home, tuple(targets), names)

    def _may_be_imported(self, path: str, file: PythonFile) -> bool:
        """Tell whether others may import a module by its old name."""
        return not (
            is_notebook(path)
            or is_for_tests(path)
            or basename(path) in _TOOLS
            or not is_identifier(path)
            or path in self._inventory.frameworks
            or looks_like_shim(file)
            or is_support(file)
            or (basename(path) == _MARKER and not _binds_or_acts(file))
        )

    def _is_only_run(self, path: str, place: str) -> bool:
        """Tell whether a module outside of the layout's packages is no module to anybody.

        Nothing imports it, and it is a program, or does not stand in a regular package.
        """
        if home_of(place, self._destination.homes) is not None or path in self._imported:
            return False
        file = self._inventory.python[path]
        return (
            file.is_script or file.acts or f"{dirname(path)}/{_MARKER}" not in self._inventory.tree
        )

    def _make_one(self, old: _Old) -> None:
        place, problem = self._free_place(old)
        if problem:
            names = [module_name(target) for target in old.targets]
            message = f"the old import path {module_name(old.place)} is gone: {problem}"
            help_ = f"What is outside of the repository has to import {', '.join(names)}."
            self.findings.append(Finding("no-shim", old.targets[0], 0, message, help_))
        if problem or not place:
            return
        support = self._support_of(old.home)
        project = old.home.pyproject
        text = decoded(self._after.read(project))[0] if project in self._after else ""
        targets = [module_name(target) for target in old.targets]
        self.made[place] = shim_text(support, targets, removal_version(text), old.names)

    def _free_place(self, old: _Old) -> tuple[str, str]:
        """Return where a shim can stand, and why there is no such place."""
        if old.path in self._loaded_again:
            return "", "Dagster loads its folder, and would have its resources twice"
        marker = own_marker(old.place, self._after)
        if old.place in old.targets:
            return "", self._what_is_missing(old)
        if marker is not None:
            return marker, self._what_hides(old, dirname(marker), marker)
        if old.place.casefold() in self._taken:
            return "", f"{old.place} is another module now"
        if hides_quarantine(old.place, self._after, self._destination.homes):
            top = module_name(old.place).partition(".")[0]
            self._in_quarantine.setdefault(top, []).append(old)
            return "", ""
        hidden = hidden_by(old.place, self._after)
        return old.place, f"{hidden} stands where its package was" if hidden else ""

    def _about_quarantine(self) -> Iterator[Finding]:
        """Yield one finding for each top-level name that quarantined code has as well."""
        for top, given_up in self._in_quarantine.items():
            first = given_up[0]
            names = module_name(first.place)
            if len(given_up) > 1:
                names = f"{names} (and {len(given_up) - 1} more of {top})"
            why = "quarantined code has its own modules under that name"
            message = f"the old import path {names} is gone: {why}"
            help_ = "What is outside of the repository has to import the new paths."
            yield Finding("no-shim", first.targets[0], 0, message, help_)

    def _what_is_missing(self, old: _Old) -> str:
        """Return which names are no longer in a module that has kept its path."""
        there = _names_of(self._after, old.place)
        gone = [name for names in old.names.values() for name in names if name not in there]
        return f"{old.place} no longer has {', '.join(gone)}" if gone else ""

    def _what_hides(self, old: _Old, folder: str, marker: str) -> str:
        """Return why the marker of a package cannot be the shim of the module of its name."""
        if marker in self._after and self._after.read(marker).strip():
            return f"{marker} is another module now"
        start = len(folder) + 1
        inside = {m[start:].partition("/")[0] for m in self._after.modules if is_within(m, folder)}
        submodules = {name.removesuffix(".py") for name in inside}
        both = sorted(submodules & self._inventory.python[old.path].defines)
        return f"{folder} is a package now, whose modules hide {', '.join(both)}" if both else ""

    def _support_of(self, home: Home) -> str:
        """Return the dotted name of the module that shims of a package call; add it if need be."""
        if home not in self._support:
            numbered = (f"{home.root}/{SUPPORT}_{number}.py" for number in count(2))
            places = chain([f"{home.root}/{SUPPORT}.py"], numbered)
            path = next(place for place in places if self._can_be_support(place))
            self.made[path] = support_text()
            self._support[home] = module_name(path)
        return self._support[home]

    def _can_be_support(self, path: str) -> bool:
        """Tell whether a path is free for the support module, or has it from an earlier time."""
        if path in self._after:
            return is_support(read_python(path, self._after))
        return path.casefold() not in self._taken and path[:-3] not in self._after.folders

    def _missing_markers(self, path: str) -> Iterator[str]:
        """Yield the markers that the folders of a shim had, or need in a package of the layout."""
        homes = self._destination.homes
        for folder in ancestors(path):
            marker = f"{folder}/{_MARKER}"
            if not folder or marker in self._after or marker in self.made:
                continue
            if marker in self._inventory.tree or home_of(marker, homes) is not None:
                yield marker


def _binds_or_acts(file: PythonFile) -> bool:
    return bool(file.defines or file.statements or file.acts)


def _names_of(tree: Tree, path: str) -> frozenset[str]:
    """Return what a module binds at its top level; nothing if it cannot be read."""
    return read_python(path, tree).defines
