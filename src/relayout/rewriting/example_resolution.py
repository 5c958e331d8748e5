"""What an import in an example means: as in the file that shows it, which it may import itself."""

from __future__ import annotations

from relayout.inventory import Inventory
from relayout.inventory.meaning import Resolution, resolution_to
from relayout.inventory.python import ImportedName
from relayout.inventory.search_paths import Located, is_standard_library, search_path


class ExampleResolver:
    """Resolves the imports of the examples in one file.

    A file that is found on its own search path is not what its code means: that would be a
    circle. An example does mean it, as its reader is elsewhere.
    """

    def __init__(self, inventory: Inventory, path: str) -> None:
        self._finder = inventory.resolver.finder
        self._resolver = inventory.resolver
        self._example_of = inventory.python[path]
        self._search_path = search_path(self._example_of, inventory.tree)

    def resolve(self, path: str, name: ImportedName) -> Resolution:
        """Return what an imported name means in an example of the file at ``path``."""
        located = None if name.level else self._locate(name.module)
        if located is None or located.file != path:
            return self._resolver.resolve(path, name)
        part = None
        if name.name not in (None, "*", *self._example_of.defines):
            part = self._finder.submodule(located, str(name.name))
        return resolution_to(located, part)

    def _locate(self, dotted: str) -> Located | None:
        folders = self._search_path.before_library()
        if not is_standard_library(dotted):
            folders = (*folders, *self._search_path.after_library())
        return self._finder.find(folders, dotted)
