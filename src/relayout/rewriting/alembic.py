"""``alembic.ini``: ``script_location`` follows the folder of the migrations.

The value counts from where Alembic is started, or from the file itself with ``%(here)s``
(https://alembic.sqlalchemy.org/en/latest/tutorial.html#editing-the-ini-file).
"""

from __future__ import annotations

import re
from posixpath import basename, dirname, normpath, relpath

from relayout.rewriting.destination import Destination
from relayout.source import Edit

KIND = "script-location"
_LOCATION = re.compile(
    r"^script_location[ \t]*[=:][ \t]*(?P<here>%\(here\)s/?)?(?P<path>[^\r\n#;]*?)[ \t]*$",
    re.MULTILINE,
)


def rewrite_alembic(destination: Destination) -> dict[str, tuple[bytes, Edit]]:
    """Return, by new path, each ``alembic.ini`` that has to change, with its edit."""
    rewritten: dict[str, tuple[bytes, Edit]] = {}
    for path in destination.before:
        if basename(path) != "alembic.ini" or not destination.before.is_regular(path):
            continue
        text = destination.before.read(path).decode("utf-8", errors="surrogateescape")
        match = _LOCATION.search(text)
        if match is None:
            continue
        base = dirname(path) if match["here"] else ""
        folder = normpath(f"{base}/{match['path'] or '.'}").lstrip("/")
        place = destination.of_folder("" if folder == "." else folder)
        new_base = dirname(destination.of_file(path)) if match["here"] else ""
        if place is None or normpath(f"{new_base}/{match['path'] or '.'}").lstrip("/") == place:
            continue
        value = relpath(place, new_base or ".")
        edit = Edit(match.start("path"), match.end("path"), value, KIND)
        changed = text[: edit.start] + value + text[edit.end :]
        data = changed.encode("utf-8", errors="surrogateescape")
        rewritten[destination.of_file(path)] = (data, edit)
    return rewritten
