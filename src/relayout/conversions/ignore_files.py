"""Ignore files follow moved folders: what git kept out of a commit before stays out of it.

The format of ``.gitignore`` is git's (https://git-scm.com/docs/gitignore), that of
``.dockerignore`` Docker's (https://docs.docker.com/build/concepts/context/#dockerignore-files).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from posixpath import dirname

from relayout.rewriting.destination import Destination
from relayout.tree import ancestors

TITLE = "# Follows the moved folders"

_SECRET = re.compile(
    r"(?:^|\.)env(?:$|\W)|\.(?:pem|key|p12|pfx|jks|crt|tfvars|keytab)$|secret|credential|passw"
    r"|token|profiles?\.|\.pgpass|\.netrc|id_rsa|service.?account|keyfile",
    re.IGNORECASE,
)
"""Names of files that are kept out of git because nobody may see them."""
_MAGIC = re.compile(r"[*?\[\\]")


def follow_moves(
    patterns: Sequence[str], destination: Destination, plain_names_hold_anywhere: bool
) -> list[str]:
    """Return a pattern for the new place of each that names a moved folder, in their order.

    The order matters: a pattern with ``!`` undoes those before it. Where
    ``plain_names_hold_anywhere``, as in ``.gitignore``, a pattern without a slash needs nothing.
    """
    followed = [
        new
        for pattern in map(str.strip, patterns)
        if not pattern.startswith("#")
        and ("/" in pattern.lstrip("!").rstrip("/") or not plain_names_hold_anywhere)
        for new in (_followed(pattern, destination), *_secrets(pattern, destination))
    ]
    return [pattern for pattern in dict.fromkeys(followed) if pattern]


def _followed(pattern: str, destination: Destination) -> str:
    """Return a pattern for the new place of its folder; empty if it needs none."""
    sign = "!" if pattern.startswith("!") else ""
    rooted = pattern.removeprefix("!")
    path = rooted.strip("/")
    parts = path.split("/")
    literal = next((i for i, part in enumerate(parts) if _MAGIC.search(part)), len(parts))
    for depth in range(literal, 0, -1):
        folder = "/".join(parts[:depth])
        place = new_place(folder, destination)
        if place == folder:
            return ""
        if place:
            anchor = "/" if rooted.startswith("/") else ""
            end = "/" if rooted.endswith("/") else ""
            return f"{sign}{anchor}{'/'.join([place, *parts[depth:]])}{end}"
    return ""


def _secrets(pattern: str, destination: Destination) -> Iterator[str]:
    """Yield the patterns of a secret for every place that part of its folder went to.

    Git does not hold the file, so nothing tells which part it belongs to.
    """
    path = pattern.strip("/")
    folder, _, name = path.rpartition("/")
    if path.startswith("!") or not _SECRET.search(name) or _MAGIC.search(folder):
        return
    before = destination.before
    if folder not in before.folders or destination.of_folder(folder) is not None:
        return
    anchor = "/" if pattern.startswith("/") else ""
    files = [path for path in sorted(before) if path.startswith(f"{folder}/")]
    for place in dict.fromkeys(_folder_above(path, folder, destination) for path in files):
        if place not in ("", folder):
            yield f"{anchor}{place}/{name}"


def new_place(folder: str, destination: Destination) -> str:
    """Return where a folder is after the moves; empty if there is none, or it cannot be told.

    A folder whose files went to different places is where most of its Python files are.
    """
    if folder not in destination.before.folders:
        return ""
    place = destination.of_folder(folder)
    if place is not None:
        return place
    places = Counter(
        _folder_above(path, folder, destination)
        for path in sorted(destination.before.modules)
        if path.startswith(f"{folder}/")
    )
    return places.most_common(1)[0][0] if places else ""


def _folder_above(path: str, folder: str, destination: Destination) -> str:
    """Return the folder that stands for ``folder`` above a file's new path."""
    depth = dirname(path).count("/") - folder.count("/")
    above = [*ancestors(destination.of_file(path))]
    return above[min(depth, len(above) - 1)]
