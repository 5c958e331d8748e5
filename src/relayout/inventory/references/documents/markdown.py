"""Markdown: links, images, commands and names of files, in READMEs and other documents.

Code in other languages, indented code, comments and what stands before the text (the front matter)
name nothing here: they show files of others, trees of folders, or output.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from relayout.inventory.references.documents.addresses import Page
from relayout.inventory.references.documents.command_blocks import CommandBlocks
from relayout.inventory.references.documents.directives import Directive, in_directive, modules_in
from relayout.inventory.references.documents.markdown_blocks import Block, blocks_of
from relayout.inventory.references.documents.markdown_inline import (
    definition,
    in_html,
    in_sentences,
)
from relayout.inventory.references.reference import Reference
from relayout.tree import Tree

KIND = "markdown"

_SUFFIXES = (".md", ".markdown", ".mdx", ".mkd")
_TELLS_OF_THE_PAST = re.compile(
    r"(?:change[-_ ]?logs?|changes|history|news|news(?:fragments|feed)|release[-_ ]?notes|releases)"
    r"(?:[-_.]?v?\d[\w.-]*)?(?:\.\w+)?",
    re.IGNORECASE,
)
_LANGUAGE = re.compile(r"\{?\.?(?P<name>[\w.+-]*)")
_DIRECTIVE = re.compile(r"\{(?P<name>[\w:.-]+)\}[ \t]*(?P<argument>\S.*)?")
_IDENTIFIER = re.compile(r"^[ \t>]*:::[ \t]+(?P<name>[A-Za-z_][\w.]*)[ \t]*\r?$", re.MULTILINE)


def is_markdown(path: str) -> bool:
    """Tell whether a file is a document in Markdown; what tells of the past stays as it is."""
    return path.lower().endswith(_SUFFIXES) and not tells_of_the_past(path)


def tells_of_the_past(path: str) -> bool:
    """Tell whether a document is a change log, by its name or that of a folder."""
    return any(_TELLS_OF_THE_PAST.fullmatch(part) for part in path.split("/"))


def read_markdown(text: str, path: str, tree: Tree) -> Iterator[Reference]:
    """Yield what a document names."""
    return in_markdown(Page(text, path, tree, KIND))


def in_markdown(page: Page) -> Iterator[Reference]:
    """Yield what a text in Markdown names; it may be a cell of a notebook."""
    commands = CommandBlocks(page)
    for block in blocks_of(page.text):
        start, end = block.span
        if block.kind == "inline":
            yield from _modules(page, start, end)
            yield from in_sentences(page, start, end)
        elif block.kind == "definition":
            yield from definition(page, start, end)
        elif block.kind == "html_block":
            yield from in_html(page, start, end)
        elif block.kind == "fence":
            yield from _in_fence(page, block, commands)
    yield from commands.references()


def _modules(page: Page, start: int, end: int) -> Iterator[Reference]:
    """Yield the modules whose documentation is put in by mkdocstrings."""
    if page.text.find(":::", start, end) >= 0:
        for match in _IDENTIFIER.finditer(page.text, start, end):
            yield from modules_in(page, *match.span("name"))


def _in_fence(page: Page, block: Block, commands: CommandBlocks) -> Iterator[Reference]:
    directive = _DIRECTIVE.match(block.info)
    if directive is None:
        match = _LANGUAGE.match(block.info)
        commands.add(match["name"] if match else "", block.lines)
        return
    name, argument = directive["name"], directive["argument"] or ""
    if name in ("code-block", "code", "sourcecode"):
        commands.add(argument, block.lines)
        return
    start, end = block.span
    place = page.text.find(argument, page.text.find("}", start, end) + 1, end) if argument else end
    yield from in_directive(page, Directive(name, (place, place + len(argument)), block.lines))
