"""What the paths of one file count from, before and after the moves."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from posixpath import dirname, relpath

from relayout.inventory import Inventory
from relayout.inventory.path_bases import current_folder, own_package
from relayout.inventory.path_consumers import Wanted
from relayout.inventory.path_readings import Reading, reader_of
from relayout.inventory.path_texts import CURRENT, PathTexts
from relayout.inventory.path_uses import PathUse
from relayout.notebook import is_notebook
from relayout.rewriting.destination import Destination


@dataclass(frozen=True, slots=True)
class FromElsewhere:
    """What a text names from another folder than the root, where that folder is after the moves.

    ``text`` is what would have to stand there then, empty if it is right, None if nothing would.
    """

    reading: Reading
    folder: str
    text: str | None


class Places:
    """Says what the paths of the file at ``path`` count from.

    ``constants`` are the new places of folders that constants of other modules name.
    """

    def __init__(
        self,
        path: str,
        module: ast.Module,
        texts: PathTexts,
        inventory: Inventory,
        destination: Destination,
        constants: Mapping[str, str],
    ) -> None:
        self.path = path
        self.new_path = destination.of_file(path)
        self.inventory = inventory
        self.destination = destination
        self._module = module
        self._texts = texts
        self._constants = constants

    def of(self, path: str) -> str | None:
        """Return where a file or folder is after the moves; None if it has no one place."""
        if path in self.destination.before:
            return self.destination.of_file(path)
        return self.destination.of_folder(path)

    def reached(self, reading: Reading, path: str) -> str | None:
        """Return where what a text names is after the moves; None if it has no one place.

        What is not in git stays where it is, as long as the folder around it is there.
        """
        place = self.of(path)
        if place is not None or reading.is_exact or reading.is_pattern:
            return place
        if is_notebook(self.path) and path == dirname(self.path):
            return dirname(self.new_path)  # what may be there, untracked, is told elsewhere
        return path if path in self.destination.tree.folders else None

    def _of_base(self, path: str) -> str | None:
        """Return where a folder is that code computes: the own one is where the file is."""
        place = self.of(path)
        if place is None and path == dirname(self.path):
            return dirname(self.new_path)
        return self._constants.get(path) if place is None else place

    def before(self, use: PathUse) -> str | None:
        """Return the folder that a text counts from; the root if that cannot be told.

        None if it counts from a folder that its call names.
        """
        if use.has_own_folder:
            return None
        if use.wanted is Wanted.RESOURCE:
            return dirname(self.path)
        if use.text.base != CURRENT:
            return use.text.base or ""
        return self.current or ""

    def after(self, use: PathUse) -> str | None:
        """Return the folder that a text counts from after the moves, or None."""
        if use.wanted is Wanted.RESOURCE:
            return dirname(self.new_path)
        if use.text.base == CURRENT:
            current = self.current
            if is_notebook(self.path):
                return dirname(self.new_path)
            return None if current is None else self._of_base(current)
        return None if use.text.base is None else self._of_base(use.text.base)

    def problem(self, use: PathUse, reading: Reading) -> str | None:
        """Return why it cannot be told what a text names, if that moved; else None."""
        moved = [path for path in reading.paths if self.reached(reading, path) != path]
        if use.text.base == CURRENT and use.wanted is not Wanted.RESOURCE and self.current == "":
            return self._other_reading(use, reading, bool(moved))
        if not moved:
            return None
        if use.wanted is Wanted.RESOURCE and not self._is_own_resource(use):
            return f"may name {moved[0]}, in a package that cannot be told"
        if use.text.base is None:
            return f"names {moved[0]}, if the folder that it counts from is the root"
        if use.text.base == CURRENT and self.current is None:
            return f"names {moved[0]}, if the current folder, which the code changes, is the root"
        return None

    def _other_reading(self, use: PathUse, reading: Reading, has_moved: bool) -> str | None:
        """Return what a text names from where a runner file starts the program, if that differs."""
        for folder in sorted(self.inventory.started_in.get(self.path, ())):
            other = reader_of(self.destination.before).read(use, folder) if folder else None
            if other is not None and other.is_exact and other.paths != reading.paths:
                there = other.paths[0]
                if has_moved or self.of(there) != there:
                    here = f"names {reading.paths[0]} from the root"
                    return f"{here}, and {there} from {folder}, where it is started"
        return None

    def lost_from(self, use: PathUse) -> FromElsewhere | None:
        """Return what a text names from where the file is started, if not from the root.

        A file that nothing starts may be started in its own folder.
        """
        if use.text.base != CURRENT or self.current != "":
            return None
        for folder in (*sorted(self.inventory.started_in.get(self.path, ())), dirname(self.path)):
            reading = reader_of(self.destination.before).read(use, folder) if folder else None
            if reading is not None and reading.is_exact:
                base, place = self._of_base(folder), self.of(reading.paths[0])
                if base is None or place is None:
                    return FromElsewhere(reading, folder, None)
                old, new = relpath(reading.paths[0], folder), relpath(place, base or ".")
                return FromElsewhere(reading, base, "" if old == new else new)
        return None

    @cached_property
    def current(self) -> str | None:
        """The folder that is the current one where paths are opened; None if it is not known."""
        return current_folder(self.path, self._module, self._texts)

    def _is_own_resource(self, use: PathUse) -> bool:
        call = self._texts.bindings.parents.get(id(use.node))
        return isinstance(call, ast.Call) and bool(call.args) and own_package(call.args[0])
