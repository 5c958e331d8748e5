"""reStructuredText: directives, links, commands and names of files in documents.

The markup is that of docutils (https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html).
Comments, literal blocks and code in other languages than a shell's name nothing here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from relayout.inventory.references.documents.addresses import BRACKETED, Page, address
from relayout.inventory.references.documents.command_blocks import CommandBlocks, Span
from relayout.inventory.references.documents.directives import (
    LISTS,
    MODULE_ROLES,
    READ,
    Directive,
    file_at,
    in_directive,
    modules_in,
    page_at,
)
from relayout.inventory.references.documents.literals import literal
from relayout.inventory.references.documents.markdown import tells_of_the_past
from relayout.inventory.references.reference import Reference
from relayout.tree import Tree

KIND = "restructured-text"

_LINE_END = re.compile(r"\r\n?|\n")
_LONGEST = 10_000
"""A longer line is data."""
_MOST_OPTIONS = 30
_DIRECTIVE = re.compile(
    r"(?P<indent>[ \t]*)\.\.[ \t]+(?:\|[^|\n]+\|[ \t]+)?(?P<name>[\w:.+-]+)::"
    r"(?:[ \t]+(?P<argument>\S(?:.*\S)?))?[ \t]*"
)
_TARGET = re.compile(
    r"[ \t]*\.\.[ \t]+_(?:`[^`\n]+`|(?:\\.|[^:\\\n])+):[ \t]+(?P<address>\S+)[ \t]*"
)
_FOOTNOTE = re.compile(r"[ \t]*\.\.[ \t]+(?:\[[^\]\n]+\]|_|\|)")
_COMMENT = re.compile(r"[ \t]*\.\.(?:[ \t]|$)")
_CODE = frozenset({"code-block", "code", "sourcecode", "prompt", "console"})
_SHOWN = frozenset({"raw", "math", "parsed-literal", "mermaid", "graphviz", "uml", *_CODE})
_INLINE = re.compile(
    r"\\.|``(?P<literal>[^\n]+?)``"
    r"|:(?P<role>[a-z][\w.+-]*(?::[\w.+-]+)?):`(?P<target>[^`\n]+)`"
    r"|`(?P<label>[^`<\n]*)<(?P<address>[^`<>\n]+)>`__?"
)
_TITLED = re.compile(r"(?:[^<>]*<)?(?P<target>[^<>]+?)>?")


def is_restructured_text(path: str) -> bool:
    """Tell whether a file is such a document; what tells of the past stays as it is."""
    return path.lower().endswith((".rst", ".rest")) and not tells_of_the_past(path)


def read_restructured_text(text: str, path: str, tree: Tree) -> Iterator[Reference]:
    """Yield what a document names."""
    page = Page(text, path, tree, KIND)
    blocks = CommandBlocks(page)
    lines = _lines(text)
    position = 0
    while position < len(lines):
        after, found = _at(page, lines, position, blocks)
        yield from found
        position = after
    yield from blocks.references()


def _lines(text: str) -> list[Span]:
    ends = [match.span() for match in _LINE_END.finditer(text)]
    starts = [0, *(after for _, after in ends)]
    return list(zip(starts, [*(end for end, _ in ends), len(text)], strict=True))


def _below(text: str, lines: list[Span], position: int) -> int:
    """Return the number of the first line that is not indented under a line."""
    indent = _indent(text, lines[position])
    after = position + 1
    last = after
    while after < len(lines):
        start, end = lines[after]
        if text[start:end].strip():
            if _indent(text, lines[after]) <= indent:
                break
            last = after + 1
        after += 1
    return last


def _indent(text: str, line: Span) -> int:
    content = text[line[0] : line[1]]
    return len(content) - len(content.lstrip(" \t"))


def _at(
    page: Page, lines: list[Span], position: int, blocks: CommandBlocks
) -> tuple[int, list[Reference]]:
    """Return what a line names with what belongs to it, and the number of the line after that."""
    text, line = page.text, lines[position]
    if line[1] - line[0] > _LONGEST:
        return position + 1, []
    match = _DIRECTIVE.fullmatch(text, *line)
    if match is not None:
        return _directive(page, match, lines, position, blocks)
    match = _TARGET.fullmatch(text, *line)
    if match is not None:
        found = address(page, *match.span("address"))
        return position + 1, [found] if found else []
    if _COMMENT.match(text, *line) and not _FOOTNOTE.match(text, *line):
        return _below(text, lines, position), []
    sentence = list(_in_sentence(page, *line))
    if text[line[0] : line[1]].rstrip().endswith("::"):
        below = _below(text, lines, position)
        blocks.add("", lines[position + 1 : below])
        return below, sentence
    return position + 1, sentence


def _directive(
    page: Page, match: re.Match[str], lines: list[Span], position: int, blocks: CommandBlocks
) -> tuple[int, list[Reference]]:
    name = match["name"]
    if name not in _CODE | _SHOWN | READ:
        return position + 1, []
    below = _below(page.text, lines, position)
    if name in _CODE:
        language = (match["argument"] or "").split(" ")[0]
        language = "console" if name == "console" else language
        blocks.add(language, lines[position + 1 : below])
        return below if name in _SHOWN else position + 1, []
    argument = match.span("argument") if match["argument"] else (match.end(), match.end())
    is_list = name in LISTS
    options = lines[position + 1 : below if is_list else min(below, position + _MOST_OPTIONS)]
    found = list(in_directive(page, Directive(name, argument, options)))
    return below if is_list or name in _SHOWN else position + 1, found


def _in_sentence(page: Page, start: int, end: int) -> Iterator[Reference]:
    """Yield what links, roles and literals in a line name."""
    for match in _INLINE.finditer(page.text, start, end):
        if match["literal"]:
            yield from literal(page, *match.span("literal"))
        elif match["role"]:
            yield from _in_role(page, match)
        elif match["address"]:
            yield from _in_link(page, match)


def _in_role(page: Page, match: re.Match[str]) -> Iterator[Reference]:
    role = match["role"].removeprefix("py:")
    start, end = match.span("target")
    if role in ("file", "code", "literal"):
        yield from literal(page, start, end)
        return
    titled = _TITLED.fullmatch(page.text, start, end)
    if titled is None:
        return
    if role in MODULE_ROLES:
        yield from modules_in(page, *titled.span("target"))
    elif role == "doc":
        yield from page_at(page, *titled.span("target"))
    elif role == "download":
        found = file_at(page, *titled.span("target"))
        if found is not None:
            yield found


def _in_link(page: Page, match: re.Match[str]) -> Iterator[Reference]:
    found = address(page, *match.span("address"), escaped=BRACKETED)
    if found is None:
        return
    yield found
    label = match["label"].rstrip()
    if label == found.text and "/" in label:
        start = match.start("label")
        yield replace(found, start=start, end=start + len(label), escaped="")
