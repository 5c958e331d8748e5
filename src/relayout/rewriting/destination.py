"""The tree after the moves, and what a moved module is called from a file in it."""

from __future__ import annotations

import keyword
from collections.abc import Mapping, Sequence
from posixpath import dirname

from relayout.inventory.search_paths import Located, ModuleFinder, is_standard_library
from relayout.planning.units import inside
from relayout.tree import Tree, ancestors


def package_folders(tree: Tree, package: str) -> list[str]:
    """Return the package's folders that hold modules but no ``__init__.py``."""
    source = f"src/{package}"
    folders = {
        folder
        for module in tree.modules
        if module.startswith(f"{source}/")
        for folder in ancestors(module)
        if folder == source or folder.startswith(f"{source}/")
    }
    return sorted(folder for folder in folders if f"{folder}/__init__.py" not in tree)


class Destination:
    """Where files are after the moves, and how modules are found there.

    The package will have all its ``__init__.py`` files, and so hides other folders of its name.
    """

    def __init__(self, before: Tree, moves: Mapping[str, str], package: str) -> None:
        self.before = before
        self.moves = moves
        self.tree = before.moved(moves)
        markers = {f"{folder}/__init__.py": b"" for folder in package_folders(self.tree, package)}
        self.finder = ModuleFinder(self.tree.with_content(markers))
        self._images: dict[str, str | None] = {}

    def of_file(self, path: str) -> str:
        """Return the path of a file after the moves."""
        return self.moves.get(path, path)

    def of_folder(self, folder: str) -> str | None:
        """Return where a folder went, or None if its files went to different places."""
        if folder not in self._images:
            self._images[folder] = self._find_folder(folder)
        return self._images[folder]

    def _find_folder(self, folder: str) -> str | None:
        if not folder:
            return ""
        prefix = f"{folder}/"
        places = set()
        for path in self.before:
            if path.startswith(prefix):
                target, rest = self.of_file(path), path[len(prefix) :]
                if not target.endswith(f"/{rest}"):
                    return None
                places.add(target[: -len(rest) - 1])
        return places.pop() if len(places) == 1 else None

    def of_located(self, located: Located) -> Located | None:
        """Return where a module or package went; None for a namespace that came apart."""
        if located.file is not None:
            return Located(self.of_file(located.file))
        folders = [self.of_folder(folder) for folder in located.folders]
        if any(folder is None for folder in folders):
            return None
        return Located(None, tuple(folder for folder in folders if folder is not None))

    def name_of(self, target: Located, folders: Sequence[str]) -> str | None:
        """Return the dotted name that leads to a module on a search path, or None."""
        path = target.file or (target.folders[0] if len(target.folders) == 1 else None)
        if path is None:
            return None
        stem = path.removesuffix(".py").removesuffix("/__init__")
        for folder in folders:
            if folder and not stem.startswith(f"{folder}/"):
                continue
            parts = inside(stem, folder).split("/")
            if all(part.isidentifier() and not keyword.iskeyword(part) for part in parts):
                dotted = ".".join(parts)
                hidden = folder != "src" and is_standard_library(dotted)
                if not hidden and self.finder.find(folders, dotted) == target:
                    return dotted
        return None

    def relative(self, path: str, level: int, module: str) -> Located | None:
        """Return where a relative import in the file at ``path`` (after the moves) leads."""
        folder = dirname(path)
        for _ in range(level - 1):
            if not folder:
                return None
            folder = dirname(folder)
        package: Located | None = self.finder.package(folder)
        for part in module.split(".") if module else ():
            package = self.finder.submodule(package, part) if package else None
        return package
