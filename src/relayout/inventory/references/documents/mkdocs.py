"""MkDocs: the pages of the navigation, and the files and folders that a site is made with.

The settings are those of https://www.mkdocs.org/user-guide/configuration/: pages, styles, scripts,
the logo and the icon count from ``docs_dir``, all else from the folder of ``mkdocs.yml``. The
folders in which mkdocstrings looks for modules are read as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import basename

from relayout.inventory.references.reference import (
    Base,
    Reference,
    beside,
    is_there,
    named_from,
)
from relayout.inventory.references.spans.yaml_spans import ITEM, Scalar, placed, scalars_of
from relayout.tree import Tree

KIND = "mkdocs"

_OF_PAGES = frozenset({"nav", "extra_css", "extra_javascript"})
_OF_PAGES_IN_THEME = frozenset({"logo", "favicon"})
_OWN = frozenset(
    {("docs_dir",), ("theme", "custom_dir"), ("hooks", ITEM), ("watch", ITEM), ("INHERIT",)}
)
_MODULE_FOLDERS = ("handlers", "python", "paths", ITEM)


def is_mkdocs(path: str) -> bool:
    """Tell whether a file has the settings of a site, by its name."""
    return basename(path) in ("mkdocs.yml", "mkdocs.yaml")


def read_mkdocs(text: str, path: str, tree: Tree) -> Iterator[Reference]:
    """Yield what the settings name."""
    scalars = [scalar for scalar in scalars_of(text) if scalar.keys and not scalar.is_key]
    own = beside(path)
    told = next((scalar.value for scalar in scalars if scalar.keys == ("docs_dir",)), "docs")
    docs = named_from(own.folder, told)
    for scalar in scalars:
        base = own if _is_own(scalar.keys) else None
        if _is_of_pages(scalar.keys) and docs is not None:
            base = Base(docs)
        if base is not None:
            yield from placed(_named(scalar, base, tree), scalar, text)


def _is_own(keys: tuple[str, ...]) -> bool:
    return keys in _OWN or keys[-len(_MODULE_FOLDERS) :] == _MODULE_FOLDERS


def _is_of_pages(keys: tuple[str, ...]) -> bool:
    return keys[0] in _OF_PAGES or (keys[0] == "theme" and keys[-1] in _OF_PAGES_IN_THEME)


def _named(scalar: Scalar, base: Base, tree: Tree) -> Iterator[Reference]:
    value = scalar.value
    named = named_from(base.folder, value)
    if named is None or "://" in value or value.startswith("/") or named == base.folder:
        return
    if is_there(named, tree):
        yield Reference(0, len(value), value, named, KIND, base)
