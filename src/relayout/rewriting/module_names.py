"""What modules are called in one file: before the moves, and after them."""

from __future__ import annotations

from collections.abc import Sequence

from relayout.inventory.meaning import Meanings, Resolution, Status
from relayout.inventory.python import ImportedName
from relayout.inventory.search_paths import Located
from relayout.planning.plan import Finding
from relayout.rewriting.destination import Destination


class ModuleNames:
    """Answers for one file. ``path`` is where it was, ``folders`` its search path after the moves.

    Answers are remembered: the names of one statement ask nearly the same.
    """

    def __init__(
        self, path: str, resolver: Meanings, destination: Destination, folders: Sequence[str]
    ) -> None:
        self.path = path
        self.new_path = destination.of_file(path)
        self.destination = destination
        self._resolver = resolver
        self._folders = tuple(folders)
        self._resolved: dict[tuple[str, int, str | None], Resolution] = {}
        self._found: dict[tuple[str, int], Located | None] = {}

    def resolve(
        self, module: str, level: int, name: str | None, line: int, bound: str
    ) -> Resolution:
        """Return what an imported name meant before the moves."""
        key = (module, level, name)
        resolution = self._resolved.get(key)
        if resolution is None:
            asked = ImportedName(module, level, name, line, bound)
            resolution = self._resolved[key] = self._resolver.resolve(self.path, asked)
        return resolution

    def submodule(self, module: str, level: int, name: str, line: int) -> Located | None:
        """Return the submodule that a package's attribute was, or None."""
        resolution = self.resolve(module, level, name, line, name)
        return resolution.submodule if resolution.works else None

    def target(self, located: Located | None) -> Located | None:
        """Return where a module went; None for a namespace that came apart."""
        return None if located is None else self.destination.of_located(located)

    def new_name(self, located: Located | None) -> str | None:
        """Return the name by which a module is imported here after the moves, or None."""
        target = self.target(located)
        return None if target is None else self.destination.import_name(target, self._folders)

    def found_after(self, module: str, level: int) -> Located | None:
        """Return what an import's module leads to after the moves, written as it is."""
        key = (module, level)
        if key not in self._found:
            if level:
                located = self.destination.relative(self.new_path, level, module)
            else:
                located = self.destination.find(self._folders, module)
            self._found[key] = located
        return self._found[key]

    def still_leads(
        self, module: str, level: int, name: str, base: Located | None, part: Located | None
    ) -> bool:
        """Tell whether ``from module import name`` finds ``part``, or a name in ``base``."""
        found = self.found_after(module, level)
        if found is None:
            return False
        if part is not None:
            return self.destination.finder.submodule(found, name) == part
        return found == base

    def is_own_package(self, name: str) -> bool:
        """Tell whether this file is in a package, by its new name, that imports something itself.

        Then the file may be imported while the package is.
        """
        located = self.found_after(name, 0)
        folders = located.package_folders if located is not None else ()
        tree = self.destination.tree
        return any(
            self.new_path.startswith(f"{folder}/")
            and f"{folder}/__init__.py" in tree
            and b"import" in tree.read(f"{folder}/__init__.py")
            for folder in folders
        )

    def not_followed(self, line: int, statement: str, resolution: Resolution) -> Finding:
        """Return the finding about an import whose module has no name here any more."""
        where = ", ".join(self.destination.of_file(file) for file in resolution.files)
        return Finding(
            "import-not-followed",
            self.new_path,
            line,
            f"{statement}: it meant {where}, which has no name that can be imported from here",
            "Move one of the two with --place, or import it in another way.",
        )


def is_doubtful(resolution: Resolution) -> bool:
    """Tell whether nobody can say what an import meant."""
    return resolution.status in (Status.BROKEN, Status.AMBIGUOUS)
