"""Builds of images in YAML that find their Dockerfile by its name: where a key for it can stand.

Services of compose (https://docs.docker.com/reference/compose-file/build/) and Docker's action for
GitHub (https://github.com/docker/build-push-action#inputs) have a key for the context, another for
the Dockerfile, and defaults for both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from posixpath import join

from yaml.nodes import MappingNode, Node

from relayout.inventory.references.commandline.words import Word
from relayout.inventory.references.containers.image_builds import NAME, in_doubt
from relayout.inventory.references.reference import (
    CONTEXT,
    DOCKERFILE,
    Base,
    Form,
    ImageBuild,
    Reference,
)
from relayout.inventory.references.spans.yaml_spans import Scalar, scalar_of
from relayout.source import newline_of
from relayout.tree import Tree

_REST = re.compile(r"[ \t]*(?:#[^\r\n]*)?(?=[\r\n]|\Z)")
_INDENT = re.compile(r"^( +)\S", re.MULTILINE)
_NO_PLAIN = re.compile(r"[\[\]{},]")


@dataclass(frozen=True)
class BuildKeys:
    """Writes the keys of builds in one file.

    ``key`` is that of the Dockerfile, whose path counts from the context if ``from_context``, and
    ``base`` what contexts count from.
    """

    text: str
    tree: Tree
    kind: str
    base: Base
    key: str
    from_context: bool

    def beside(self, build: Node, node: Node | None, context: str | None) -> Iterator[Reference]:
        """Yield the Dockerfile of a mapping with the context in ``node``, or with none.

        ``context`` is the folder that it is, None if it cannot be told.
        """
        if not isinstance(build, MappingNode) or not build.value:
            return
        scalar = scalar_of(node, self.text)
        if node is not None and (scalar is None or context is None):
            if scalar is not None and "$" in scalar.value:
                word = Word(scalar.start, scalar.end, scalar.value)
                yield from in_doubt(word, self.kind, self.tree)
            return
        if scalar is not None:
            yield from self._behind(scalar, context or "", build)
            return
        first = build.value[0][0].start_mark
        gap = ", " if build.flow_style else self._line(first.column)
        written = f"{self.key}: {DOCKERFILE}{gap}"
        yield from self._named(context or "", "", first.index, first.index, written)

    def instead(self, key: Node, node: Node | None, context: str) -> Iterator[Reference]:
        """Yield the Dockerfile of a build that is nothing but its context."""
        scalar = scalar_of(node, self.text)
        if scalar is None:
            return
        begin, end = _quoted(scalar)
        shown = f"{scalar.quote}{CONTEXT}{scalar.quote}"
        start = len(self.text[:begin].rstrip(" "))
        rest = _REST.match(self.text, end)
        if rest is not None and start < begin and self.text[start - 1 : start] == ":":
            step = _INDENT.search(self.text)
            line = self._line(key.start_mark.column + (len(step[1]) if step else 2))
            written = f"{line}context: {shown}{rest[0]}{line}{self.key}: {DOCKERFILE}"
            yield from self._named(context, scalar.value, start, rest.end(), written)
        elif scalar.quote or not _NO_PLAIN.search(scalar.value):
            written = f"{{context: {shown}, {self.key}: {DOCKERFILE}}}"
            yield from self._named(context, scalar.value, begin, end, written)

    def _behind(self, scalar: Scalar, context: str, build: MappingNode) -> Iterator[Reference]:
        begin, end = _quoted(scalar)
        shown = f"{scalar.quote}{CONTEXT}{scalar.quote}"
        rest = _REST.match(self.text, end)
        if build.flow_style:
            written = f"{shown}, {self.key}: {DOCKERFILE}"
        elif rest is not None and scalar.quote not in ("|", ">"):
            line = self._line(build.start_mark.column)
            end = rest.end()
            written = f"{shown}{rest[0]}{line}{self.key}: {DOCKERFILE}"
        else:
            written = ""
        yield from self._named(context, scalar.value, begin, end, written)

    def _named(
        self, context: str, said: str, start: int, end: int, written: str
    ) -> Iterator[Reference]:
        path = join(context, NAME)
        if path in self.tree:
            image = ImageBuild(context, said, written, self.from_context)
            yield Reference(
                start,
                end,
                self.text[start:end],
                path,
                self.kind,
                self.base,
                form=Form.IMAGE,
                image=image,
            )

    def _line(self, column: int) -> str:
        return newline_of(self.text) + " " * column


def _quoted(scalar: Scalar) -> tuple[int, int]:
    """Return where a scalar stands, with its quotes."""
    width = len(scalar.quote) if scalar.quote in ("'", '"') else 0
    return scalar.start - width, scalar.end + width
