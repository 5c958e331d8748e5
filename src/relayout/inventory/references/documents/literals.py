"""What documents set as code within a sentence: the path of a file, or a command.

Prose names folders by words that may mean anything else as well. A word is a path here only if
it has a slash, or is the one file of its name, stands in the root, and so does the document (or it
is in ``docs/``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from posixpath import basename, dirname

from relayout.inventory.configured_paths.values import scene_in
from relayout.inventory.references.commandline.commands import references_in
from relayout.inventory.references.commandline.surroundings import Surroundings
from relayout.inventory.references.commandline.words import commands_in
from relayout.inventory.references.documents.addresses import Page
from relayout.inventory.references.reference import (
    ROOT,
    Base,
    Form,
    Reference,
    beside,
    is_there,
    named_from,
)

_LITERAL = re.compile(
    r"\s*(?P<path>[^\s`'\"<>|*?{}$()#:,;]+)(?::\d+(?:-\d+)?|::[\w.:]+|#L\d+(?:-L\d+)?)?\s*"
)
_STARTS_PROGRAM = re.compile(r"\s*[\w./\\$@-]+[ \t]")
_KINDS = frozenset(
    {"dbt_project.yml", "profiles.yml", "packages.yml", "dependencies.yml", "selectors.yml"}
)
"""Names that every project of dbt has: a sentence tells of this kind of file, wherever one is."""
_LONGEST = 1_000


def literal(page: Page, start: int, end: int) -> Iterable[Reference]:
    """Return what a text that is set as code names, from ``start`` to ``end`` of a document.

    The line of a file, or a name in it, may follow its path. Paths count from the root, else from
    the folder of the document.
    """
    if end - start > _LONGEST:
        return ()
    match = _LITERAL.fullmatch(page.text, start, end)
    if match is None:
        return _command(page, start, end) if _STARTS_PROGRAM.match(page.text, start, end) else ()
    found = _path(page, match.start("path"), match["path"])
    return () if found is None else (found,)


def _path(page: Page, start: int, text: str) -> Reference | None:
    if text.startswith(("/", "~", "-")) or not text.strip("./"):
        return None
    for base in (ROOT, beside(page.path)):
        named = named_from(base.folder, text)
        if named and is_there(named, page.tree) and _is_sure(text, named, base, page):
            end = start + len(text)
            return Reference(start, end, text, named, page.kind, base, in_prose=True)
    return None


def _is_sure(text: str, named: str, base: Base, page: Page) -> bool:
    """Tell whether a text can only be meant as the path that it is."""
    if "/" in text.removeprefix("./"):
        return True
    is_about_root = dirname(page.path) in ("", "docs", "doc", ".github")
    if named in page.tree.folders or base != ROOT or "." not in text or not is_about_root:
        return False
    if text in _KINDS:
        return False
    return not any(basename(path) == named for path in page.tree if path != named)


def _command(page: Page, start: int, end: int) -> list[Reference]:
    readings = []
    for base in dict.fromkeys((ROOT, Base(dirname(page.path), of_file=True))):
        scene = scene_in(base.folder, page.path, page.tree)
        around = Surroundings(page.path, page.kind, scene, base)
        found = references_in(commands_in(page.text, start, end), around)
        readings.append([reference for reference in found if not is_placeholder(reference)])
    return max(readings, key=len)


def is_placeholder(reference: Reference) -> bool:
    """Tell whether a pattern of a document stands for what the reader is to put in its place."""
    return reference.form is Form.PATTERN and "[" in reference.text
