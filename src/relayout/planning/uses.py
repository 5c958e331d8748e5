"""What each file is used for: run, imported, kept beside, or dead.

Code is live if a runner file names it, or if live code, or code that stays outside of the package
(tests, tools), imports it. What live code imports is live: nothing that is placed may need what is
quarantined.
"""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatch
from itertools import takewhile
from posixpath import basename, dirname

from relayout.inventory import Inventory
from relayout.inventory.configured_paths.entry import DAGS
from relayout.inventory.paths_of_tests import is_test
from relayout.inventory.search_paths import QUARANTINE, is_quarantined
from relayout.inventory.shims import files_for_old_paths
from relayout.inventory.string_meanings import modules_in_strings
from relayout.notebook import is_notebook
from relayout.planning.components import components
from relayout.planning.definitions import sorted_modules
from relayout.planning.ground import Ground
from relayout.planning.homes import Homes
from relayout.planning.kinds import SCRATCH, kind_of, migration_folders
from relayout.planning.pipeline_parts import pipeline_parts
from relayout.planning.plan import Options
from relayout.planning.units import Unit
from relayout.planning.use import Use, Uses, use_in_django, use_in_pipeline, use_of_component
from relayout.recipes import Recipe
from relayout.rendering import own_answers
from relayout.tree import SUBMODULE, SYMLINK, ancestors, is_within

_LIVE = frozenset({"run", "imported", "package", "command", "definitions", "pipeline", "component"})

_FOUND_IN_ROOT = frozenset({"setup.py", "noxfile.py"})
"""Programs that a tool looks for in the root; code that names one does not make it a module."""


class _Classifier:
    def __init__(
        self, inventory: Inventory, recipe: Recipe, options: Options, homes: Homes
    ) -> None:
        self.inventory = inventory
        self.recipe = recipe
        self.options = options
        self.homes = homes
        self.ground = Ground(inventory, recipe, homes)
        self._is_settled = bool(own_answers(inventory.tree))
        self.placed_folders = (
            QUARANTINE,
            *(f"{home.root}/" for home in homes.all),
            *(f"{home.quarantine}/" for home in homes.all),
        )
        self.migrations = migration_folders(inventory.tree)
        self._for_old_paths = files_for_old_paths(inventory)
        self._by_content = sorted_modules(inventory, recipe, homes)
        if recipe.gathers_pipelines:
            parts = pipeline_parts(inventory, recipe, homes)
            self._by_content |= {path: use_in_pipeline(part) for path, part in parts.items()}
        if recipe.sorts_components:
            sorted_files = components(inventory, recipe, homes)
            self._by_content |= {p: use_of_component(c) for p, c in sorted_files.items()}
        self.uses: dict[str, Use] = {}
        self.importers: dict[str, set[str]] = {}
        self._imported = {p: tuple(dict.fromkeys(self._resolve(p))) for p in inventory.python}
        self._outside: dict[str, bool] = {}
        self._markers: dict[str, tuple[str, ...]] = {}
        self._followed: set[str] = set()
        self.modules = [path for path in inventory.python if not is_notebook(path)]

    def classify(self) -> Uses:
        """Return the use of every file."""
        for path in self.inventory.tree:
            fixed = self._fixed_use(path)
            if fixed is not None:
                self.uses[path] = fixed
        self._import_graph()
        for run in self.inventory.runs:
            if not self._stays_outside(run.path):
                self.uses.setdefault(run.path, Use("run", f"{run.runner}:{run.line} runs it"))
        nothing_runs = not any(use.use == "run" for use in self.uses.values())
        self._spread()
        self._notebooks()
        nothing_runs &= any(
            path not in self.uses and not self._stays_outside(path) for path in self.modules
        )
        if nothing_runs or self.recipe.places_programs:
            self._take_mains_as_run()
            self._spread()
        self._tests_beside_live_code()
        self._spread()
        self._notebooks()
        for path in self.modules:
            self.uses.setdefault(path, Use("dead", "nothing runs or imports it"))
        self._files_beside_code()
        self._resources()
        return Uses(self.uses, {p: frozenset(i) for p, i in self.importers.items()}, nothing_runs)

    def _fixed_use(self, path: str) -> Use | None:
        if path in self.inventory.foreign:
            is_template = path in self.inventory.templates
            return Use("foreign", "other files are made from it" if is_template else "")
        if self.inventory.tree[path].mode == SUBMODULE:
            return Use("kept", "it is a submodule")
        if _matches(path, self.options.keep):
            return Use("kept")
        if path in self._for_old_paths:
            return Use("shim")
        if path in self._by_content and not self._is_overridden(path):
            return self._by_content[path]
        if self._is_the_layouts(path) or path.startswith(self.placed_folders):
            return Use("kept")
        if path in self.ground.project_files:
            return Use("project", "the root is a workspace")
        if path in _FOUND_IN_ROOT:
            return Use("kept", "its tool finds it in the root")
        if path == "src/__init__.py":
            return Use("kept", "src/ is no package once what is in it is installed")
        if _matches(path, self.options.quarantine):
            return Use("dead", "--quarantine names it")
        if any(fnmatch(path, pattern) for pattern, _ in self.options.place):
            return Use("run", "--place names it")
        return self._use_by_place(path)

    def _is_overridden(self, path: str) -> bool:
        """Tell whether a person said where a file goes."""
        patterns = (*self.options.quarantine, *(pattern for pattern, _ in self.options.place))
        return _matches(path, patterns)

    def _use_by_place(self, path: str) -> Use | None:
        """Return what a file is because of the package, project or framework that it stands in."""
        territory = self.homes.of(path)
        django = territory.django
        if django is not None and path in django.files:
            only_django = path in django.skeleton or path in django.command_modules
            if only_django or territory.base or not self._stays_outside(path):
                return use_in_django(path, django, self.inventory)
        if self.ground.in_package(path):
            return Use("package", f"it belongs to the package {territory.package_folder}")
        if path in self.inventory.frameworks:
            return Use("framework", f"{self.inventory.frameworks[path]} finds it by its place")
        return None

    def _is_the_layouts(self, path: str) -> bool:
        """Tell whether a repository is on a layout already, and a file in one of its folders.

        In a workspace, what is in hidden folders is no code of a package either.
        """
        top = path.partition("/")[0]
        if self.recipe.project and top.startswith(".") and "/" in path:
            return True
        return self._is_settled and self.recipe.is_outside(top)

    def _stays_outside(self, path: str) -> bool:
        """Tell whether code may stand where it is, outside of the package."""
        if path not in self._outside:
            self._outside[path] = self._may_stand_outside(path)
        return self._outside[path]

    def _may_stand_outside(self, path: str) -> bool:
        inner = self.homes.of(path).inner(path)
        if "/" not in inner:
            return is_test(path) or inner in (*_FOUND_IN_ROOT, "conftest.py")
        if self.recipe.is_outside(inner.partition("/")[0]):
            return True
        return bool(self.migrations) and not self.migrations.isdisjoint(ancestors(path))

    def _import_graph(self) -> None:
        for path, files in self._imported.items():
            for imported in files:
                if imported != path:
                    self.importers.setdefault(imported, set()).add(path)

    def _named_in_strings(self, path: str) -> Iterator[str]:
        """Yield the modules that strings of a file name: scripts it starts, dotted names."""
        file = self.inventory.python[path]
        for _, text in (*file.named_files, *file.named_in_magics):
            named = self.inventory.named_module(path, text)
            if named is not None and named != path:
                yield named
        yield from modules_in_strings(self.inventory, path)

    def _resolve(self, path: str) -> Iterator[str]:
        for _, resolution in self.inventory.resolutions(path):
            if resolution.works:
                yield from resolution.files

    def _spread(self) -> None:
        """Mark what live and outside code imports as imported, until nothing is added.

        What was followed before has nothing to add: marks are only ever set.
        """
        pending = [p for p in self.inventory.python if self._needs_its_imports(p)]
        while pending:
            importer = pending.pop()
            if importer in self._followed:
                continue
            self._followed.add(importer)
            if not is_notebook(importer):
                pending += self._use(importer, importer, "is in it")
            for named in self._named_in_strings(importer):
                pending += self._use(named, importer, "names it")
            for imported in self._imported[importer]:
                pending += self._use(imported, importer, "imports it")

    def _use(self, needed: str, by: str, how: str) -> list[str]:
        """Mark a file, and the packages above it, as imported; return those that are new."""
        new = []
        for path in self._with_packages(needed):
            if path not in self.uses and not self._is_neighbour(by, path):
                self.uses[path] = Use("imported", f"{by} {how}")
                new.append(path)
        return new

    def _with_packages(self, path: str) -> tuple[str, ...]:
        """Return a module and the ``__init__.py`` files that importing it runs."""
        folder = dirname(path)
        if folder not in self._markers:
            markers = (f"{above}/__init__.py" for above in (folder, *ancestors(folder)))
            self._markers[folder] = tuple(takewhile(self.inventory.python.__contains__, markers))
        return (path, *self._markers[folder])

    def _needs_its_imports(self, path: str) -> bool:
        use = self.uses.get(path)
        if use is None:
            return self._stays_outside(path)
        return (
            use.use in _LIVE
            or use.use in ("beside", "framework")
            or (use.use == "kept" and not is_quarantined(path))
        )

    def _is_neighbour(self, importer: str, imported: str) -> bool:
        """Tell whether both stay in one folder of the layout, where they find each other."""
        return (
            self._stays_outside(imported)
            and self._stays_outside(importer)
            and importer.partition("/")[0] == imported.partition("/")[0]
        )

    def _notebooks(self) -> None:
        """Keep notebooks that stand with live code, or with none; what they import is live then."""
        undecided = [p for p in self.inventory.python if is_notebook(p) and p not in self.uses]
        changed = True
        while changed:
            code = [path for path in self.modules if self._is_own_code(path)]
            units = {self._unit(path) for path in code} - {Unit("")}
            live = {self._unit(p) for p in code if p in self.uses and self.uses[p].use in _LIVE}
            changed = False
            for path in undecided:
                if path in self.uses or self._stays_outside(path):
                    continue
                if self._is_at_top(path) or self._unit(path) not in units:
                    self.uses[path] = Use("kept")
                elif self._unit(path) in live:
                    self.uses[path] = Use("beside")
                changed |= path in self.uses
            if changed:
                self._spread()

    def _is_at_top(self, path: str) -> bool:
        """Tell whether a file stands in the root, or in the top folder of a project of its own."""
        return "/" not in self.homes.of(path).inner(path)

    def _is_own_code(self, path: str) -> bool:
        """Tell whether code is the layout's to place."""
        use = self.uses.get(path, Use("")).use
        return use not in ("kept", "framework") and not self._stays_outside(path)

    def _take_mains_as_run(self) -> None:
        for path in self.modules:
            file = self.inventory.python[path]
            folders = frozenset(dirname(path).lower().split("/"))
            if (file.is_script or file.acts) and not is_test(path) and SCRATCH.isdisjoint(folders):
                if not self._stays_outside(path):
                    self.uses.setdefault(path, Use("run", "it is a program, and nothing names it"))

    def _tests_beside_live_code(self) -> None:
        for path in self.modules:
            if path in self.uses or not is_test(path) or self._stays_outside(path):
                continue
            unit = self._unit(path)
            if any(
                self.uses.get(imported, Use("")).use in _LIVE and self._unit(imported) == unit
                for imported in self._imported[path]
            ):
                self.uses[path] = Use("beside", "it tests live code")

    def _unit(self, path: str) -> Unit:
        return self.ground.unit(path)

    def _resources(self) -> None:
        """Find SQL and configuration that the code of one unit alone reads, by a known path."""
        candidates = {path for path in self.inventory.tree if self._may_be_resource(path)}
        if not candidates:
            return
        readers = self._readers()
        mentions: dict[str, set[str]] = {}
        for path, file in self.inventory.python.items():
            for name in file.file_names:
                mentions.setdefault(name, set()).add(path)
        folders = {
            folder
            for folder, by in readers.items()
            if folder and any(not path.startswith(f"{folder}/") for path in by)
        }
        for read in candidates & readers.keys():
            by = readers[read]
            units = {self._unit(path) for path in by}
            if (
                len(units) == 1
                and folders.isdisjoint(ancestors(read))
                and all(self.uses[path].use in ("run", "imported") for path in by)
                and mentions.get(basename(read), set()) <= by
            ):
                self.uses[read] = Use("resource", f"{min(by)} reads it", units.pop().folder)

    def _may_be_resource(self, path: str) -> bool:
        return (
            self.uses[path].use in ("beside", "kept")
            and "/" in path
            and not self._stays_outside(path)
            and kind_of(path, self.inventory.tree) in ("sql", "config")
        )

    def _readers(self) -> dict[str, set[str]]:
        """Return who reads each file and folder, by a path that could be computed."""
        readers: dict[str, set[str]] = {}
        for path, file in self.inventory.python.items():
            for read in file.named_paths:
                readers.setdefault(read, set()).add(path)
        return readers

    def _files_beside_code(self) -> None:
        """Decide over everything that is not Python by the code that it stands with."""
        for path in self.modules:
            if self._stays_outside(path) and self.uses[path].use == "dead":
                self.uses[path] = Use("kept")
        code = [path for path in self.modules if self._is_own_code(path)]
        live = [p for p in code if self.uses[p].use in _LIVE]
        units = {self._unit(path) for path in code} - {Unit("")}
        live_units = {self._unit(path) for path in live}
        live_folders = {dirname(path) for path in live}
        dead_folders = {f for p in code if self.uses[p].use == "dead" for f in ancestors(p)}
        named = self._named_by_runners()
        dags = {f for e in self.inventory.configured if e.kind == DAGS for f in e.folders or ()}
        for path in self.inventory.tree:
            if path in self.uses:
                continue
            unit = self._unit(path)
            if self._is_at_top(path) or self._stays_outside(path) or unit not in units:
                self.uses[path] = Use("kept")
            elif not dags.isdisjoint(ancestors(path)):
                self.uses[path] = Use("kept", "Airflow finds what is beside it by its place")
            elif self.inventory.tree[path].mode == SYMLINK and unit in live_units:
                self.uses[path] = Use("kept", "it is a symbolic link")
            elif unit in live_units and (
                any(f in live_folders for f in ancestors(path) if is_within(f, unit.folder))
                or dirname(path) not in dead_folders
            ):
                self.uses[path] = Use("beside")
            elif any(place in named for place in (path, *ancestors(path))):
                self.uses[path] = Use("kept", "a runner file names it")
            else:
                self.uses[path] = Use("dead", "all the code in its folder is dead")

    def _named_by_runners(self) -> frozenset[str]:
        """Return the files, and folders without code, that containers and CI are made with.

        A runner file that may go to quarantine itself does not count.
        """
        return frozenset(
            mention.path
            for mention in self.inventory.mentions
            if mention.kind in ("CI", "Docker")
            and ("/" not in mention.runner or self._stays_outside(mention.runner))
            and not any(module.startswith(f"{mention.path}/") for module in self.modules)
        )


def _matches(path: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatch(path, pattern) for pattern in patterns)


def find_uses(inventory: Inventory, recipe: Recipe, options: Options, homes: Homes) -> Uses:
    """Return how each file of the inventory's tree is used."""
    return _Classifier(inventory, recipe, options, homes).classify()
