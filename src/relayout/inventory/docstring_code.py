"""Code that docstrings show: doctests, literal blocks and code blocks.

- doctests: https://docs.python.org/3/library/doctest.html#how-are-docstring-examples-recognized
- ``::`` and ``.. code::``: https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#literal-blocks
- ``.. code-block::`` and ``.. testcode::``: https://www.sphinx-doc.org/en/master/usage/restructuredtext/directives.html
- fences: https://spec.commonmark.org/0.31.2/#fenced-code-blocks

What does not parse as Python is prose, and so is a block that nothing calls Python unless it has
an import.
"""

from __future__ import annotations

import ast
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from relayout.source import NotPython, Source, nodes_of

_SIGN = re.compile(r">>> |```|~~~|::(?:[ \t]+[\w*-]+)?[ \t]*(?:[\r\n\\]|\Z)")

PROMPT = re.compile(r"([ \t]*)>>>(?: |$)")
CONTINUATION = re.compile(r"([ \t]*)\.\.\.(?: |$)")
"""How the lines of a doctest begin, with their indentation."""
_DIRECTIVE_OF_DOCTEST = re.compile(r"#\s*doctest:[^\n'\"]*$", re.MULTILINE)
_FENCE = re.compile(r"[ \t]*(?P<fence>`{3,}|~{3,})[ \t]*\{?\.?(?:python3?|py3?)\b[^`]*$")
_CODE_DIRECTIVE = re.compile(
    r"[ \t]*\.\.[ ]+(?:(?:code-block|sourcecode|code)::[ \t]*(?P<language>[\w-]*)"
    r"|test(?:code|setup|cleanup)::.*)[ \t]*$"
)
_PYTHON = frozenset({"python", "python3", "py", "py3"})
_ANY_DIRECTIVE = re.compile(r"[ \t]*\.\.[ ]")


def may_have_examples(text: str) -> bool:
    """Tell whether a file or a docstring has a sign of code that it shows."""
    if ">>>" not in text and "::" not in text and "```" not in text and "~~~" not in text:
        return False
    return _SIGN.search(text) is not None


def docstrings(module: ast.Module) -> list[ast.Constant]:
    """Return the docstrings of a module, its classes and functions.

    Those that are set as ``__doc__`` are among them, also by way of a variable.
    """
    nodes = nodes_of(module)
    assigned = [node for node in nodes if isinstance(node, ast.Assign)]
    names = _names_of_documentation(assigned)
    values: list[ast.AST] = [
        node.value for node in assigned if any(_target(t) in names for t in node.targets)
    ]
    for node in nodes:
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            if node.body and isinstance(node.body[0], ast.Expr):
                values.append(node.body[0].value)
    return [v for v in values if isinstance(v, ast.Constant) and isinstance(v.value, str)]


def _names_of_documentation(assigned: Sequence[ast.Assign]) -> set[str]:
    """Return ``__doc__`` and the variables that it is made from."""
    return {"__doc__"} | {
        part.id
        for node in assigned
        if any(_target(target) == "__doc__" for target in node.targets)
        for part in ast.walk(node.value)
        if isinstance(part, ast.Name)
    }


def _target(target: ast.expr) -> str:
    """Return the variable that an assignment sets, or ``__doc__`` if it is that of an object."""
    if isinstance(target, ast.Attribute) and target.attr == "__doc__":
        return target.attr
    return target.id if isinstance(target, ast.Name) else ""


@dataclass(frozen=True, slots=True)
class CodeLine:
    """A line of code in a docstring.

    ``start`` is where the code begins in the docstring's value. ``prefix`` stands before a line
    that begins a statement, ``continued`` before one that goes on with it. ``directive`` is the
    comment with which a doctest sets its options.
    """

    start: int
    text: str
    prefix: str
    continued: str
    directive: str = ""


@dataclass(frozen=True)
class DocstringCode:
    """The code that one docstring shows, as a Python text of its own.

    What a docstring's doctests do, they do in one namespace, and a reader takes its blocks
    together as well.
    """

    lines: tuple[CodeLine, ...]

    @cached_property
    def text(self) -> str:
        """The lines of code alone."""
        return "".join(f"{line.text}\n" for line in self.lines)

    @cached_property
    def starts(self) -> list[int]:
        """Where each line begins in the text."""
        starts = [0]
        for line in self.lines[:-1]:
            starts.append(starts[-1] + len(line.text) + 1)
        return starts

    def number_at(self, offset: int) -> int:
        """Return the number of the line, from 0, that an offset in the text lies on."""
        return bisect_right(self.starts, offset) - 1

    def in_value(self, offset: int) -> int:
        """Return where a place in the text is in the docstring's value."""
        number = self.number_at(offset)
        return self.lines[number].start + offset - self.starts[number]

    def in_text(self, offset: int) -> int | None:
        """Return where a place in the docstring's value is in the text, or None."""
        number = bisect_right(self._value_starts, offset) - 1
        if number < 0 or offset > self.lines[number].start + len(self.lines[number].text):
            return None
        return self.starts[number] + offset - self.lines[number].start

    @cached_property
    def _value_starts(self) -> list[int]:
        return [line.start for line in self.lines]


@dataclass(frozen=True, slots=True)
class Shown:
    """What a docstring shows: code that parses, and imports in blocks that do not, one by one.

    The code is one text as a rule; doctests within a block that is code itself are another.
    """

    code: tuple[DocstringCode, ...]
    lone_imports: tuple[DocstringCode, ...]


def read_shown(docstring: ast.Constant) -> Shown:
    """Return the code that a docstring shows. Never raises for what it contains."""
    value = str(docstring.value)
    if not may_have_examples(value):
        return Shown((), ())
    lines = _lines(value, docstring.col_offset)
    blocks = list(_blocks(lines))
    python = [block for block in blocks if block.is_python]
    apart = [block.lines for block in python]
    within: list[Sequence[CodeLine]] = []
    for example in _doctests(lines):
        inside = any(b.lines[0].start <= example[0].start <= b.lines[-1].start for b in python)
        (within if inside else apart).append(example)
    joined = [_joined(pieces) for pieces in (apart, within) if pieces]
    lone = [
        DocstringCode((line,))
        for block in blocks
        if block.said_python and not block.is_python
        for line in block.lines
        if _is_python([line], needs_import=True)
    ]
    return Shown(tuple(c for c in joined if _is_python(c.lines, needs_import=False)), tuple(lone))


def _joined(pieces: Sequence[Sequence[CodeLine]]) -> DocstringCode:
    ordered = sorted(pieces, key=lambda piece: piece[0].start)
    return DocstringCode(tuple(line for piece in ordered for line in piece))


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a docstring: where it begins in the value, its text and how far it is indented."""

    start: int
    text: str
    indent: int

    @property
    def is_blank(self) -> bool:
        return not self.text.strip()


def _lines(value: str, column: int) -> list[_Line]:
    lines: list[_Line] = []
    start = 0
    for text in value.split("\n"):
        indent = len(text) - len(text.lstrip(" \t"))
        lines.append(_Line(start, text, indent if lines else column))
        start += len(text) + 1
    return lines


def _is_python(lines: Sequence[CodeLine], needs_import: bool) -> bool:
    try:
        module = Source("".join(f"{line.text}\n" for line in lines), "utf-8", False).parse()
    except NotPython:
        return False
    if needs_import:
        return any(isinstance(node, ast.Import | ast.ImportFrom) for node in ast.walk(module))
    return bool(module.body)


# -- doctests


def _doctests(lines: Sequence[_Line]) -> Iterator[list[CodeLine]]:
    """Yield the examples of a docstring: a line with the prompt and those that continue it."""
    position = 0
    while position < len(lines):
        first = lines[position]
        position += 1
        prompt = PROMPT.match(first.text)
        if prompt is None:
            continue
        cut = [(first, prompt)]
        while position < len(lines):
            more = CONTINUATION.match(lines[position].text)
            if more is None:
                break
            cut.append((lines[position], more))
            position += 1
        texts = [line.text[match.end() :] for line, match in cut]
        directive = _DIRECTIVE_OF_DOCTEST.search("\n".join(texts))
        indent = prompt[1]
        example = [
            CodeLine(
                start=line.start + match.end(),
                text=text,
                prefix=f"{indent}>>> ",
                continued=f"{indent}... ",
                directive=directive.group().rstrip() if directive else "",
            )
            for (line, match), text in zip(cut, texts, strict=True)
        ]
        if _is_python(example, needs_import=False):
            yield example


# -- blocks


@dataclass(frozen=True, slots=True)
class _Block:
    """A block of a docstring: whether the docstring says that it is Python, and whether it is."""

    lines: Sequence[CodeLine]
    said_python: bool
    is_python: bool


def _blocks(lines: Sequence[_Line]) -> Iterator[_Block]:
    """Yield the blocks of a docstring that may be Python."""
    position = 0
    while position < len(lines):
        line = lines[position]
        position += 1
        fence = _FENCE.match(line.text)
        if fence:
            start, end = position, _end_of_fence(lines, position, fence["fence"])
            position = end + 1
        else:
            found = _start_of_literal(lines, position - 1)
            if found is None:
                continue
            start, end = found, _end_of_indented(lines, found, line.indent)
            position = end
        code = _dedented(lines[start:end])
        if code:
            said = bool(fence) or _says_python(line.text)
            yield _Block(code, said, _is_python(code, needs_import=not said))


def _end_of_fence(lines: Sequence[_Line], start: int, fence: str) -> int:
    """Return the number of the line that closes a fence; it ends with the text at the latest."""
    for position in range(start, len(lines)):
        text = lines[position].text.strip()
        if text.startswith(fence) and not text.strip(fence[0]):
            return position
    return len(lines)


def _says_python(text: str) -> bool:
    directive = _CODE_DIRECTIVE.match(text)
    return directive is not None and directive["language"] != ""


def _start_of_literal(lines: Sequence[_Line], opening: int) -> int | None:
    """Return the first line of the block that a line opens, or None if it opens none of Python."""
    text = lines[opening].text
    directive = _CODE_DIRECTIVE.match(text)
    start = opening + 1
    if directive:
        if directive["language"] and directive["language"].lower() not in _PYTHON:
            return None
        while start < len(lines) and lines[start].text.lstrip().startswith(":"):
            start += 1
    elif not text.rstrip().endswith("::") or _ANY_DIRECTIVE.match(text):
        return None
    return start if start < len(lines) and lines[start].is_blank else None


def _end_of_indented(lines: Sequence[_Line], start: int, indent: int) -> int:
    """Return the number of the line behind a block that is indented more than what opens it."""
    end = start
    for position in range(start, len(lines)):
        if lines[position].is_blank:
            continue
        if lines[position].indent <= indent:
            break
        end = position + 1
    return end


def _dedented(lines: Sequence[_Line]) -> list[CodeLine]:
    """Return the lines of a block without the indentation that they share."""
    content = [line for line in lines if not line.is_blank]
    if not content:
        return []
    first = min(content, key=lambda line: line.indent)
    margin = first.text[: first.indent]
    if any(not line.text.startswith(margin) for line in content):
        return []
    code = []
    for line in lines[lines.index(content[0]) : lines.index(content[-1]) + 1]:
        cut = min(len(margin), len(line.text)) if line.is_blank else len(margin)
        code.append(CodeLine(line.start + cut, line.text[cut:], margin, margin))
    return code
