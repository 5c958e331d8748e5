"""A repository changes its layout: three trees in the coordinates of the new one, to be merged.

The user's code comes along, whether the old layout's sample began it or not, and everything that
names it follows. What was the old layout's own (its Makefile, its CI, its tools) goes where nobody
touched it, and the new layout's comes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from posixpath import basename, dirname
from typing import Any

from relayout.evolution.carried_projects import carried_projects
from relayout.evolution.counterparts import Counterparts, component_answers, side_of
from relayout.evolution.joined_projects import ROOT, document_at, joined_projects, members
from relayout.evolution.layout_files import files_that_go, imported_by_what_goes
from relayout.evolution.layout_moves import (
    check_moves,
    counterparts_of,
    moves_by_parts,
    require_counterparts,
)
from relayout.evolution.moves_by_recipe import moves_by_recipe
from relayout.evolution.parts import Parts
from relayout.inventory import take_inventory
from relayout.per_file import PerFile, one_by_one
from relayout.planning.homes import Home
from relayout.planning.plan import Finding
from relayout.recipes import Recipe
from relayout.relocation import Relocated, relocate
from relayout.tree import Tree, ancestors

Answers = Mapping[str, Any]

_LOCKS = frozenset({"uv.lock", "poetry.lock"})


@dataclass(frozen=True)
class Sides:
    """The three sides of a merge: what the old layout rendered, what the user has, what comes."""

    base: Tree
    ours: Tree
    theirs: Tree


@dataclass(frozen=True)
class LayoutChange:
    """The sides by paths of the new layout; ``moves`` are the user's files', by the path before."""

    sides: Sides
    moves: Mapping[str, str]
    findings: tuple[Finding, ...]


def change_layout(
    sides: Sides,
    old: Answers,
    new: Answers,
    parts: Parts,
    recipe: Recipe,
    per_file: PerFile = one_by_one,
) -> LayoutChange:
    """Return the sides of the merge that changes a layout.

    The base is rendered with the ``old`` answers, their side with the ``new`` ones and without a
    sample pipeline; ``recipe`` is that of the new layout. Raises Refusal, before anything is done,
    for what has no counterpart in the new layout.
    """
    base, ours, theirs = sides.base, sides.ours, sides.theirs
    counterparts = counterparts_of(ours, old, new, parts)
    require_counterparts(counterparts, ours, str(old["layout"]), str(new["layout"]))
    inventory = take_inventory(ours, per_file)
    going = files_that_go(base, inventory, theirs, counterparts)
    components = component_answers(ours)
    before, kept = base.without(going), ours.without([*going, *components])
    if old["layout"] == "monorepo":
        package, root = side_of(old).package, document_at(base, ROOT)
        before, kept = (joined_projects(tree, package, root) for tree in (before, kept))
    change = _Change(before, kept, theirs, counterparts, recipe, _home(recipe, new), per_file)
    mine = change.of_the_user()
    mine = replace(mine, tree=_with_packages(mine, change.home, theirs, inventory.python))
    rendered = change.of_the_rendering(mine)
    project = mine.moves.get(_project_of(old), _project_of(old))
    projects = carried_projects(
        rendered.tree, mine.tree, theirs, project, imported_by_what_goes(inventory, going)
    )
    compared = change.base_side(rendered, ours)
    compared = compared.with_content({path: theirs.read(path) for path in projects})
    return LayoutChange(
        sides=Sides(compared, mine.tree.with_content(projects), theirs),
        moves=mine.moves,
        findings=(
            *(one for one in mine.findings if one.path not in projects),
            *_about_joined(ours, kept),
            *_about_kept(change, mine, base, str(old["layout"])),
            *_about_components(components),
            *_about_locks(kept),
        ),
    )


def _home(recipe: Recipe, new: Answers) -> Home:
    """Return the package that the new layout has, once the moves are made."""
    package = side_of(new).package
    return Home(package, recipe.project.format(package=package), recipe.source, recipe.apart)


def _project_of(answers: Answers) -> str:
    """Return the path of the project that a repository installs."""
    side = side_of(answers)
    return f"packages/{side.package}/{ROOT}" if side.layout == "monorepo" else ROOT


@dataclass(frozen=True)
class _Change:
    """The trees before the change, without what goes, and what says where things go."""

    base: Tree
    ours: Tree
    theirs: Tree
    counterparts: Counterparts
    recipe: Recipe
    home: Home
    per_file: PerFile

    def of_the_user(self) -> Relocated:
        """Return the user's tree in the new layout. Raises Refusal for files that collide."""
        by_parts = moves_by_parts(self.counterparts, self.ours, [*self.base], [*self.theirs])
        moves, renamed = self._allowed(by_parts)
        check_moves(moves, self.ours)
        taken = relocate(self.ours, moves, [self.home], per_file=self.per_file)
        taken = replace(taken, findings=(*taken.findings, *renamed))
        return self._sorted_in(taken)

    def of_the_rendering(self, mine: Relocated) -> Relocated:
        """Return what the old layout rendered, at the places that the user's files have now."""
        moves = moves_by_parts(self.counterparts, self.base, [*self.base], [*self.theirs])
        moves, _ = self._allowed(moves)
        moves |= {path: place for path, place in mine.moves.items() if path in self.base}
        return relocate(self.base, moves, [self.home], per_file=self.per_file)

    def base_side(self, rendered: Relocated, before: Tree) -> Tree:
        """Return the side that the other two are compared with: what both of them have.

        What the user deleted, and the new layout has, is as the new layout has it: so it stays
        deleted. ``before`` is the user's whole tree.
        """
        entries: dict[str, bytes] = {}
        for path in self.base:
            place = rendered.moves.get(path, path)
            if place not in self.theirs:
                continue
            if path in self.ours:
                entries[place] = rendered.tree.read(place)
            elif path not in before:
                entries[place] = self.theirs.read(place)
        modes = {path: self.theirs[path].mode for path in entries}
        return Tree.of(entries).with_modes(modes)

    def _allowed(self, moves: Mapping[str, str]) -> tuple[dict[str, str], list[Finding]]:
        """Return moves with names that modules of the new layout may have, and who got another."""
        allowed = dict(moves)
        findings = []
        for path, place in moves.items():
            name = basename(place)
            if name in self.recipe.forbidden and self.home.has(place):
                around = basename(dirname(path)).replace("-", "_")
                allowed[path] = f"{dirname(place)}/{around}_{name}"
                message = f"it was {path}; the layout has no module called {name} in a package"
                findings.append(Finding("renamed-module", allowed[path], 0, message))
        return allowed, findings

    def _sorted_in(self, taken: Relocated) -> Relocated:
        """Return the tree with those files at their places, too, that are in no part."""
        rest = {
            path
            for path in self.ours
            if path not in self.base and self.counterparts.match(path) is None
        }
        if not rest:
            return taken
        new = {p: self.theirs.read(p) for p in self.theirs if p not in taken.tree}
        around = taken.tree.with_content(new)
        wanted = moves_by_recipe(around, rest, self.recipe, self.home.package, self.per_file)
        wanted = {path: place for path, place in wanted.items() if place not in self.theirs}
        done = relocate(taken.tree, wanted, [self.home], per_file=self.per_file)
        moves = {**taken.moves, **done.moves}
        return replace(done, moves=moves, findings=(*taken.findings, *done.findings))


def _with_packages(taken: Relocated, home: Home, theirs: Tree, modules: Collection[str]) -> Tree:
    """Return the tree with ``__init__.py`` where modules came to be in the package.

    ``modules`` are those before the moves; what templates hold is none.
    """
    places = [place for path, place in taken.moves.items() if path in modules and home.has(place)]
    folders = {folder for place in places for folder in ancestors(place)}
    markers = {f"{folder}/__init__.py" for folder in folders}
    missing = [path for path in sorted(markers) if home.has(path)]
    missing = [path for path in missing if path not in taken.tree and path not in theirs]
    return taken.tree.with_content(dict.fromkeys(missing, b""))


def _about_kept(change: _Change, mine: Relocated, base: Tree, old_layout: str) -> Iterator[Finding]:
    """Yield the files of the old layout that were edited, and have no counterpart."""
    for path in base:
        place = mine.moves.get(path, path)
        is_there = place in mine.tree and path in change.ours and place not in change.theirs
        if not is_there or basename(path) == ROOT or not change.counterparts.is_own(path):
            continue
        if change.ours[path].blob != base[path].blob:
            message = f"the layout {old_layout} brought it and it was edited, so it was kept"
            advice = "The new layout has nothing in its place: keep what you need of it."
            yield Finding("layout-file-kept", place, 0, message, advice)


def _about_joined(before: Tree, after: Tree) -> Iterator[Finding]:
    """Yield the projects whose requirements and console scripts are those of one project now."""
    for path in members(before):
        if path not in after:
            message = (
                "its package is installed with the one project now, which asks for what it did"
            )
            yield Finding("project-joined", path, 0, message, "Look through pyproject.toml.")


def _about_components(components: Collection[str]) -> Iterator[Finding]:
    for path in components:
        message = "the component is code of the repository from now on: its answers file is gone"
        yield Finding("component-taken-in", path, 0, message)


def _about_locks(tree: Tree) -> Iterator[Finding]:
    for path in tree:
        if basename(path) in _LOCKS:
            message = "pyproject.toml asks for other packages now than those it was made for"
            yield Finding("lock-outdated", path, 0, message, "Run: make setup")
