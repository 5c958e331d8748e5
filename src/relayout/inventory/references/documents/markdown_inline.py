"""What stands within the sentences of Markdown: links, images, code, and tags of HTML.

The grammar is that of CommonMark, chapter 6 (https://spec.commonmark.org/0.31.2/#inlines).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from relayout.inventory.references.documents.addresses import BARE, BRACKETED, Page, address
from relayout.inventory.references.documents.literals import literal
from relayout.inventory.references.reference import ROOT, Reference

_LONGEST = 200_000
"""A longer paragraph is data."""

_TOKEN = re.compile(
    r"\\.|(?P<ticks>`+)|(?P<comment><!--)|(?P<tag></?[A-Za-z][^<>]{0,2000}>)|(?P<open>!?\[)"
    r"|(?P<close>\])|(?P<address><[A-Za-z][A-Za-z0-9+.-]*:[^\s<>]*>)",
    re.DOTALL,
)
_TITLE = r"(?:\"(?:[^\"\\]|\\.){0,1000}\"|'(?:[^'\\]|\\.){0,1000}'|\((?:[^()\\]|\\.){0,1000}\))"
_DESTINATION = (
    r"(?:<(?P<bracketed>[^<>\r\n]{0,2000})>"
    r"|(?P<bare>(?:[^\s()<>]|\([^\s()<>]{0,500}\)){1,2000}))"
)
_BLANKS = r"[ \t]{0,100}(?:\r?\n[ \t>]{0,100})?"
_TAIL = re.compile(
    rf"\({_BLANKS}{_DESTINATION}(?:[ \t\r\n]{_BLANKS}{_TITLE})?{_BLANKS}\)", re.DOTALL
)
_DEFINITION = re.compile(rf"\[(?:[^\[\]\\]|\\.){{1,999}}\]:{_BLANKS}{_DESTINATION}", re.DOTALL)
_ATTRIBUTE = re.compile(
    r"(?<=[\s\"'])(?:src|href|srcset|poster)\s{0,10}=\s{0,10}"
    r"(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<plain>[^\s\"'=<>`]+))",
    re.IGNORECASE,
)
_TAG = re.compile(r"(?P<comment><!--)|<[A-Za-z][^<>]{0,2000}>")
_NO_TEXT = re.compile(r"\s*<(?:script|style|pre|textarea)\b", re.IGNORECASE)


def in_sentences(page: Page, start: int, end: int) -> Iterator[Reference]:
    """Yield what a part of a document names that is text: no block of code, and no HTML."""
    if end - start > _LONGEST:
        return
    text = page.text
    brackets: list[int] = []
    unclosed: set[str] = set()
    position = start
    while (token := _TOKEN.search(text, position, end)) is not None:
        position = token.end()
        if token["ticks"]:
            closing = _closing(text, token["ticks"], position, end, unclosed)
            if closing >= 0:
                yield from literal(page, position, closing)
                position = closing + len(token["ticks"])
        elif token["comment"]:
            closing = _found(text, "-->", position, end, unclosed)
            position = closing if closing >= 0 else position
        elif token["tag"]:
            yield from _of_tag(page, *token.span())
        elif token["open"]:
            brackets.append(position)
        elif token["close"] and brackets:
            opened = brackets.pop()
            tail = _TAIL.match(text, position, end)
            if tail is not None:
                yield from _of_link(page, (opened, token.start()), tail)
                position = tail.end()


def _closing(text: str, ticks: str, start: int, end: int, unclosed: set[str]) -> int:
    """Return where the run of backticks is that ends a code span, or -1."""
    if ticks in unclosed:
        return -1
    match = re.compile(rf"(?<!`){ticks}(?!`)").search(text, start, end)
    if match is None:
        unclosed.add(ticks)
        return -1
    return match.start()


def _found(text: str, wanted: str, start: int, end: int, unclosed: set[str]) -> int:
    found = -1 if wanted in unclosed else text.find(wanted, start, end)
    if found < 0:
        unclosed.add(wanted)
    return found


def _of_link(page: Page, label: tuple[int, int], tail: re.Match[str]) -> Iterator[Reference]:
    """Yield where a link leads, and its text if that is the very path."""
    found = _destination(page, tail)
    if found is None:
        return
    yield found
    text = page.text[slice(*label)]
    if "/" not in text and "." not in text:
        return
    if text in (found.text, found.text.removeprefix("./")):
        yield replace(found, start=label[0], end=label[1], text=text)
    elif text == found.path:
        yield Reference(*label, text, found.path, page.kind, ROOT)


def _destination(page: Page, match: re.Match[str]) -> Reference | None:
    group = "bare" if match["bare"] else "bracketed"
    return address(page, *match.span(group), BARE if match["bare"] else BRACKETED)


def definition(page: Page, start: int, end: int) -> Iterator[Reference]:
    """Yield where the definition of a link leads that stands in a part of a document."""
    match = _DEFINITION.search(page.text, start, end)
    found = _destination(page, match) if match is not None else None
    if found is not None:
        yield found


def in_html(page: Page, start: int, end: int) -> Iterator[Reference]:
    """Yield what the tags of a block of HTML name; comments and scripts name nothing."""
    if _NO_TEXT.match(page.text, start, end):
        return
    unclosed: set[str] = set()
    position = start
    while (tag := _TAG.search(page.text, position, end)) is not None:
        position = tag.end()
        if tag["comment"]:
            closing = _found(page.text, "-->", position, end, unclosed)
            position = closing if closing >= 0 else end
        else:
            yield from _of_tag(page, *tag.span())


def _of_tag(page: Page, start: int, end: int) -> Iterator[Reference]:
    for match in _ATTRIBUTE.finditer(page.text, start, end):
        group = next(name for name in ("double", "single", "plain") if match[name] is not None)
        found = address(page, *match.span(group))
        if found is not None:
            yield found
