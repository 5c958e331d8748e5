"""Where every file goes: the recipe's rules, applied to what the files are used for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cached_property
from posixpath import basename, dirname, normpath

from relayout.errors import Refusal
from relayout.inventory import Inventory
from relayout.inventory.search_paths import QUARANTINE, in_django_quarantine, is_quarantined
from relayout.planning.ground import Ground
from relayout.planning.homes import Homes, home_of
from relayout.planning.kinds import kind_of, migration_folders
from relayout.planning.plan import Finding, Kept, Move, Options
from relayout.planning.subject import Subject, below_match, fits
from relayout.planning.taken import Taken
from relayout.planning.units import (
    Unit,
    below,
    identifier,
    importable_path,
    inside,
    is_proper,
    join_path,
)
from relayout.planning.use import Uses
from relayout.recipes import Recipe, Rule
from relayout.tree import ancestors, is_within

_COMMANDS = "/management/commands/"
"""Where an app has its commands."""


@dataclass(frozen=True)
class Placement:
    """The outcome for every file of a tree: it moves or it is kept."""

    moves: tuple[Move, ...]
    kept: tuple[Kept, ...]
    findings: tuple[Finding, ...]


_GENERATED = ("cli", "config", "database", "support")
"""Folders of a package that conversions of Django write into."""


class _Placer:
    def __init__(
        self,
        inventory: Inventory,
        recipe: Recipe,
        options: Options,
        homes: Homes,
        uses: Uses,
    ) -> None:
        self.inventory = inventory
        self.recipe = recipe
        self.options = options
        self.homes = homes
        self.ground = Ground(inventory, recipe, homes)
        self.uses = uses
        self.taken = Taken(home.source for home in homes.all)
        self.moves: dict[str, Move] = {}
        self.kept: dict[str, Kept] = {}
        self.findings: list[Finding] = []
        self.placed: dict[str, str] = {}
        self._named = _names_in_code(inventory)
        projects = (t.django for t in homes.territories if t.django is not None)
        self._hidden = {c.path for project in projects for c in project.commands if c.hidden_by}
        self._migrations = migration_folders(inventory.tree)

    def place(self) -> Placement:
        """Return where every file goes."""
        waiting: dict[tuple[str, str], list[tuple[Subject, Rule]]] = {}
        for path in sorted(self.inventory.tree):
            if self._overridden(path):
                continue
            subject = self._subject(path)
            rule = self._rule(subject)
            if path in self._sections:
                self._move(path, path, rule.id, "a folder of the package has its name")
            elif rule.to:
                waiting.setdefault((rule.id, _together(subject)), []).append((subject, rule))
            else:
                self._keep(path, rule.id, subject.use.because or rule.reason)
        for key in sorted(waiting, key=self._precedence):
            self._place_together(waiting[key])
        return Placement(
            tuple(self.moves[p] for p in sorted(self.moves)),
            tuple(self.kept[p] for p in sorted(self.kept)),
            tuple(self.findings),
        )

    def _precedence(self, key: tuple[str, str]) -> tuple[bool, bool, int, bool, str]:
        """Order groups: rules that need to know where code went last; the package's own first.

        A command that is hidden by another one of its name comes after that.
        """
        rule, folder = key
        follows = any(
            placeholder in target
            for r in self.recipe.rules
            if r.id == rule
            for target in r.to
            for placeholder in ("{home}", "{reader}")
        )
        within = is_within(folder, self.homes.main.home.package)
        order = [r.id for r in self.recipe.rules].index(rule)
        return follows, not within, order, folder in self._hidden, folder

    def _overridden(self, path: str) -> bool:
        for pattern, destination in self.options.place:
            if fnmatch(path, pattern):
                if destination.endswith("/") or _has_wildcard(pattern):
                    name = basename(path)
                    target = join_path(destination.rstrip("/"), name)
                else:
                    target = destination
                self._move(path, normpath(target), "--place", f"--place {pattern}={destination}")
                return True
        if any(fnmatch(path, pattern) for pattern in self.options.quarantine):
            if not is_quarantined(path):
                self._move(path, f"{QUARANTINE}{path}", "--quarantine", "--quarantine names it")
                return True
        if any(fnmatch(path, pattern) for pattern in self.options.keep):
            self._keep(path, "--keep", "--keep names it")
            return True
        return False

    def _subject(self, path: str) -> Subject:
        unit = self.ground.unit(path)
        kind = kind_of(path, self.inventory.tree)
        above = ancestors(path) if self._migrations else ()
        migrations = next((folder for folder in above if folder in self._migrations), None)
        if migrations is not None:
            kind, unit = "migration", Unit(migrations)
        return Subject(
            path=path,
            kind=kind,
            use=self.uses.by_path[path],
            unit=unit,
            helper=self._is_helper(path, unit),
            named=basename(path) in self._named,
            program=self.ground.is_program(path),
        )

    def _is_helper(self, path: str, unit: Unit) -> bool:
        if unit.folder:
            return unit.name in self.recipe.helpers
        file = self.inventory.python.get(path)
        live = {
            importer
            for importer in self.uses.importers.get(path, frozenset())
            if self.uses.by_path[importer].use in ("run", "imported", "package")
        }
        return file is not None and not file.is_script and len(live) > 1

    def _rule(self, subject: Subject) -> Rule:
        for rule in self.recipe.rules:
            if fits(rule.match, subject, self.homes.of(subject.path).home):
                return rule
        raise Refusal(f"no rule of the recipe {self.recipe.layout} fits {subject.path}")

    def _place_together(self, group: Iterable[tuple[Subject, Rule]]) -> None:
        """Place the files of one unit by one rule, all by the same alternative.

        Of definitions, one module alone takes the first; several stand beside each other.
        """
        members = list(group)
        rule = members[0][1]
        if members[0][0].use.use == "definitions" and len(members) > 1:
            for member in members:
                self._place_by(
                    [to for to in rule.to if "{inside}" in to or "{below}" in to], [member]
                )
        else:
            self._place_by(rule.to, members)

    def _place_by(self, templates: Sequence[str], members: Sequence[tuple[Subject, Rule]]) -> None:
        """Place files by the first alternative at which none of them collides."""
        rule = members[0][1]
        for template in templates:
            targets = [self._target(template, subject, rule) for subject, _ in members]
            unique = len({t.casefold() for t in targets}) == len(targets)
            whole = rule.match.use == ("package",)
            if unique and not any(self.taken.collides(target, whole) for target in targets):
                break
        for (subject, _), target in zip(members, targets, strict=True):
            reason = f"{rule.reason}: {subject.use.because}" if subject.use.because else rule.reason
            self._move(subject.path, target, rule.id, reason, whole)

    def _target(self, template: str, subject: Subject, rule: Rule) -> str:
        territory = self.homes.of(subject.path)
        home = territory.home
        values: dict[str, Callable[[], str]] = {
            "package": lambda: home.package,
            "source": lambda: home.root,
            "project": lambda: home.project,
            "section": lambda: self.ground.section(subject.path),
            "stage": lambda: subject.use.stage,
            "pipeline": lambda: subject.use.pipeline,
            "part": lambda: self.ground.part(subject.path),
            "within": lambda: territory.inner(subject.path),
            "command": lambda: importable_path(subject.path.rpartition(_COMMANDS)[2]),
            "app": lambda: identifier(basename(subject.path.rpartition(_COMMANDS)[0])),
            "path": lambda: subject.path,
            "rest": lambda: below_match(subject.path, rule.match),
            "name": lambda: basename(subject.path),
            "kind": lambda: subject.kind,
            "unit": lambda: subject.unit.name,
            "inside": lambda: self._inside(subject),
            "below": lambda: self._below(subject),
            "home": lambda: self._home(dirname(subject.path)),
            "reader": lambda: self._home(subject.use.reader),
        }
        named = {name: value() for name, value in values.items() if f"{{{name}}}" in template}
        return normpath(template.format_map(named)).lstrip("/")

    def _inside(self, subject: Subject) -> str:
        """Return the path of a file in its unit; of one without code, in its top folder."""
        unit = subject.unit.folder
        if subject.use.inner:
            return subject.use.inner
        if subject.kind not in ("python", "test") and not unit:
            return inside(subject.path, subject.path.partition("/")[0])
        if subject.use.use == "package":
            return inside(subject.path, self.homes.of(subject.path).package_folder)
        if subject.kind == "migration":
            return inside(subject.path, unit)
        return importable_path(inside(subject.path, unit))

    def _below(self, subject: Subject) -> str:
        """Return the whole path of a file, importable; of definitions without what only groups."""
        home = self.homes.of(subject.path).home
        path = below(self.homes.of(subject.path).inner(subject.path), home.package)
        if subject.use.use != "definitions":
            return path
        *folders, name = path.split("/")
        grouping = self.recipe.containers | {home.package}
        return join_path(*[folder for folder in folders if folder not in grouping], name)

    def _home(self, folder: str) -> str:
        """Return where the code of a folder went; of the nearest folder above that had some."""
        root = self.recipe.shared or self.homes.of(f"{folder}/").home.root
        rest: list[str] = []
        while folder not in self.placed and folder:
            above, _, last = folder.rpartition("/")
            rest.insert(0, identifier(last) if folder in self.ground.code_folders else last)
            folder = above
        return join_path(self.placed.get(folder, root), *rest)

    def _move(
        self, path: str, target: str, rule: str, reason: str, keeps_shape: bool = False
    ) -> None:
        target = self._sections.get(target, target)
        if target == path:
            self._keep(path, rule, reason)
            return
        if not is_proper(target):
            raise Refusal(
                f"{path} cannot go to {target}",
                "It leads out of the repository, or is not the path of a file.",
                f"Say where it goes: --place '{path}=FOLDER/'",
            )
        if basename(path) == "conftest.py" and self.taken.collides(target):
            self._keep(path, rule, "pytest finds it by its name, which is taken elsewhere")
            return
        if self._is_forbidden(target):
            target = self._renamed(path, target)
        if self.taken.collides(target, keeps_shape):
            target = self._last_resort(path, target)
        self.taken.take(target)
        if path.endswith(".py") and not in_django_quarantine(
            target
        ):  # what is beside it has readers
            self.placed.setdefault(dirname(path), dirname(target))
        self.moves[path] = Move(path, target, rule, reason)

    @cached_property
    def _sections(self) -> Mapping[str, str]:
        """Modules that conversions of Django need as packages of the same name, with their places.

        ``cli.py`` is imported as before if it is ``cli/__init__.py``, and commands stand beside it.
        """
        roots = {t.home.root for t in self.homes.territories if t.django and t.django.commands}
        return {f"{r}/{name}.py": f"{r}/{name}/__init__.py" for r in roots for name in _GENERATED}

    def _is_forbidden(self, target: str) -> bool:
        """Tell whether a module would have a name that no module of a package has."""
        inside = home_of(target, self.homes.all) is not None
        return inside and basename(target) in self.recipe.forbidden

    def _renamed(self, path: str, target: str) -> str:
        """Return a module's place with the name of what it was in before its own name."""
        around = identifier(basename(dirname(path))) if dirname(path) else ""
        around = around or self.homes.of(path).home.package
        other = join_path(dirname(target), f"{around}_{basename(target)}")
        message = f"it was {path}; the layout has no module called {basename(target)} in a package"
        self.findings.append(Finding("renamed-module", other, 0, message))
        return other

    def _last_resort(self, path: str, target: str) -> str:
        """Return another name for a module whose name is taken. Raises Refusal."""
        stem = target.removesuffix(".py")
        other = f"{stem}_script.py"
        if not target.endswith(".py") or self.taken.collides(other):
            raise Refusal(
                f"{path} cannot go to {target}: something else is there",
                f"Say where it goes: --place '{path}=FOLDER/' or --keep '{path}'",
            )
        message = f"it was {path}; {basename(target)} was taken by another file or package"
        self.findings.append(Finding("renamed-module", other, 0, message))
        return other

    def _keep(self, path: str, rule: str, reason: str) -> None:
        self.taken.take(path)
        if path.endswith(".py"):
            self.placed.setdefault(dirname(path), dirname(path))
        self.kept[path] = Kept(path, rule, reason)


def _together(subject: Subject) -> str:
    """Return what a file shares with those that are placed by the same alternative of a rule.

    That is their unit. Commands stand for themselves; definitions share a stage or a section, parts
    of a pipeline the pipeline.
    """
    if subject.use.use == "definitions":
        return subject.use.stage
    if subject.use.use == "pipeline":
        return f"{subject.use.pipeline}/{subject.use.section}"
    if subject.use.use == "component":
        return f"{subject.use.section}/{subject.use.group}"
    return subject.path if subject.use.use == "command" else subject.unit.folder


def _has_wildcard(pattern: str) -> bool:
    return any(character in pattern for character in "*?[")


def _names_in_code(inventory: Inventory) -> frozenset[str]:
    """Return the last path part of every string in the code: names that a file may be opened by."""
    return frozenset(name for file in inventory.python.values() for name in file.file_names)


def place_files(
    inventory: Inventory, recipe: Recipe, options: Options, homes: Homes, uses: Uses
) -> Placement:
    """Return where each file of the tree goes. Raises Refusal if two would share one path."""
    return _Placer(inventory, recipe, options, homes, uses).place()


def placement_of(moves: Mapping[str, Move], tree: Iterable[str]) -> Placement:
    """Return the placement that a written plan holds; what it does not name is kept."""
    kept = tuple(
        Kept(p, "plan", "the plan does not move it") for p in sorted(tree) if p not in moves
    )
    return Placement(tuple(moves[p] for p in sorted(moves)), kept, ())
