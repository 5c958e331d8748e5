"""Which paths of the new tree are in use."""

from __future__ import annotations

from collections.abc import Iterable

from relayout.tree import ancestors


class Taken:
    """Paths that are in use in the new tree, compared as a case-insensitive file system would."""

    def __init__(self, sources: Iterable[str]) -> None:
        self._sources = tuple(f"{source}/".casefold() for source in sources)
        self._files: dict[str, str] = {}
        self._folders: dict[str, str] = {}

    def collides(self, target: str, keeps_shape: bool = False) -> bool:
        """Tell whether a file cannot go there: taken, or a module and a package of one name.

        A package that ``keeps_shape`` may have had such a pair before, and keeps it.
        """
        key = target.casefold()
        if key in self._files or key in self._folders:
            return True
        importable = key.startswith(self._sources) and not keeps_shape
        if importable and key.endswith(".py") and key.removesuffix(".py") in self._folders:
            return True
        for exact in ancestors(target):
            folder = exact.casefold()
            if not folder:
                break
            if folder in self._files or (importable and f"{folder}.py" in self._files):
                return True
            if self._folders.get(folder, exact) != exact:
                return True
        return False

    def take(self, target: str) -> None:
        """Mark a path as in use."""
        self._files[target.casefold()] = target
        for folder in ancestors(target):
            if not folder or folder.casefold() in self._folders:
                return  # and so are those above
            self._folders[folder.casefold()] = folder
