"""Directives and roles of Sphinx and docutils: what they name, in whichever markup they stand.

https://docutils.sourceforge.io/docs/ref/rst/directives.html,
https://www.sphinx-doc.org/en/master/usage/restructuredtext/directives.html; MyST has the same in
Markdown. A path counts from the folder of its document, or with a slash at its beginning from the
folder of ``conf.py``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from posixpath import join

from relayout.inventory.references.documents.addresses import Page, address
from relayout.inventory.references.reference import (
    ROOT,
    Base,
    Form,
    Reference,
    beside,
    named_from,
    named_module,
)
from relayout.tree import Tree, ancestors

Span = tuple[int, int]

NAMES_FILE = frozenset(
    {"include", "literalinclude", "image", "figure", "graphviz", "uml", "mermaid", "kroki"}
    | {"plantuml", "drawio-image", "drawio-figure", "video", "thumbnail", "mdinclude", "nbgallery"}
)
"""Directives whose argument is the path of a file."""
NAMES_MODULE = frozenset(
    {"automodule", "autoclass", "autofunction", "autodata", "autoexception", "automethod"}
    | {"autoattribute", "autoproperty", "autodecorator", "automodapi", "automodsumm"}
    | {"module", "py:module", "currentmodule", "py:currentmodule", "click", "typer"}
    | {"autopydantic_model", "autopydantic_settings", "inheritance-diagram"}
)
"""Directives whose argument is the dotted name of a module, or of something in one."""
MODULE_ROLES = frozenset({"mod", "class", "func", "meth", "attr", "data", "exc", "obj", "const"})
"""Roles that lead to the description of something in a module."""

_LISTS_PAGES = frozenset({"toctree", "nbgallery"})
_LISTS_MODULES = frozenset({"autosummary"})
_NAMES_BY_OPTION = frozenset({"csv-table", "raw", "argparse", "jinja"})
LISTS = _LISTS_PAGES | _LISTS_MODULES
"""Directives below which an entry stands on each line."""
READ = NAMES_FILE | NAMES_MODULE | LISTS | _NAMES_BY_OPTION
"""Directives that name something."""

_FILE_OPTION = re.compile(r"[ \t]*:(?:file|template|alt-file):[ \t]+(?P<path>\S+)[ \t]*")
_MODULE_OPTION = re.compile(r"[ \t]*:(?:module|ref):[ \t]+(?P<name>[\w.]+)[ \t]*")
_TITLED = re.compile(r"[ \t]*(?:[^<>\n]*<)?(?P<page>[^<>\n]+?)>?[ \t]*")
_DOTTED = re.compile(r"[~!]?(?P<name>[A-Za-z_]\w*(?:\.\w+)*)")
_ENTRY = re.compile(r"[ \t]*[~!]?(?P<name>[A-Za-z_][\w.]*)[ \t]*")
_LONGEST = 1_000
"""A longer line is no entry of a list."""
_PAGE_SUFFIXES = ("", ".rst", ".md", ".txt", ".ipynb")


@dataclass(frozen=True, slots=True)
class Directive:
    """A directive: its name, where its argument stands, and the lines below it."""

    name: str
    argument: Span
    lines: Sequence[Span]


def in_directive(page: Page, directive: Directive) -> Iterator[Reference]:
    """Yield what a directive names by its argument, its options and its list."""
    start, end = directive.argument
    if directive.name in NAMES_FILE:
        found = file_at(page, start, end)
        if found is not None:
            yield found
    elif directive.name in NAMES_MODULE:
        yield from modules_in(page, start, end)
    for line in directive.lines:
        if line[1] - line[0] <= _LONGEST:
            yield from _in_line(page, directive.name, line)


def _in_line(page: Page, name: str, line: Span) -> Iterator[Reference]:
    text = page.text
    option = _FILE_OPTION.fullmatch(text, *line)
    if option is not None:
        found = file_at(page, *option.span("path"))
        if found is not None:
            yield found
        return
    option = _MODULE_OPTION.fullmatch(text, *line)
    if option is not None:
        yield from modules_in(page, *option.span("name"))
        return
    if name in _LISTS_PAGES:
        entry = _TITLED.fullmatch(text, *line)
        if entry is not None:
            yield from page_at(page, *entry.span("page"))
    elif name in _LISTS_MODULES:
        entry = _ENTRY.fullmatch(text, *line)
        if entry is not None:
            yield from modules_in(page, *entry.span("name"))


def file_at(page: Page, start: int, end: int) -> Reference | None:
    """Return the reference to a file whose path stands somewhere in a document, or None."""
    found = address(page, start, end, top=Base(source_folder(page)))
    return None if found is None or found.text != page.text[start:end] else _unescaped(found)


def _unescaped(found: Reference) -> Reference | None:
    """Return a reference as plain text; what would be an escape in an address has no meaning."""
    return None if "%" in found.text else replace(found, escaped="")


def page_at(page: Page, start: int, end: int) -> Iterator[Reference]:
    """Yield the document that is named without its suffix."""
    text = page.text[start:end]
    if text.startswith(":") or "://" in text or not text.strip("./"):
        return
    base = Base(source_folder(page)) if text.startswith("/") else beside(page.path)
    for suffix in _PAGE_SUFFIXES:
        named = named_from(base.folder, text + suffix)
        if named is not None and named in page.tree:
            yield Reference(start, end, text, named, page.kind, base, ending=suffix)
            return


def modules_in(page: Page, start: int, end: int) -> Iterator[Reference]:
    """Yield the module that a dotted name begins with; the rest is a name in it."""
    match = _DOTTED.match(page.text, start, end)
    if match is None:
        return
    begin = match.start("name")
    parts = match["name"].split(".")
    for count in range(min(len(parts), 30), 0, -1):
        dotted = ".".join(parts[:count])
        found = named_module("", dotted, page.tree)
        if found is not None:
            after = begin + len(dotted)
            yield Reference(
                begin, after, dotted, found, page.kind, ROOT, form=Form.MODULE, climbs=False
            )
            return


def source_folder(page: Page) -> str:
    """Return the folder of the documents that Sphinx makes one site of; else the root."""
    return _folder_above("conf.py", page.path, page.tree)


def _folder_above(name: str, path: str, tree: Tree) -> str:
    return next((folder for folder in ancestors(path) if join(folder, name) in tree), "")
