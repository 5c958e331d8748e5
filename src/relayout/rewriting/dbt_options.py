"""Commands of dbt that were started where their project was: options say where it is now."""

from __future__ import annotations

from posixpath import dirname, relpath

from relayout.inventory.references.reference import Reference
from relayout.rewriting.destination import Destination


def with_options(reference: Reference, base: str, destination: Destination) -> str | None:
    """Return a command with what tells it, from a base folder, where its project is.

    None if no words can stand behind it. The profiles that it finds where it is started are in the
    same folder afterwards, or stay.
    """
    folder = dirname(destination.of_file(reference.path))
    if folder == base:
        return reference.text
    if reference.between is None:
        return None
    place = relpath(folder or ".", base or ".")
    words = [reference.text, "--project-dir", place]
    if any(dirname(destination.of_file(path)) == folder for path in reference.others):
        words += ["--profiles-dir", place]
    return reference.between.join(words)
