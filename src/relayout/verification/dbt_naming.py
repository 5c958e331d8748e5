"""What names dbt projects from outside: commands, services, settings and code name the same ones.

The folder of a project is named, or what dbt makes in it, which git does not hold; what is named of
it that git holds, is for other checks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from posixpath import dirname

from relayout.inventory import Inventory
from relayout.inventory.dbt import territory
from relayout.inventory.references.reference import Form, Reference
from relayout.inventory.search_paths import is_quarantined
from relayout.notebook import read_source
from relayout.rewriting.followed_references import is_left_alone, is_passed_over
from relayout.source import NotPython
from relayout.tree import Tree
from relayout.verification.module_strings import Side
from relayout.verification.moved_places import place_after
from relayout.verification.working_paths import paths_named

Named = Counter[str]


def naming_changes(
    before: Inventory, after: Inventory, targets: Mapping[str, str]
) -> Iterator[str]:
    """Yield the projects, and what is made in them, that files named before and do not name now."""
    if not territory(before.tree).folders:
        return
    for path in sorted({*before.references, *before.python}):
        place = targets.get(path, path)
        if is_left_alone(path, place) or is_quarantined(place) or place not in after.tree:
            continue
        named = _in_references(path, before) + _in_code(path, before, surely=True)
        if not named:
            continue
        wanted: Named = Counter()
        for one, times in named.items():
            wanted[place_after(before.tree, targets, one) or one] += times
        missing = wanted - (_in_references(place, after) + _in_code(place, after, surely=False))
        for one in sorted(missing):
            yield f"{place}: nothing names {one} any more"


def _in_references(path: str, inventory: Inventory) -> Named:
    named = (
        _folder_of(reference)
        for reference in inventory.references.get(path, ())
        if not reference.doubt and not is_passed_over(reference)
    )
    return Counter(p for p in named if p is not None and _is_of_project(p, inventory.tree))


def _folder_of(reference: Reference) -> str | None:
    """Return the path that a reference names; where a folder is named for a file in it, that."""
    if reference.form is Form.FOLDER:
        return dirname(reference.path)
    return reference.path if reference.form is Form.PATH else None


def _is_of_project(path: str, tree: Tree) -> bool:
    folders = territory(tree).folders
    return path in folders or (path not in tree and territory(tree).around(path) is not None)


def _in_code(path: str, inventory: Inventory, surely: bool) -> Named:
    """Return the projects' folders that literals of a module name as paths, each once."""
    if path not in inventory.python or inventory.python[path].error is not None:
        return Counter()
    folders = territory(inventory.tree).folders
    source = read_source(path, inventory.tree.read(path))
    if not any(folder.rpartition("/")[2] in source.text for folder in folders):
        return Counter()
    try:
        side = Side(inventory, path, source, source.parse())
    except NotPython:
        return Counter()
    return Counter(p for p in paths_named(side, surely) if _is_of_project(p, inventory.tree))
