"""Markdown: links, images, commands and names of files, in READMEs and other documents.

Blocks are found by a parser of CommonMark with the tables of GitHub (https://spec.commonmark.org).
Code in other languages, indented code, comments and what stands before the text (the front matter)
name nothing here: they show files of others, trees of folders, or output.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from posixpath import basename

from markdown_it import MarkdownIt
from markdown_it.token import Token

from relayout.inventory.references.addresses import Page
from relayout.inventory.references.command_blocks import CommandBlocks, Span
from relayout.inventory.references.directives import Directive, in_directive, modules_in
from relayout.inventory.references.markdown_inline import definition, in_html, in_sentences
from relayout.inventory.references.reference import Reference
from relayout.tree import Tree

KIND = "markdown"

_SUFFIXES = (".md", ".markdown", ".mdx", ".mkd")
_TELLS_OF_THE_PAST = re.compile(
    r"(?:change[-_ ]?log|changes|history|news|release[-_ ]?notes|releases)"
    r"(?:[-_.]?v?\d[\w.-]*)?(?:\.\w+)?$",
    re.IGNORECASE,
)
_LINE_END = re.compile(r"\r\n?|\n")
_FRONT_MATTER = re.compile(r"\ufeff?(---|\+\+\+)[ \t]*\r?\n(?:.*\r?\n)*?\1[ \t]*(?:\r?\n|\Z)")
_LANGUAGE = re.compile(r"\{?\.?(?P<name>[\w.+-]*)")
_DIRECTIVE = re.compile(r"\{(?P<name>[\w:.-]+)\}[ \t]*(?P<argument>\S.*)?")
_IDENTIFIER = re.compile(r"^[ \t>]*:::[ \t]+(?P<name>[A-Za-z_][\w.]*)[ \t]*\r?$", re.MULTILINE)


def is_markdown(path: str) -> bool:
    """Tell whether a file is a document in Markdown; what tells of the past stays as it is."""
    return path.lower().endswith(_SUFFIXES) and not tells_of_the_past(path)


def tells_of_the_past(path: str) -> bool:
    """Tell whether a document is a change log, by its name."""
    return bool(_TELLS_OF_THE_PAST.match(basename(path)))


def read_markdown(text: str, path: str, tree: Tree) -> Iterator[Reference]:
    """Yield what a document names."""
    return in_markdown(Page(text, path, tree, KIND))


def in_markdown(page: Page) -> Iterator[Reference]:
    """Yield what a text in Markdown names; it may be a cell of a notebook."""
    lines = _Lines(page.text)
    blocks = CommandBlocks(page)
    seen: set[Span] = set()
    for token in lines.tokens:
        if token.map is None:
            continue
        start, end = lines.span(*token.map)
        if token.type == "inline" and (start, end) not in seen:
            seen.add((start, end))
            yield from _modules(page, start, end)
            yield from in_sentences(page, start, end)
        elif token.type == "definition":
            yield from definition(page, start, end)
        elif token.type == "html_block":
            yield from in_html(page, start, end)
        elif token.type == "fence":
            yield from _in_fence(page, lines, token, blocks)
    yield from blocks.references()


def _modules(page: Page, start: int, end: int) -> Iterator[Reference]:
    """Yield the modules whose documentation is put in by mkdocstrings."""
    if page.text.find(":::", start, end) >= 0:
        for match in _IDENTIFIER.finditer(page.text, start, end):
            yield from modules_in(page, *match.span("name"))


def _in_fence(
    page: Page, lines: _Lines, token: Token, blocks: CommandBlocks
) -> Iterator[Reference]:
    assert token.map is not None
    inside = lines.inside(token)
    directive = _DIRECTIVE.match(token.info.strip())
    if directive is None:
        match = _LANGUAGE.match(token.info.strip())
        blocks.add(match["name"] if match else "", inside)
        return
    name, argument = directive["name"], directive["argument"] or ""
    if name in ("code-block", "code", "sourcecode"):
        blocks.add(argument, inside)
        return
    start, end = lines.span(token.map[0], token.map[0] + 1)
    place = page.text.find(argument, page.text.find("}", start, end) + 1, end) if argument else end
    yield from in_directive(page, Directive(name, (place, place + len(argument)), inside))


class _Lines:
    """The lines of a text, and the blocks that they make."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = [0, *(match.end() for match in _LINE_END.finditer(text)), len(text)]
        front = _FRONT_MATTER.match(text)
        skipped = len(_LINE_END.findall(front.group())) if front else 0
        rest = text[front.end() :] if front else text
        self.tokens: Sequence[Token] = _parser().parse("\n" * skipped + rest)

    def span(self, first: int, after: int) -> Span:
        """Return where lines stand, from the first to before another, counted from 0."""
        last = len(self._starts) - 1
        return self._starts[min(first, last)], self._starts[min(after, last)]

    def inside(self, token: Token) -> list[Span]:
        """Return where the contents of a fence stand, line by line, without what is before them."""
        first = token.map[0] + 1 if token.map else 0
        found: list[Span] = []
        for number, content in enumerate(token.content.removesuffix("\n").split("\n"), first):
            start, end = self.span(number, number + 1)
            end = start + len(self.text[start:end].rstrip("\r\n"))
            if self.text.endswith(content, start, end):
                start = end - len(content)
            found.append((start, end))
        return found


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    """Return a parser that finds blocks, and leaves the sentences in them alone."""
    parser = MarkdownIt("commonmark", {"inline_definitions": True}).enable("table")
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser
