"""The blocks of a text in Markdown: paragraphs, fences, HTML, and where each of them stands.

They are found by a parser of CommonMark (https://spec.commonmark.org/0.31.2/#blocks-and-inlines)
with the tables of GitHub. What stands before the text, the front matter, is no block of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

Span = tuple[int, int]

_WANTED = frozenset({"inline", "definition", "html_block", "fence"})
_LINE_END = re.compile(r"\r\n?|\n")
_FRONT_MATTER = re.compile(r"\ufeff?(---|\+\+\+)[ \t]*\r?\n(?:.*\r?\n)*?\1[ \t]*(?:\r?\n|\Z)")


@dataclass(frozen=True, slots=True)
class Block:
    """A block: its kind as the parser calls it, and the lines from ``span``.

    Of a fence, ``span`` is the line that opens it, ``info`` what is said there, and ``lines`` are
    its contents without what stands before them in a list or quotation.
    """

    kind: str
    span: Span
    info: str = ""
    lines: tuple[Span, ...] = ()


@lru_cache(maxsize=2048)
def blocks_of(text: str) -> tuple[Block, ...]:
    """Return the blocks of a text in order, each once.

    They are remembered: a document is read before the moves and after them, and is mostly the same.
    """
    return tuple(dict.fromkeys(_Lines(text).blocks()))


class _Lines:
    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = [0, *(match.end() for match in _LINE_END.finditer(text)), len(text)]

    def blocks(self) -> Iterator[Block]:
        """Yield the blocks; the cells of a row are that row each."""
        front = _FRONT_MATTER.match(self.text)
        skipped = len(_LINE_END.findall(front.group())) if front else 0
        rest = self.text[front.end() :] if front else self.text
        for token in _parser().parse("\n" * skipped + rest):
            if token.map is None or token.type not in _WANTED:
                continue
            first, after = token.map
            if token.type == "fence":
                span = self._span(first, first + 1)
                yield Block("fence", span, token.info.strip(), tuple(self._inside(token)))
            else:
                yield Block(token.type, self._span(first, after))

    def _span(self, first: int, after: int) -> Span:
        """Return where lines stand, from the first to before another, counted from 0."""
        last = len(self._starts) - 1
        return self._starts[min(first, last)], self._starts[min(after, last)]

    def _inside(self, token: Token) -> Iterator[Span]:
        """Yield where the contents of a fence stand, line by line."""
        first = token.map[0] + 1 if token.map else 0
        for number, content in enumerate(token.content.removesuffix("\n").split("\n"), first):
            start, end = self._span(number, number + 1)
            end = start + len(self.text[start:end].rstrip("\r\n"))
            yield (end - len(content) if self.text.endswith(content, start, end) else start), end


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    """Return a parser that finds blocks, and leaves the sentences in them alone."""
    parser = MarkdownIt("commonmark", {"inline_definitions": True}).enable("table")
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser
