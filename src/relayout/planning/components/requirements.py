"""Requirements files stand together in ``requirements/``, each called after what it is for.

A file stays where it is if something finds it there that names no path which can follow: a platform
that installs what a ``requirements.txt`` in the root names, or a folder that is built, mounted or
installed for itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, count
from posixpath import basename, dirname, join, normpath, splitext

from relayout.inventory import Inventory
from relayout.inventory.configured_paths.compose import is_compose
from relayout.inventory.configured_paths.containers import is_dockerfile
from relayout.inventory.references import decoded
from relayout.inventory.references.containers.dockerfile import context_of
from relayout.inventory.references.settings.requirements import KIND
from relayout.inventory.requirement_files import (
    FOLDER,
    decode,
    group_of,
    is_bounds,
    is_requirements,
    names_in,
)
from relayout.planning.components.container_names import contents_of_containers
from relayout.planning.components.platforms import installs_from_root
from relayout.tree import ancestors

BECAUSE = "it says what is to be installed"
_MAIN = "base"
"""What the file is called that is for no group."""
_OF_ITS_OWN = frozenset(
    {
        "dbt_project.yml",
        "host.json",
        "Pipfile",
        "pyproject.toml",
        "serverless.yaml",
        "serverless.yml",
        "setup.cfg",
        "setup.py",
        "template.yaml",
    }
)
"""Files of a folder that is installed, built or deployed for itself, with its requirements."""


def requirement_files(inventory: Inventory) -> dict[str, tuple[str, str]]:
    """Return the place in ``requirements/`` of each file that may stand there, and why.

    What stands in that folder already stays what it is. Never raises for what files contain.
    """
    tree = inventory.tree
    held = _held_folders(inventory)
    taken = {path.removeprefix(f"{FOLDER}/") for path in tree if path.startswith(f"{FOLDER}/")}
    taken |= _missing(inventory)
    platform = installs_from_root(inventory)
    kept_names = _called_as_before(inventory)
    found: dict[str, tuple[str, str]] = {}
    for path in sorted(tree, key=lambda path: (path.count("/"), path)):
        if path in inventory.foreign or not is_requirements(path, tree):
            continue
        folders = set(ancestors(path)) - {""}
        if path == "requirements.txt" and platform:
            continue
        if FOLDER in folders or not held.isdisjoint(folders):
            continue
        if folders and _is_named_in_container(path, inventory):
            continue
        own = [basename(path)] if path in kept_names else []
        name = next(name for name in chain(own, _names(path)) if name not in taken)
        taken.add(name)
        found[path] = (name, BECAUSE)
    return found


def _missing(inventory: Inventory) -> set[str]:
    """Return the names in ``requirements/`` that files name, or would from there, in vain.

    No file gets such a name: pip would find then what it does not find now.
    """
    tree = inventory.tree
    found: set[str] = set()
    for path in tree:
        if path not in inventory.foreign and is_requirements(path, tree):
            for named in names_in(decode(tree.read(path))):
                if normpath(join(dirname(path), named)) not in tree:
                    places = (join(dirname(path), named), join(FOLDER, named))
                    found |= {normpath(place).removeprefix(f"{FOLDER}/") for place in places}
    return found


def _names(path: str) -> Iterator[str]:
    """Yield what a file may be called, the best name first; each says what the file is for."""
    ending = splitext(path)[1]
    whole = path.replace("/", "-")
    if not is_bounds(path):
        yield f"{group_of(path) or _MAIN}{ending}"
    yield whole
    stem = whole.removesuffix(ending)
    yield from (f"{stem}-{number}{ending}" for number in count(2))


def _called_as_before(inventory: Inventory) -> set[str]:
    """Return files that name one another (``-r``, ``-c``) where a container calls them by name.

    What a container has under a name that is written down has that name whatever becomes of the
    file, and so what stands there with it has to name it as before.
    """
    names = {
        (path, reference.path)
        for path, references in inventory.references.items()
        for reference in references
        if reference.kind == KIND and is_requirements(reference.path, inventory.tree)
    }
    if not names:
        return set()
    return {
        path
        for contents in contents_of_containers(inventory)
        for pair in names
        if pair[0] in contents.files and pair[1] in contents.named
        for path in pair
    }


def _held_folders(inventory: Inventory) -> set[str]:
    """Return the folders whose requirements files are found by where they stand in them.

    What an image is built from, it has the files of; what a service mounts, it may install.
    """
    tree = inventory.tree
    held = {dirname(path) for path in tree if basename(path) in _OF_ITS_OWN}
    held |= {project.folder for project in inventory.dbt}
    for path in tree:
        if is_dockerfile(path) and path not in inventory.foreign and tree.is_regular(path):
            held.add(context_of(decoded(tree.read(path))[0], path, tree))
    return held - {""}


def _is_named_in_container(path: str, inventory: Inventory) -> bool:
    """Tell whether a service names a file in a folder that it mounts."""
    return any(
        reference.path == path
        and reference.prefix.startswith("/")
        and reference.prefix != reference.text
        for file, references in inventory.references.items()
        if is_compose(file)
        for reference in references
    )
