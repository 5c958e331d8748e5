"""What each ``pyproject.toml`` of a tree names follows the moves: entry points and build settings.

Nothing else in it changes: a layout that evolves has no say in what a project declares.
"""

from __future__ import annotations

from functools import partial
from posixpath import basename, dirname

import tomlkit
from tomlkit.exceptions import TOMLKitError

from relayout.conversions.build_paths import follow_build_paths
from relayout.conversions.dependencies import PATH as PYPROJECT
from relayout.conversions.entry_points import follow_targets
from relayout.conversions.moved_names import MovedNames, search_roots
from relayout.conversions.source_folders import source_folders
from relayout.conversions.toml_text import Unwritable, rewrite
from relayout.inventory import Inventory
from relayout.planning.plan import Finding
from relayout.rewriting.destination import Destination
from relayout.tree import Tree


def follow_projects(
    inventory: Inventory, destination: Destination, tree: Tree
) -> tuple[dict[str, bytes], list[Finding]]:
    """Return the projects of ``tree``, as the moves leave them, that name what has moved.

    Contents are given by path after. A project that cannot be read or written is a finding.
    """
    contents: dict[str, bytes] = {}
    findings: list[Finding] = []
    for path in inventory.tree:
        new_path = destination.of_file(path)
        is_project = basename(path) == PYPROJECT and path not in inventory.foreign
        if not is_project or not tree.is_regular(new_path):
            continue
        try:
            text = tree.read(new_path).decode()
            followed = _followed(text, path, inventory, destination)
        except (UnicodeDecodeError, TOMLKitError, Unwritable) as error:
            message = f"it was left as it was: {error}"
            findings.append(
                Finding("project-not-wired", new_path, 0, message, "Correct it by hand.")
            )
            continue
        if followed != text:
            contents[new_path] = followed.encode()
    return contents, findings


def _followed(text: str, path: str, inventory: Inventory, destination: Destination) -> str:
    document = tomlkit.parse(text).unwrap()
    old, new = dirname(path), dirname(destination.of_file(path))
    roots = search_roots(old, ["", "src", *source_folders(text, ())])
    names = MovedNames(inventory, destination)
    module_moved = partial(names.module, roots=roots)
    follow = partial(names.pattern, old=old, new=new)
    follow_targets(document, module_moved, follow)
    follow_build_paths(document, follow, module_moved)
    return rewrite(text, document, "")
