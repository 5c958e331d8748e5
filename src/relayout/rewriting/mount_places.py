"""Where a container gets what a mount of a folder gave it, when the files in there parted.

The mount itself follows most of them; each of the others gets a mount of its own, at the path that
it had in the container. A mount below another one needs no more than that the outer one can be
written to, where Docker makes the place for it
(https://docs.docker.com/engine/storage/bind-mounts/).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from posixpath import join

from relayout.inventory.bind_mounts import BindMount
from relayout.inventory.configured_paths.images import is_airflows
from relayout.inventory.search_paths import is_quarantined
from relayout.rewriting.destination import Destination
from relayout.tree import is_within

_MOST = 10
"""A mount that needs more others is taken apart by a person."""
_DOCUMENTS = (".md", ".markdown", ".rst", ".txt")


@dataclass(frozen=True, slots=True)
class Mounted:
    """A path of the repository, and where a container has it."""

    path: str
    target: str


@dataclass(frozen=True, slots=True)
class Parts:
    """What becomes of one mount: what follows it, and what is mounted besides.

    ``main`` is None if nothing can take its place: then there are only ``others``. ``is_all`` is
    false where they would be too many.
    """

    main: str | None
    others: tuple[Mounted, ...] = ()
    is_all: bool = True


def parts_of(mount: BindMount, destination: Destination) -> Parts:
    """Return the parts of a mount of a folder."""
    folder = mount.path or ""
    if folder and destination.of_folder(folder) == folder:
        return Parts(folder)  # it lost nothing, and what came into it does no harm
    before = destination.before
    files = [path for path in before if is_within(path, folder)]
    main = _main(mount, files, destination)
    pieces = list(_pieces(folder, files, destination))
    others = [piece for piece in pieces if main is None or piece[1] != join(main, piece[0])]
    if mount.read_only and others and len(pieces) <= _MOST:
        main, others = None, pieces
    if len(others) > _MOST or (mount.read_only and main is not None and others):
        there = [p for p in files if destination.of_file(p) == f"{main}{p[len(folder) :]}"]
        return Parts(main if 2 * len(there) > len(files) else None, is_all=False)
    return Parts(main, tuple(Mounted(place, join(mount.target, rest)) for rest, place in others))


def is_unneeded(path: str, destination: Destination) -> bool:
    """Tell whether no container needs a file any more: it is dead, or a document in ``docs/``."""
    place = destination.of_file(path)
    if is_quarantined(place) and not is_quarantined(path):
        return True
    return place != path and place.startswith("docs/") and path.lower().endswith(_DOCUMENTS)


def _main(mount: BindMount, files: Sequence[str], destination: Destination) -> str | None:
    """Return the place of most files that still stand there as they stood in the folder."""
    folder = mount.path or ""
    places: Counter[str] = Counter()
    settings: Counter[str] = Counter()
    for path in files:
        rest, place = path[len(folder) :], destination.of_file(path)
        if place.endswith(rest) and place != rest[1:] and not is_unneeded(path, destination):
            places[place[: -len(rest)]] += 1
            settings[place[: -len(rest)]] += not path.endswith(".py")
    fitting = [place for place in places if _fits(place, mount, places[place], destination)]
    return max(fitting, key=lambda p: (places[p], settings[p], p == folder, p), default=None)


def _fits(place: str, mount: BindMount, count: int, destination: Destination) -> bool:
    """Tell whether a place can be mounted for a folder of which it has so many files.

    It has no other file of it, which would be there twice, and more of it than of other folders,
    unless it is the folder itself: what containers write there, git need not hold.
    What Airflow loads has nothing else in it, unless all that it had went there.
    """
    folder, others = mount.path or "", 0
    for path in (path for path in destination.tree if path.startswith(f"{place}/")):
        old = destination.before_moves(path)
        if not old.startswith(f"{folder}/"):
            others += 1
        elif path[len(place) :] != old[len(folder) :] and not is_unneeded(old, destination):
            return False
    is_whole = destination.of_folder(folder) == place
    return (place == folder or others < count) and (
        is_whole or not (others and is_airflows(mount.target))
    )


def _pieces(
    folder: str, files: Sequence[str], destination: Destination
) -> Iterator[tuple[str, str]]:
    """Yield what is in a folder, as large as it stayed together: its path there, and its place."""
    inside: dict[str, list[str]] = {}
    for path in files:
        first = path[len(folder) + 1 :].partition("/")[0]
        inside.setdefault(join(folder, first), []).append(path)
    for path, own in sorted(inside.items()):
        if all(is_unneeded(file, destination) for file in own):
            continue
        if path in destination.before:
            yield path[len(folder) + 1 :], destination.of_file(path)
            continue
        place = destination.of_folder(path)
        if place is not None:
            yield path[len(folder) + 1 :], place
            continue
        for rest, inner in _pieces(path, own, destination):
            yield join(path[len(folder) + 1 :], rest), inner
