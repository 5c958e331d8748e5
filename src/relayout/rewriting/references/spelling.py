"""What a reference has to say after the moves, so that it names the same file as before."""

from __future__ import annotations

import keyword
import re
from dataclasses import dataclass
from posixpath import relpath
from urllib.parse import unquote

from relayout.rewriting.destination import Destination
from relayout.rewriting.references.reference import (
    Base,
    Form,
    Reference,
    is_there,
    named_from,
    named_module,
)
from relayout.tree import ancestors, is_within

_MAGIC = re.compile(r"[*?\[{]")
_DOCUMENTS = (".md", ".markdown", ".rst", ".mdx")
_MOST_PLACES = 4
"""A folder that went to more places is no longer one thing that a line should name."""


@dataclass(frozen=True, slots=True)
class Followed:
    """What to write instead of a reference's text; the same text where it is still right."""

    text: str


@dataclass(frozen=True, slots=True)
class Lost:
    """Why a reference cannot be followed, in words that follow "it names ..."."""

    reason: str


class Spelling:
    """Writes the references of one tree for one set of moves."""

    def __init__(self, destination: Destination) -> None:
        self._destination = destination
        self._before = destination.before
        self._after = destination.tree

    def of(self, reference: Reference, file: str) -> Followed | Lost:
        """Return what a reference in ``file`` (its path before the moves) becomes."""
        base = self._base_after(reference.base, file)
        if base is None:
            as_module = self._as_module(reference)
            if as_module is not None:
                return as_module
            return Lost("counted from a folder whose files have different places now")
        if reference.form is Form.PATTERN:
            return self._pattern(reference, base)
        if reference.form is Form.MODULE:
            return self._module(reference, base)
        place = self.place_of(reference.path)
        if place is None:
            return self._apart(reference, base)
        return self._as_module(reference) or self._path(reference, base, place)

    def _as_module(self, reference: Reference) -> Followed | None:
        """Return what runs a script that moved into the package, from whichever folder."""
        place = self.place_of(reference.path)
        if reference.form is not Form.SCRIPT or place is None or place == reference.path:
            return None
        dotted = self.dotted(place)
        if not dotted or reference.between is None:
            return None
        return Followed(f"-m{reference.between}{dotted}")

    def place_of(self, path: str) -> str | None:
        """Return where a path leads now; None for a folder whose files went apart."""
        if path in self._before:
            return self._destination.of_file(path)
        if path in self._before.folders:
            place = self._destination.of_folder(path)
            return self._place_of_parted(path) if place is None else place
        return path

    def _place_of_parted(self, folder: str) -> str | None:
        """Return where a folder is whose files do not all have one place; None if it has none.

        It is still itself if they are all below it.
        """
        if all(is_within(self._destination.of_file(p), folder) for p in self._inside(folder)):
            return folder
        moved = [(old[len(folder) :], new) for old, new in self._files_of(folder)]
        places = {new.removesuffix(tail) if new.endswith(tail) else None for tail, new in moved}
        return places.pop() if len(places) == 1 else None

    def _files_of(self, folder: str) -> list[tuple[str, str]]:
        """Return the files of a folder with their new paths, but no document that went to docs."""
        pairs = [(path, self._destination.of_file(path)) for path in self._inside(folder)]
        return [pair for pair in pairs if not _went_to_documents(*pair)]

    def _inside(self, folder: str) -> list[str]:
        return [path for path in self._before if is_within(path, folder)]

    def _base_after(self, base: Base, file: str) -> str | None:
        """Return the folder that paths are counted from now, or None if it cannot be told."""
        if base.of_file:
            return self._destination.of_file(file).rpartition("/")[0]
        place = self.place_of(base.folder)
        if place is None and base.folder in self._after.folders:
            return base.folder
        return place

    def _path(self, reference: Reference, base: str, place: str) -> Followed | Lost:
        if named_from(base, _literal(reference)) == place:
            return Followed(reference.text)
        path = relpath(place or ".", base or ".")
        if not reference.climbs and path.startswith(".."):
            return Lost(f"which is now {place or 'the root'}, out of reach from here")
        if reference.in_prose and path.startswith("..") and not reference.text.startswith(".."):
            path = place
        return Followed(_styled(path, reference))

    def _apart(self, reference: Reference, base: str) -> Followed | Lost:
        """Name every place of a folder that went apart, where they can stand side by side."""
        places = self.places_of(reference.path)
        if reference.between is None or not places:
            return Lost("whose files have different places now")
        paths = [relpath(place, base or ".") for place in places]
        if not reference.climbs and any(path.startswith("..") for path in paths):
            return Lost("whose files have different places now, some out of reach from here")
        return Followed(reference.between.join(_styled(path, reference) for path in paths))

    def places_of(self, folder: str) -> list[str]:
        """Return the folders and files that hold all that was in a folder, and nothing else.

        Documents that went to ``docs/`` do not count: they were beside its files. The list is
        empty if there is no such short list.
        """
        targets = {new for _, new in self._files_of(folder)}
        found: list[str] = []
        for target in sorted(targets):
            if found and is_within(target, found[-1]):
                continue
            found.append(self._widest(target, targets))
            if len(found) > _MOST_PLACES:
                return []
        return found

    def _widest(self, target: str, targets: set[str]) -> str:
        """Return the uppermost folder above a file that holds only files of ``targets``."""
        widest = target
        for above in ancestors(target):
            if not above or any(p not in targets for p in self._after if is_within(p, above)):
                break
            widest = above
        return widest

    def _pattern(self, reference: Reference, base: str) -> Followed | Lost:
        """Follow the folder that stands before the first part with a wildcard."""
        literal = _literal(reference)
        parts = literal.replace("\\", "/").split("/")
        count = next((i for i, part in enumerate(parts) if _MAGIC.search(part)), len(parts))
        head, tail = "/".join(parts[:count]), "/".join(parts[count:])
        old = named_from(reference.base.folder, head)
        if old is None or not old or not is_there(old, self._before):
            return Followed(reference.text)
        place = self.place_of(old)
        if place is None:
            return Lost("whose files have different places now")
        if named_from(base, head) == place:
            return Followed(reference.text)
        path = relpath(place, base or ".")
        if not reference.climbs and path.startswith(".."):
            return Lost(f"which is now {place}, out of reach from here")
        return Followed(_styled(f"{path}/{tail}" if tail else path, reference))

    def _module(self, reference: Reference, base: str) -> Followed | Lost:
        place = self.place_of(reference.path)
        if place == reference.path and base == reference.base.folder:
            return Followed(reference.text)
        if place is None or named_module(base, reference.text, self._after) == place:
            return Followed(reference.text)
        dotted = self.dotted(place, base if reference.climbs else None)
        if not dotted:
            return Lost(f"which is now {place} and cannot be imported")
        return Followed(dotted)

    def dotted(self, place: str, base: str | None = None) -> str:
        """Return the name by which Python runs a module of the package, or of a base folder.

        It is empty for what can only be run by its path.
        """
        stem = place.removesuffix(".py").removesuffix("/__main__").removesuffix("/__init__")
        if stem == place and place in self._after:
            return ""
        inside = stem.removeprefix("src/") if stem.startswith("src/") else None
        if inside is None and base is not None and is_within(place, base):
            inside = stem[len(base) :].lstrip("/")
        parts = (inside or "").split("/")
        if all(part.isidentifier() and not keyword.iskeyword(part) for part in parts):
            return ".".join(parts)
        return ""


def _went_to_documents(old: str, new: str) -> bool:
    return old.lower().endswith(_DOCUMENTS) and new.startswith("docs/") and new != old


def _literal(reference: Reference) -> str:
    """Return the path as it is meant, without what the way of writing adds to it or leaves out."""
    text = reference.text[len(reference.prefix) :]
    if reference.escaped:
        text = unquote(text)
    text = text.replace("\\.", ".") if reference.regular else text
    return text + reference.ending


def _styled(path: str, reference: Reference) -> str:
    """Return a path as the text that it replaces was written: its prefix, slashes and dots."""
    literal = _literal(reference)
    if reference.regular:
        return reference.prefix + re.escape(path).replace("\\-", "-").replace("/\\.\\./", "/../")
    plain = literal.replace("\\", "/")
    if plain.startswith("/"):
        path = f"/{path}" if path != "." else "/"
    elif plain.startswith("./") and not path.startswith("."):
        path = f"./{path}"
    if plain.endswith("/") and not path.endswith("/"):
        path = f"{path}/"
    if plain.endswith("/.") and not path.endswith("/."):
        path = f"{path}/."
    if "\\" in literal and "/" not in literal:
        path = path.replace("/", "\\")
    path = path.removesuffix(reference.ending)
    if reference.escaped:
        path = re.sub(f"[{re.escape(reference.escaped)}]", _percent, path)
    return reference.prefix + path


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode())
