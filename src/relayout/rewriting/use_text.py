"""The text of uses of a module: found where the syntax tree says, and replaced."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from relayout.rewriting.annotations import annotation_edit
from relayout.rewriting.scopes import Reference
from relayout.source import Edit, Source

KIND = "import-use"

_BETWEEN = re.compile(r"\s|\\(?=\r|\n)")
_DOT = r"\s*\.\s*"
_END = r"(?!\w|\s*\.\s*[^\W\d])"
_BRACES = re.compile(r"\{\{|\}\}|[{}]")


@dataclass(slots=True)
class UseText:
    """Replaces uses of modules in one file. Uses are names with a number of attributes."""

    source: Source
    _edits: list[Edit] = field(default_factory=list)
    _in_strings: dict[int, tuple[ast.Constant, list[tuple[ast.Name | ast.Attribute, str]]]] = field(
        default_factory=dict
    )

    def is_plain(self, reference: Reference, depth: int, alike: int = 1) -> bool:
        """Tell whether a use can be replaced: the text at its place is the dotted name.

        ``alike`` is how often the same is used in the f-string that the use is written in.
        """
        if isinstance(reference.within, ast.Constant):
            return annotation_edit(self.source, reference.within, ()) is not None
        if isinstance(reference.within, ast.JoinedStr):
            return len(list(self._in_joined(reference.within, reference, depth))) == alike
        start, end = self.source.span(_node(reference, depth))
        if not self.source.is_code(start, end):
            return False
        return _BETWEEN.sub("", self.source.text[start:end]) == dotted(reference, depth)

    def replace(self, reference: Reference, depth: int, name: str) -> None:
        """Give a use another dotted name. Attributes that stay at its end are not touched."""
        depth, name = shortened(reference, depth, name)
        if isinstance(reference.within, ast.Constant):
            literal = reference.within
            _, uses = self._in_strings.setdefault(id(literal), (literal, []))
            uses.append((_node(reference, depth), name))
        elif isinstance(reference.within, ast.JoinedStr):
            for start, end in self._in_joined(reference.within, reference, depth):
                self._edit(start, end, name)
        else:
            self._edit(*self.source.span(_node(reference, depth)), name)

    def edits(self) -> list[Edit]:
        """Return the edits that were asked for, each once."""
        strings = [
            annotation_edit(self.source, literal, uses)
            for literal, uses in self._in_strings.values()
        ]
        every = [*self._edits, *(edit for edit in strings if edit is not None)]
        return list(dict.fromkeys(every))

    def _edit(self, start: int, end: int, name: str) -> None:
        if self.source.text[start:end] != name:
            self._edits.append(Edit(start, end, name, KIND))

    def _in_joined(
        self, node: ast.JoinedStr, reference: Reference, depth: int
    ) -> Iterator[tuple[int, int]]:
        """Yield the spans of a use, and of those like it, in the fields of an f-string.

        Before Python 3.12 the tree does not say where they are. What looks alike in a string
        within a field is yielded too: then there are more spans than uses.
        """
        start, end = self.source.span(node)
        whole = dotted(reference, len(reference.attributes)).split(".")
        parts = [re.escape(part) for part in whole]
        head, tail = parts[: depth + 1], parts[depth + 1 :]
        pattern = re.compile(
            r"(?<![\w.])(" + _DOT.join(head) + ")" + "".join(_DOT + part for part in tail) + _END
        )
        for first, last in _fields(self.source.text, start, end):
            for match in pattern.finditer(self.source.text, first, last):
                yield match.span(1)


def _fields(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of the replacement fields of an f-string, the outermost."""
    depth = 0
    opened = start
    for brace in _BRACES.finditer(text, start, end):
        if brace.group() == "{{" and not depth:
            continue
        if brace.group() == "}}" and not depth:
            continue
        for character in brace.group():
            if character == "{":
                if not depth:
                    opened = brace.start()
                depth += 1
            elif depth:
                depth -= 1
                if not depth:
                    yield opened, brace.end()


def _node(reference: Reference, depth: int) -> ast.Name | ast.Attribute:
    return reference.attributes[depth - 1] if depth else reference.node


def shortened(reference: Reference, depth: int, name: str) -> tuple[int, str]:
    """Return the depth and the name of a use without the attributes that both names end in."""
    while depth and name.endswith(f".{reference.attributes[depth - 1].attr}"):
        depth -= 1
        name = name.rpartition(".")[0]
    return depth, name


def dotted(reference: Reference, depth: int) -> str:
    """Return a used name with its first attributes, as a dotted name."""
    return ".".join([reference.node.id, *(a.attr for a in reference.attributes[:depth])])
