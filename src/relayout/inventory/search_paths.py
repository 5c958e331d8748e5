"""What is on ``sys.path``, for whom, and which file a dotted name means there.

A file is found as Python's import system would find it
(https://docs.python.org/3/reference/import.html#path-entry-finders): the first entry of the search
path that has a regular package or a module of that name wins; folders without ``__init__.py`` are
namespace packages, and count only where no entry has more.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from posixpath import dirname
from typing import NamedTuple

from relayout.inventory.configured_paths import ConfiguredPath
from relayout.inventory.configured_paths.entry import AIRFLOW, DAGS
from relayout.inventory.paths_of_tests import is_test
from relayout.inventory.python import PythonFile, standard_library
from relayout.notebook import is_notebook
from relayout.tree import Tree, ancestors

_MARKER = "/__init__.py"


class Located(NamedTuple):
    """Where a dotted name leads: a module file, or the folder(s) of a namespace package."""

    file: str | None
    folders: tuple[str, ...] = ()

    @property
    def package_folders(self) -> tuple[str, ...]:
        """The folders in which submodules are looked for; empty for a plain module."""
        if self.file is None:
            return self.folders
        if self.file.endswith(_MARKER):
            return (self.file[: -len(_MARKER)],)
        return ()


QUARANTINE = "__legacy/"
"""Where code goes that the layout has no place for."""

DJANGO_QUARANTINE = "legacy_django"
"""The folder of a project that its Django skeleton goes to."""


def is_quarantined(path: str) -> bool:
    """Tell whether a path of a migrated tree is in quarantine."""
    return quarantine_above(path) is not None


def quarantine_above(path: str) -> str | None:
    """Return the folder of the quarantine that a path is in, or None.

    What is there keeps its shape, so the folder stands for the root that it had.
    """
    if path.startswith(QUARANTINE):
        return QUARANTINE.rstrip("/")
    before, found, _ = f"/{path}".partition(f"/{DJANGO_QUARANTINE}/")
    return f"{before}/{DJANGO_QUARANTINE}".lstrip("/") if found else None


def module_stem(path: str) -> str:
    """Return the path of a module without its suffix; of an ``__init__.py``, its folder."""
    return path.removesuffix(".py").removesuffix("/__init__")


def in_django_quarantine(path: str) -> bool:
    """Tell whether a path of a migrated tree is in the skeleton of a Django project.

    It keeps the names that it has for itself: Django finds its modules from its own folder.
    """
    return (quarantine_above(path) or "").endswith(DJANGO_QUARANTINE)


def module_name(path: str) -> str:
    """Return the dotted name of the module at a path, counted from its ``src/`` or from the root.

    In quarantine it counts from the quarantine's top.
    """
    stem = module_stem(path).removeprefix(f"{quarantine_above(path) or ''}/")
    before, found, inside = f"/{stem}".partition("/src/")
    return (inside if found else before).strip("/").replace("/", ".")


def _join(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name


class ModuleFinder:
    """Finds modules in a tree. Results are remembered, since many files ask the same."""

    def __init__(self, tree: Tree) -> None:
        self._modules = tree.modules
        self._folders = _folders_with_modules(tree.modules)
        self._step_cache: dict[tuple[tuple[str, ...], str], Located | None] = {}
        self._suffix_cache: dict[str, list[str]] = {}
        self._relative_cache: dict[tuple[str, int, str], Located | None] = {}

    def _step(self, folders: tuple[str, ...], name: str) -> Located | None:
        key = (folders, name)
        if key not in self._step_cache:
            self._step_cache[key] = self._look(folders, name)
        return self._step_cache[key]

    def _look(self, folders: tuple[str, ...], name: str) -> Located | None:
        portions = []
        for folder in folders:
            base = _join(folder, name)
            if f"{base}/__init__.py" in self._modules:
                return Located(f"{base}/__init__.py")
            if f"{base}.py" in self._modules:
                return Located(f"{base}.py")
            if base in self._folders:
                portions.append(base)
        return Located(None, tuple(portions)) if portions else None

    def find(self, folders: Sequence[str], dotted: str) -> Located | None:
        """Return where ``dotted`` leads when looked for in these folders, or None."""
        here = tuple(folders)
        found: Located | None = None
        for name in dotted.split("."):
            if not here:
                return None
            found = self._step(here, name)
            if found is None:
                return None
            here = found.package_folders
        return found

    def package(self, folder: str) -> Located:
        """Return the package that a folder is: regular if it has an ``__init__.py``."""
        init = _join(folder, "__init__.py")
        return Located(init) if init in self._modules else Located(None, (folder,))

    def submodule(self, package: Located, name: str) -> Located | None:
        """Return the submodule ``name`` of a package, or None."""
        return self._step(package.package_folders, name) if package.package_folders else None

    def relative(self, folder: str, level: int, module: str) -> Located | None:
        """Return where a relative import leads in a file that stands in a folder, or None."""
        key = (folder, level, module)
        if key not in self._relative_cache:
            self._relative_cache[key] = self._find_relative(*key)
        return self._relative_cache[key]

    def _find_relative(self, folder: str, level: int, module: str) -> Located | None:
        base = counted_from(folder, level)
        package = None if base is None else self.package(base)
        for part in module.split(".") if module else ():
            package = self.submodule(package, part) if package else None
        return package

    def by_suffix(self, dotted: str) -> list[str]:
        """Return every module file whose path ends in the dotted name, wherever it is.

        A dash in a path counts as an underscore: that is what such a name has to mean.
        """
        if dotted not in self._suffix_cache:
            tail = dotted.replace(".", "/")
            ends = (f"/{tail}.py", f"/{tail}/__init__.py")
            found = self._by_name.get(tail.rpartition("/")[2], ())
            self._suffix_cache[dotted] = [
                module for module in found if f"/{module}".replace("-", "_").endswith(ends)
            ]
        return self._suffix_cache[dotted]

    def folders_holding(self, names: Collection[str]) -> frozenset[str]:
        """Return the folders in which a module or a folder has one of the names."""
        stems = set(map(module_stem, self._modules))
        places = [place.rpartition("/") for place in stems | self._folders]
        return frozenset(folder for folder, _, name in places if name in names)

    def knows(self, dotted: str) -> bool:
        """Tell whether a module or folder anywhere has the first part of a dotted name."""
        return dotted.partition(".")[0] in self._names

    @cached_property
    def _names(self) -> frozenset[str]:
        folders = {folder.rpartition("/")[2].replace("-", "_") for folder in self._folders}
        return frozenset(self._by_name) | folders

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        """Module files by the last part of their dotted name, sorted."""
        found: dict[str, list[str]] = {}
        for module in sorted(self._modules):
            name = module_stem(module).rpartition("/")[2].replace("-", "_")
            found.setdefault(name, []).append(module)
        return found


def counted_from(folder: str, level: int) -> str | None:
    """Return the folder that a relative import in a folder counts from; None beyond the root."""
    for _ in range(level - 1):
        if not folder:
            return None
        folder = folder.rpartition("/")[0]
    return folder


def _folders_with_modules(modules: Iterable[str]) -> frozenset[str]:
    found: set[str] = set()
    for module in modules:
        folder = dirname(module)
        while folder and folder not in found:
            found.add(folder)
            folder = dirname(folder)
    return frozenset(found)


class SearchPath(NamedTuple):
    """The folders one file finds modules in, by why they are there."""

    front: tuple[str, ...]
    own: tuple[str, ...]
    root: tuple[str, ...]
    back: tuple[str, ...]

    def before_library(self) -> tuple[str, ...]:
        """Return what is searched before the standard library and installed packages."""
        return (*self.front, *self.own)

    def special(self) -> tuple[str, ...]:
        """Return the folders that are searched for this file's sake, and not for every file's."""
        return (*self.front, *self.own, *self.back)

    def after_library(self) -> tuple[str, ...]:
        """Return what is searched after the standard library."""
        return (*self.root, *self.back)


def search_path(
    file: PythonFile,
    tree: Tree,
    configured: Collection[ConfiguredPath] = (),
    shared: Collection[str] = (),
) -> SearchPath:
    """Return the search path of one file: its path hacks, its own folder, the root and ``src/``.

    Last come the ``shared`` folders: where the packages of other projects of the repository are.

    Where a runner file starts the file, that says whether its own folder or the current one is
    there. Else a file of a regular package that nothing shows to be a script, or whose relative
    imports show that it is none, has its folder searched last: it is there only when the file is
    started directly. Quarantined code keeps its
    shape, so the quarantine's top is the root that it had.

    A notebook's kernel is started in the notebook's folder. IPython searches the current folder
    after the standard library and before installed packages (``InteractiveShellApp.init_path``).
    """
    front, second, back = _added_by_hacks(file)
    folder = dirname(file.path)
    started = _started_in(file.path, configured)
    of_tests = _pytest_folders(file.path, tree)
    mode = _import_mode(file.path, configured) if of_tests else ""
    if mode == "append":
        back += of_tests
    inserted = of_tests if mode == "prepend" else ()
    no_package = _join(folder, "__init__.py") not in tree and mode in ("", "prepend")
    started_directly = folder in started or (
        not started
        and (file.is_script or bool(file.hacks) or no_package)
        and (no_package or not _imports_relatively(file))
    )
    own = (*inserted, *started, *((folder,) if started_directly else ()), *second)
    roots = ("", "src", *project_folders(file.path, tree), *shared)
    top = quarantine_above(file.path)
    if top is not None:
        roots = (top, f"{top}/src", *roots)
    if is_notebook(file.path):
        own, started_directly = (), True
        roots = (folder, *(gone for gone in file.goes_to if gone is not None), *roots)
    return SearchPath(
        front=tuple(dict.fromkeys(front)),
        own=tuple(dict.fromkeys(own)),
        root=tuple(dict.fromkeys(roots)),
        back=tuple(dict.fromkeys([*back, *(() if started_directly else (folder,))])),
    )


def _added_by_hacks(file: PythonFile) -> tuple[list[str], list[str], list[str]]:
    """Return the folders that a file's hacks put in front, behind the first entry, and last."""
    front: list[str] = []
    second: list[str] = []
    back: list[str] = []
    for hack in file.hacks:
        if hack.where == "front":
            front[:0] = hack.folders or ()
        elif hack.where == "second":
            second[:0] = hack.folders or ()
        else:
            back += hack.folders or ()
    return front, second, back


def project_folders(path: str, tree: Tree) -> tuple[str, ...]:
    """Return where the packages of a project of its own are, which a file below the root is in.

    Such a project is installed by itself: its folder has a ``pyproject.toml`` or ``setup.py``, and
    its packages stand there or in its ``src/``
    (https://setuptools.pypa.io/en/latest/userguide/package_discovery.html#automatic-discovery).
    """
    projects = (
        folder
        for folder in ancestors(path)
        if folder and (f"{folder}/pyproject.toml" in tree or f"{folder}/setup.py" in tree)
    )
    nearest = next(projects, None)
    return () if nearest is None else (nearest, f"{nearest}/src")


def project_sources(tree: Tree) -> tuple[str, ...]:
    """Return the folders in which the packages of all projects below the root are found.

    Projects of one repository that use each other are installed together, as a workspace or by
    path (https://docs.astral.sh/uv/concepts/projects/workspaces/). Quarantined ones are not. Where
    a project's folder is the package itself, that is found in the folder above.
    """
    found = dict.fromkeys(tree.sources[1:])
    packages = {dirname(dirname(path)) for path in tree.modules if path.endswith(_MARKER)}
    for path in sorted(tree):
        if path.endswith(("/pyproject.toml", "/setup.py")) and not is_quarantined(path):
            project = dirname(path)
            if f"{project}/src" in tree.folders:
                found[f"{project}/src"] = None
            elif f"{project}{_MARKER}" in tree:
                found[dirname(project)] = None
            elif project in packages:
                found[project] = None
    return tuple(found)


def _imports_relatively(file: PythonFile) -> bool:
    """Tell whether a file has relative imports, which fail in a program that is started directly.

    https://docs.python.org/3/reference/import.html#main-spec
    """
    return any(statement.level for statement in file.statements)


def _started_in(path: str, configured: Iterable[ConfiguredPath]) -> tuple[str, ...]:
    """Return the folders that starting a file, or loading a DAG, puts first on its search path.

    The file's own folder stands first: it is there in most ways of starting a program
    (https://docs.python.org/3/library/sys.html#sys.path).
    """
    kinds = ("started", DAGS, AIRFLOW)
    starts = [entry for entry in configured if entry.kind in kinds and entry.covers == path]
    folders = dict.fromkeys(folder for entry in starts for folder in entry.folders or ())
    return tuple(sorted(folders, key=lambda folder: folder != dirname(path)))


def _import_mode(path: str, configured: Iterable[ConfiguredPath]) -> str:
    """Return pytest's import mode for a test: that of the nearest configuration above it."""
    above = [entry for entry in configured if entry.import_mode and entry.reaches(path)]
    nearest = max(above, key=lambda entry: len(entry.covers), default=None)
    return nearest.import_mode if nearest is not None else "prepend"


def _pytest_folders(path: str, tree: Tree) -> tuple[str, ...]:
    """Return the folders that pytest puts on the search path for a test file.

    For the test itself, and for each ``conftest.py`` above it, it is the first folder upwards
    without an ``__init__.py``
    (https://docs.pytest.org/en/stable/explanation/pythonpath.html, mode ``prepend``). What was
    put there last comes first, and a ``conftest.py`` is loaded before what is below it.
    """
    if not is_test(path):
        return ()
    loaded = [dirname(path)]
    loaded += [folder for folder in ancestors(path) if _join(folder, "conftest.py") in tree]
    return tuple(dict.fromkeys(_above_packages(folder, tree) for folder in loaded))


def _above_packages(folder: str, tree: Tree) -> str:
    while folder and f"{folder}/__init__.py" in tree:
        folder = dirname(folder)
    return folder


def is_standard_library(dotted: str) -> bool:
    """Tell whether the name belongs to Python's standard library."""
    return dotted.partition(".")[0] in standard_library()
