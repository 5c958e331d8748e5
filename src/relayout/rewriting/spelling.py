"""What a reference has to say after the moves, so that it names the same file as before."""

from __future__ import annotations

import keyword
from collections.abc import Mapping
from dataclasses import dataclass, replace
from posixpath import basename, commonpath, dirname, join, relpath

from relayout.inventory.references.containers.compose_services import KIND as COMPOSE
from relayout.inventory.references.path_patterns.globs import divided, matched
from relayout.inventory.references.reference import (
    Base,
    Form,
    Reference,
    is_there,
    named_from,
    named_module,
)
from relayout.inventory.search_paths import Located, is_quarantined
from relayout.planning.homes import home_of
from relayout.rewriting.beside_the_point import is_beside_the_point, went_to_documents
from relayout.rewriting.dbt_options import with_options
from relayout.rewriting.destination import Destination
from relayout.rewriting.image_builds import with_dockerfile
from relayout.rewriting.written_paths import literal_of, renamed, styled, way_back
from relayout.tree import ancestors, is_within

_APART = "whose files have different places now"
_UNNAMED = "which has another name or place now, and this does not name it"
_MOST_PLACES = 4
"""A folder that went to more places is no longer one thing that a line should name."""


@dataclass(frozen=True, slots=True)
class Followed:
    """What to write instead of a reference's text; the same text where it is still right."""

    text: str


@dataclass(frozen=True, slots=True)
class Lost:
    """Why a reference cannot be followed, in words that follow "it names ...".

    ``text`` is what leads to the part of a folder that stayed, where it has to be written anew.
    """

    reason: str
    text: str = ""


class Spelling:
    """Writes the references of one tree for one set of moves.

    ``contexts`` are folders that images are built from and whose files parted, with the place of
    all that the image has of them.
    """

    def __init__(self, destination: Destination, contexts: Mapping[str, str] | None = None) -> None:
        self.destination = destination
        self._contexts = contexts or {}
        self._before = destination.before
        self._after = destination.tree
        self._places: dict[tuple[str, str], list[str]] = {}
        self._live: dict[str, str | None] = {}

    def of(self, reference: Reference, file: str) -> Followed | Lost:
        """Return what a reference in ``file`` (its path before the moves) becomes."""
        if reference.form is Form.HELD:
            return Followed(reference.text)
        if reference.form is Form.OWN:
            return Followed(way_back(reference, dirname(self.destination.of_file(file))))
        if reference.form is Form.NAME:
            return Followed(renamed(reference, self.destination.of_file(reference.path)))
        if reference.anywhere and self._is_still_found(reference):
            return Followed(reference.text)
        spelled = self._spelled(reference, file)
        if reference.doubt and spelled != Followed(reference.text):
            return Lost(reference.doubt)
        return spelled

    def _spelled(self, reference: Reference, file: str) -> Followed | Lost:
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
        if reference.form is Form.PROJECT:
            written = with_options(reference, base, self.destination)
            return Followed(written) if written else Lost("which is elsewhere now")
        if reference.image is not None:
            folder = replace(reference, path=reference.image.context, form=Form.PATH, image=None)
            said = self._spelled(replace(folder, text=reference.image.said), file)
            if isinstance(said, Lost):
                return said
            written = with_dockerfile(reference, reference.image, said.text, base, self.destination)
            return Followed(written) if written is not None else Lost(_UNNAMED)
        place = self.place_of(reference.path)
        if place is None and reference.kind == COMPOSE:
            place = self._contexts.get(reference.path)
        if reference.holds and self._still_holds(reference, base):
            return Followed(reference.text)
        if place is None:
            return self._apart(reference, base)
        if reference.form is Form.FOLDER:
            return self._folder(reference, base)
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

    def starts_in_package(self, reference: Reference, file: str) -> bool:
        """Tell whether a reference that can be followed starts a module that went to a package."""
        place = self.destination.of_file(reference.path)
        if reference.form not in (Form.SCRIPT, Form.MODULE) or place == reference.path:
            return False
        if home_of(place, self.destination.homes) is None:
            return False
        return isinstance(self.of(reference, file), Followed)

    def to(self, reference: Reference, place: str, file: str) -> str | None:
        """Return the text that leads to a place from where a reference counts, if there is one."""
        base = self._base_after(reference.base, file)
        path = relpath(place or ".", base or ".") if base is not None else ".."
        if not reference.climbs and path.startswith(".."):
            return None
        return styled(path, reference)

    def place_of(self, path: str) -> str | None:
        """Return where a path leads now; None for a folder whose files went apart."""
        if path in self._before:
            return self.destination.of_file(path)
        if path in self._before.folders:
            place = self.destination.of_folder(path)
            return place if place is not None else self.destination.of_package(path)
        return self.destination.of_untracked(path)

    def _live_place(self, folder: str) -> str | None:
        """Return the one place of all in a folder that is in use: not what is in quarantine.

        Documents that went to ``docs/`` and compiled files do not count either.
        """
        if folder not in self._live:
            moved = ((p, self.destination.of_file(p)) for p in self._before if is_within(p, folder))
            used = [pair for pair in moved if not is_beside_the_point(*pair)]
            tails = [(new, old[len(folder) :]) for old, new in used]
            places = {new[: -len(tail)] for new, tail in tails if new.endswith(tail)}
            whole = len(places) == 1 and all(new.endswith(tail) for new, tail in tails)
            self._live[folder] = places.pop() if whole else None
        return self._live[folder]

    def _is_still_found(self, reference: Reference) -> bool:
        """Tell whether a name that holds at any depth still leads to all that it named."""
        name = "/" + literal_of(reference).strip("/")
        files = [p for p in self._before if is_within(p, reference.path)]
        return all(f"{name}/" in f"/{self.destination.of_file(path)}/" for path in files)

    def _base_after(self, base: Base, file: str) -> str | None:
        """Return the folder that paths are counted from now, or None if it cannot be told."""
        if base.of_file:
            return self.destination.of_file(file).rpartition("/")[0]
        place = self.place_of(base.folder)
        if place is None:
            place = self._contexts.get(base.folder, self._live_place(base.folder))
        if place is None and base.folder in self._after.folders:
            return base.folder
        return place

    def _path(self, reference: Reference, base: str, place: str) -> Followed | Lost:
        if named_from(base, literal_of(reference)) == place:
            return Followed(reference.text)
        path = relpath(place or ".", base or ".")
        if not reference.climbs and path.startswith(".."):
            return Lost(f"which is now {place or 'the root'}, out of reach from here")
        if reference.in_prose and path.startswith("..") and not reference.text.startswith(".."):
            path = place
        return Followed(styled(path, reference))

    def _apart(self, reference: Reference, base: str) -> Followed | Lost:
        """Name every place of a folder that went apart, where they can stand side by side.

        What names the folder that its file stands in means what came along with the file.
        """
        if reference.base.of_file and reference.path == reference.base.folder:
            return Lost(_APART)
        places = self.places_of(reference.path, reference.only)
        if reference.folder_only and any(place in self._after for place in places):
            return Lost(_APART)
        if len(places) == 1:
            return self._path(reference, base, places[0])
        if reference.between is None or not places:
            live = self._live_place(reference.path)
            if live is not None and self._is_all_of(live, reference.path):
                return self._path(reference, base, live)
            return Lost(_APART, self._left(reference, base))
        paths = [relpath(place, base or ".") for place in places]
        if not reference.climbs and any(path.startswith("..") for path in paths):
            return Lost("whose files have different places now, some out of reach from here")
        file = replace(reference, text=reference.text.rstrip("/\\"))
        written = [
            styled(path, file if place in self._after else reference)
            for place, path in zip(places, paths, strict=True)
        ]
        return Followed(reference.between.join(written))

    def _is_all_of(self, place: str, folder: str) -> bool:
        """Tell whether all that is in a place now was in a folder before."""
        files = (path for path in self._before if is_within(path, folder))
        targets = {self.destination.of_file(path) for path in files}
        return targets.issuperset(path for path in self._after if is_within(path, place))

    def _left(self, reference: Reference, base: str) -> str:
        """Return what leads to the part of a folder that stayed, if the text no longer does."""
        folder = reference.path
        is_named = named_from(base, literal_of(reference)) == folder
        is_left = folder in self._after.folders and not is_named
        path = relpath(folder or ".", base or ".")
        is_out = not reference.climbs and path.startswith("..")
        return styled(path, reference) if is_left and not is_out else ""

    def _still_holds(self, reference: Reference, base: str) -> bool:
        """Tell whether all that was in a folder is still in it, and the text still names it."""
        folder = reference.path
        files = (p for p in self._before if is_within(p, folder))
        return named_from(base, literal_of(reference)) == folder and all(
            is_within(self.destination.of_file(path), folder) for path in files
        )

    def _folder(self, reference: Reference, base: str) -> Followed | Lost:
        """Name the folder in which some files are now."""
        paths = (reference.path, *reference.others)
        folders = {self.destination.of_file(path).rpartition("/")[0] for path in paths}
        if len(folders) > 1:
            return Lost("and what belongs beside it is in different folders now")
        folder = folders.pop()
        if named_from(base, literal_of(reference)) == folder:
            return Followed(reference.text)
        path = relpath(folder or ".", base or ".")
        if not reference.climbs and path.startswith(".."):
            return Lost(f"which is now in {folder}, out of reach from here")
        slash = "" if reference.folder_only and not reference.text.endswith("/") else "/"
        return Followed(styled(path, reference).rstrip("/") + slash)

    def places_of(self, folder: str, only: str = "") -> list[str]:
        """Return the folders and files that hold all that was in a folder, and nothing else.

        Documents that went to ``docs/`` were beside them, and do not count if there is more. The
        list is empty if there is no such short list. With ``only``, files with that ending
        count, and what is in quarantine does not if there is more.
        """
        if (folder, only) not in self._places:
            self._places[folder, only] = self._find_places(folder, only)
        return self._places[folder, only]

    def _find_places(self, folder: str, only: str) -> list[str]:
        files = {p for p in self._before if is_within(p, folder) and p.endswith(only)}
        moved = [(path, self.destination.of_file(path)) for path in files]
        beside = {new for old, new in moved if went_to_documents(old, new)}
        targets = {new for _, new in moved}
        targets = (targets - beside) or targets
        if only:
            targets = {t for t in targets if not is_quarantined(t)} or targets
        found: list[str] = []
        for target in sorted(targets):
            if found and is_within(target, found[-1]):
                continue
            is_there_still = is_within(target, folder)
            widest = folder if is_there_still else self._widest(target, targets, folder, only)
            found.append(widest)
            if len(found) > _MOST_PLACES:
                return []
        return found

    def _widest(self, target: str, targets: set[str], folder: str, only: str) -> str:
        """Return the folder above a file that holds the most of ``targets``, and nothing else.

        One that is called as ``folder`` was is high enough; of others, the innermost one counts.
        """
        widest = target
        for above in ancestors(target):
            inside = (p for p in self._after if p.endswith(only) and is_within(p, above))
            if not above or any(p not in targets for p in inside):
                break
            widest = above
            if basename(above) == basename(folder):
                return above
        if widest in targets:
            return widest
        return commonpath([dirname(t) for t in targets if is_within(t, widest)])

    def _pattern(self, reference: Reference, base: str) -> Followed | Lost:
        """Follow the files that a pattern matches; it may have to become several patterns."""
        head, tail = divided(literal_of(reference).replace("\\", "/"))
        old = named_from(reference.base.folder, head)
        if old is None or (old and not is_there(old, self._before)):
            return Followed(reference.text)
        found = self._patterns(old, tail)
        if found == [(named_from(base, head), tail)]:
            return Followed(reference.text)
        if not found or (len(found) > 1 and reference.between is None):
            return Lost(_APART)
        paths = [relpath(place or ".", base or ".") for place, _ in found]
        if not reference.climbs and any(path.startswith("..") for path in paths):
            return Lost(f"which is now {found[0][0]}, out of reach from here")
        written = [
            styled(rest if path == "." and rest else f"{path}/{rest}" if rest else path, reference)
            for path, (_, rest) in zip(paths, found, strict=True)
        ]
        return Followed((reference.between or "").join(written))

    def _patterns(self, folder: str, tail: str) -> list[tuple[str, str]]:
        """Return folders with patterns, and files, that match what ``tail`` matched in a folder.

        The list is empty if there is no such short list.
        """
        files = matched(folder, tail, self._before)
        whole = self.place_of(folder)
        if not files or (folder and whole is not None):
            return [] if whole is None else [(whole, tail)]
        targets = {self.destination.of_file(path) for path in files}
        still = targets.intersection(matched(folder, tail, self._after))
        found: dict[tuple[str, str], None] = {(folder, tail): None} if still else {}
        for path in sorted(files):
            target = self.destination.of_file(path)
            if target in still:
                continue
            rest = path[len(folder) + 1 :] if folder else path
            place = f"/{target}".removesuffix(f"/{rest}").lstrip("/")
            fits = target != place and targets.issuperset(matched(place, tail, self._after))
            if fits and self.destination.is_of_many(place):
                if tail not in ("*", "**"):
                    return []
                found[join(place, rest.partition("/")[0]), ""] = None
            else:
                found[(place, tail) if fits else (target, "")] = None
            if len(found) > _MOST_PLACES:
                return []
        return list(found)

    def _module(self, reference: Reference, base: str) -> Followed | Lost:
        if reference.path in self._before.folders:
            return self._package(reference, base)
        place = self.place_of(reference.path)
        if place == reference.path and base == reference.base.folder:
            return Followed(reference.text)
        if place is None or named_module(base, reference.text, self._after) == place:
            return Followed(reference.text)
        dotted = self.dotted(place, base if reference.climbs else None)
        if not dotted:
            return Lost(f"which is now {place} and cannot be imported")
        return Followed(dotted)

    def _package(self, reference: Reference, base: str) -> Followed | Lost:
        """Follow a package that is meant with all its modules; data beside them may have stayed."""
        moved = self.destination.of_located(Located(None, (reference.path,)))
        places = list(moved.package_folders) if moved is not None else []
        if places == [reference.path] and base == reference.base.folder:
            return Followed(reference.text)
        if not places:
            places = self.places_of(reference.path, ".py")
        if len(places) > 1 and reference.between is None:
            return Lost(_APART)
        names = [self.dotted(place, base) for place in places]
        if not names or not all(names):
            where = f"which is now {places[0]} and cannot be imported" if names else _APART
            return Lost(where)
        return Followed((reference.between or "").join(names))

    def dotted(self, place: str, base: str | None = None) -> str:
        """Return the name by which Python runs a module of the package, or of a base folder.

        It is empty for what can only be run by its path.
        """
        stem = place.removesuffix(".py").removesuffix("/__main__").removesuffix("/__init__")
        if stem == place and place in self._after:
            return ""
        source = self.destination.source_of(stem)
        inside = stem.removeprefix(f"{source}/") if source is not None else None
        if inside is None and base and is_within(place, f"{base}/src"):
            inside = stem[len(base) + 5 :]
        if inside is None and base is not None and is_within(place, base):
            inside = stem[len(base) :].lstrip("/")
        parts = (inside or "").split("/")
        if all(part.isidentifier() and not keyword.iskeyword(part) for part in parts):
            return ".".join(parts)
        return ""
