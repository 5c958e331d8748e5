"""The ``pyproject.toml`` of each package of a layout, and of a workspace that has them all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from posixpath import dirname, join, normpath, relpath
from typing import Any

from relayout.conversions.dependencies import PATH as PYPROJECT
from relayout.conversions.ignored_data import ignored_files
from relayout.conversions.moved_names import MovedNames, search_roots
from relayout.conversions.packaging import (
    Packaging,
    UnreadableProject,
    wire_project,
    wire_workspace,
)
from relayout.conversions.source_folders import source_folders
from relayout.conversions.tool_files import tables_elsewhere
from relayout.inventory import Inventory
from relayout.inventory.declared import Declared
from relayout.inventory.local_projects import project_name
from relayout.inventory.requirement_files import FOLDER, group_of, is_bounds
from relayout.inventory.requirements import dependency_names, read_alone, read_requirements
from relayout.inventory.setup_script import read_setups
from relayout.planning.homes import Home, home_of
from relayout.planning.plan import Finding, Plan
from relayout.rewriting.destination import Destination
from relayout.tree import Tree

Wired = tuple[bytes | None, list[Finding]]
"""The new content of a ``pyproject.toml``, None if nothing changes, and what to decide."""


def readme_of(paths: Iterable[str]) -> str:
    """Return the readme at the root of some paths, in a form that packaging knows, or empty."""
    found = [path for path in paths if path.lower().partition(".")[0] == "readme"]
    endings = (".md", ".rst", ".txt", "readme")
    known = [path for end in endings for path in sorted(found) if path.lower().endswith(end)]
    return known[0] if known else ""


class ProjectWiring:
    """Wires the projects of one migration; ``tree`` is the tree that they are to stand in.

    ``needed`` are requirements that conversions add, by project folder, and ``answers`` those that
    the template was rendered with.
    """

    def __init__(
        self,
        tree: Tree,
        inventory: Inventory,
        destination: Destination,
        plan: Plan,
        answers: Mapping[str, Any],
        needed: Mapping[str, Sequence[str]],
    ) -> None:
        self.tree = tree
        self.inventory = inventory
        self.destination = destination
        self.plan = plan
        self.answers = answers
        self.needed = needed

    @cached_property
    def _old_places(self) -> Mapping[str, str]:
        return {target: source for source, target in self.plan.targets.items()}

    def wire(self, home: Home, template: bytes | None) -> Wired:
        """Wire the project of one package."""
        old = dirname(self._old_places.get(home.pyproject, home.pyproject))
        inside = self.tree.below(home.project)
        mine = _text(inside.read(PYPROJECT)) if PYPROJECT in inside else None
        setups = tuple(read_setups(inside))
        roots = search_roots(old, ["", home.inside, *source_folders(mine or "", setups)])
        code = [path for path in inside if home.has(join(home.project, path))]
        ignored = ignored_files([join(home.project, path) for path in code], self._ignore_text)
        requirements = tuple(self._requirements(home))
        moved = MovedNames(self.inventory, self.destination)
        packaging = Packaging(
            package=home.package,
            source=home.inside,
            scripts=_of_package(self.plan.scripts, home.package),
            requirements=requirements,
            has_data=any(not path.endswith(".py") for path in code),
            module_moved=lambda dotted: moved.module(dotted, roots),
            skip=tables_elsewhere(inside),
            readme=readme_of(inside),
            paths=frozenset(inside) | inside.folders,
            setups=setups,
            manager=str(self.answers.get("package_manager") or ""),
            follow=lambda pattern: moved.pattern(pattern, old, home.project),
            ignored=tuple(path[len(join(home.project, "")) :] for path in ignored),
            is_member=bool(home.project),
            members=tuple(self._name_of(other) for other in self.plan.homes if other != home),
            tool_files=inside if self.answers.get("merge_tool_config") is True else None,
        )
        try:
            wired, findings = wire_project(mine, (template or b"").decode(), packaging)
        except UnreadableProject as error:
            return None, [_unreadable(home.pyproject, error)]
        files = {declared.file for declared in requirements}
        placed = [
            f if f.path in files else replace(f, path=join(home.project, f.path)) for f in findings
        ]
        data = _bytes(wired)
        return (data if mine is None or wired != mine else None), placed

    def wire_workspace(self, template: bytes) -> Wired:
        """Merge the template's project of the whole workspace into the repository's own."""
        mine = _text(self.tree.read(PYPROJECT)) if PYPROJECT in self.tree else None
        skip = tables_elsewhere(self.tree)
        follow = MovedNames(self.inventory, self.destination).pattern
        try:
            wired, findings = wire_workspace(
                mine,
                template.decode(),
                skip,
                lambda pattern: follow(pattern, "", ""),
                str(self.answers.get("package_manager") or ""),
                frozenset(self.tree),
            )
        except UnreadableProject as error:
            return None, [_unreadable(PYPROJECT, error)]
        return (_bytes(wired) if wired != mine else None), findings

    # -- requirements

    def _requirements(self, home: Home) -> Iterator[Declared]:
        """Yield what a package needs, as files of its own part of the repository declare it."""
        if home == self.plan.homes[0]:
            for declared in self.inventory.requirements:
                yield self._from_project(declared, "", home.project)
            for path in self._brought_together:
                for declared in read_alone(self.inventory.tree, path):
                    group = group_of(self.destination.of_file(path))
                    placed = replace(declared, group=group)
                    yield self._from_project(placed, "", home.project)
        for folder in self._folders_of(home):
            for declared in read_requirements(self.inventory.tree.below(folder)):
                placed = replace(declared, file=join(folder, declared.file))
                yield self._from_project(placed, folder, home.project)
        for text in self.needed.get(home.project, ()):
            yield Declared(text, home.pyproject, 0)
        known = dependency_names(self.inventory.tree.below(home.project), ())
        for other in self._imported.get(home, ()):
            if other.package in known:
                continue
            text, path = self._name_of(other), relpath(other.project, home.project)
            yield Declared(text, home.pyproject, 0, path=path, is_editable=True, is_member=True)

    @cached_property
    def _brought_together(self) -> Sequence[str]:
        """The requirements files that stood elsewhere, and now with those of the project."""
        tree = self.inventory.tree
        return [
            path
            for path in sorted(self.plan.targets)
            if dirname(path) not in ("", FOLDER)
            and dirname(self.destination.of_file(path)) == FOLDER
            and not is_bounds(path)
            and not (path.endswith(".txt") and f"{path[:-4]}.in" in tree)
        ]

    def _name_of(self, home: Home) -> str:
        """Return what a package is installed as."""
        name = project_name(self.inventory.tree, home.project)
        return name or home.package.replace("_", "-")

    @cached_property
    def _imported(self) -> Mapping[Home, Sequence[Home]]:
        """The packages that the code of each package imports beside its own."""
        homes = self.plan.homes
        found: dict[Home, dict[Home, None]] = {}
        if len(homes) > 1:
            for path in self.inventory.python:
                home = home_of(self.destination.of_file(path), homes)
                if home is None:
                    continue
                for _, resolution in self.inventory.resolutions(path):
                    for file in resolution.files if resolution.works else ():
                        other = home_of(self.destination.of_file(file), homes)
                        if other not in (None, home):
                            found.setdefault(home, {})[other] = None
        return {home: tuple(others) for home, others in found.items()}

    def _folders_of(self, home: Home) -> tuple[str, ...]:
        """Return the folders below the root that belonged to one package alone."""
        return tuple(f for f, owner in self.plan.territories.items() if f and owner == home)

    def _from_project(self, declared: Declared, base: str, project: str) -> Declared:
        """Return a requirement with the path, from the project, where what it names is now."""
        if not declared.path:
            return declared
        path = normpath(join(base, declared.path))
        before = self.destination.before
        place = self.destination.of_folder(path) if path not in before else path
        place = self.destination.of_file(path) if path in before else place
        if place is None:
            return replace(
                declared, path="", problem="is a folder whose files have different places now"
            )
        return replace(declared, path=relpath(place, project) if project else place)

    @cached_property
    def _ignore_text(self) -> str:
        path = ".gitignore"
        return _text(self.tree.read(path)) if self.tree.is_regular(path) else ""


def _of_package(scripts: Mapping[str, str], package: str) -> dict[str, str]:
    return {name: to for name, to in scripts.items() if to.startswith(f"{package}.")}


def _unreadable(path: str, error: UnreadableProject) -> Finding:
    message = f"it was left as it was: {error}"
    return Finding("project-not-wired", path, 0, message, "Correct it by hand.")


def _text(content: bytes) -> str:
    return content.decode("utf-8", errors="surrogateescape")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", errors="surrogateescape")
