"""Dotted names in settings: modules and packages of the repository, and what is in them."""

from __future__ import annotations

import re
from functools import lru_cache
from posixpath import join

from relayout.inventory.declared import import_name
from relayout.inventory.python import standard_library
from relayout.inventory.references.commandline.surroundings import Surroundings
from relayout.inventory.references.commandline.words import Word
from relayout.inventory.references.reference import Form, Reference, import_folders
from relayout.inventory.references.spans.toml_spans import toml_texts
from relayout.inventory.requirements import dependency_names, read_requirements
from relayout.tree import Tree, is_within

_PROJECT = "pyproject.toml"
_LONGEST = 500
"""No name is longer."""
_DOTTED = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*")


def module_named(word: Word, around: Surroundings, whole: bool = False) -> Reference | None:
    """Return the module or package that a dotted name begins with, if it is the repository's.

    ``whole`` says that the name is that of a package with all that is in it, as is a name with
    ``.*`` behind it. A name that a dependency or the standard library has is theirs.
    """
    match = _DOTTED.match(word.text)
    if match is None or around.base is None or len(match.group()) > _LONGEST:
        return None
    rest = word.text[match.end() :]
    if rest not in ("", ".*", ".**") and rest[0] not in ":([ \t":
        return None
    tree, parts = around.scene.tree, match.group().split(".")
    for count in range(len(parts), 0, -1):
        name = ".".join(parts[:count])
        found = _found(name, around.base.folder, tree, whole or bool(rest[:1] == "."))
        if found is None:
            continue
        if _is_foreign(parts[0], tree) or (count < len(parts) and found in tree.folders):
            return None
        end = word.start + len(name)
        return Reference(word.start, end, name, found, around.kind, around.base, form=Form.MODULE)
    return None


def _found(name: str, base: str, tree: Tree, whole: bool) -> str | None:
    """Return the module's file, or the folder of a package that is meant as a whole."""
    stem = name.replace(".", "/")
    for folder in import_folders(base, name, tree):
        path = join(folder, stem)
        if f"{path}/__init__.py" in tree.modules:
            return path if whole else f"{path}/__init__.py"
        if f"{path}.py" in tree.modules:
            return f"{path}.py"
        if path in tree.folders and any(is_within(m, path) for m in tree.modules):
            return path
    return None


def _is_foreign(name: str, tree: Tree) -> bool:
    """Tell whether a name is that of something installed; a project may depend on itself."""
    return name in standard_library() or name in _installed(tree)


@lru_cache(maxsize=2)
def _installed(tree: Tree) -> frozenset[str]:
    """Return the import names of what the repository depends on; every name asks for them."""
    return dependency_names(tree, read_requirements(tree)) - {_own_name(tree)}


def _own_name(tree: Tree) -> str:
    """Return the import name of the project at the root, as far as its name tells."""
    text = tree.read(_PROJECT).decode("utf-8", "replace") if tree.is_regular(_PROJECT) else ""
    names = {t.names: t.value for t in toml_texts(text)}
    return import_name(names.get(("project", "name"), ""))
