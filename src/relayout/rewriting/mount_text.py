"""One item of a list of volumes as it is written, and further items that look as it does."""

from __future__ import annotations

import re
from dataclasses import dataclass

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from relayout.inventory.bind_mounts import BindMount
from relayout.inventory.configured_paths.yaml_files import value_of
from relayout.inventory.references.spans.yaml_spans import scalar_of
from relayout.source import Edit

KIND = "mount"
_BEGINS = re.compile(r"[ \t]*-[ \t]+")
_DEEPEST = 6

Entry = tuple[str, str]
"""What is mounted, as it is written, and the path in the container."""


@dataclass(frozen=True, slots=True)
class ItemText:
    """Where an item, its source and its target stand in a text.

    ``copied`` are the characters that another item repeats, ``at`` is where it can stand, and
    ``between`` is what is written before it; None where nothing can be added. ``after`` ends it.
    """

    text: str
    span: tuple[int, int]
    source: tuple[int, int]
    target: tuple[int, int]
    copied: tuple[int, int]
    at: int
    between: str | None
    after: str = ""

    @property
    def can_have_others(self) -> bool:
        """Whether further items can be written behind this one."""
        return self.between is not None

    def replaced(self, entry: Entry) -> list[Edit]:
        """Return the edits that make this item mount something else."""
        both = zip((self.source, self.target), entry, strict=True)
        return [
            Edit(start, end, new, KIND) for (start, end), new in both if self.text[start:end] != new
        ]

    def added(self, entries: list[Entry]) -> Edit:
        """Return the edit that adds items."""
        new = "".join(f"{self.between}{self._entry(entry)}{self.after}" for entry in entries)
        return Edit(self.at, self.at, new, KIND)

    def _entry(self, entry: Entry) -> str:
        """Return the item's own text with another source and target."""
        start, end = self.copied
        pieces = sorted(zip((self.source, self.target), entry, strict=True))
        made, done = "", start
        for (begin, stop), new in pieces:
            made += self.text[done:begin] + new
            done = stop
        return made + self.text[done:end]


def item_text(mount: BindMount, text: str) -> ItemText | None:
    """Return where the item of a mount stands; None if that is not sure."""
    if isinstance(mount.node, ScalarNode):
        return _short(mount, text)
    return _long(mount, text)


def _short(mount: BindMount, text: str) -> ItemText | None:
    scalar = scalar_of(mount.node, text, (), mount.among)
    if scalar is None or text[scalar.start : scalar.end] != scalar.value:
        return None
    stop = scalar.start + len(mount.source)
    if text[scalar.start : stop] != mount.source or text[stop : stop + 1] != ":":
        return None
    target = text[stop + 1 : scalar.end].partition(":")[0]
    span = (scalar.start, scalar.end)
    at, between, after = scalar.end, scalar.between, ""
    if between is not None and "\n" in between:  # behind a comment on the line
        between, after = between[len(scalar.quote) :], scalar.quote
        at = _line_end(text, scalar.end)
    return ItemText(
        text,
        span,
        (scalar.start, stop),
        (stop + 1, stop + 1 + len(target)),
        span,
        at,
        between,
        after,
    )


def _long(mount: BindMount, text: str) -> ItemText | None:
    source = scalar_of(value_of(mount.node, "source"), text)
    target = scalar_of(value_of(mount.node, "target"), text)
    node = mount.node
    if source is None or target is None or not isinstance(node, MappingNode):
        return None
    start, end = node.start_mark.index, _end(node)
    if not start <= min(source.start, target.start) or max(source.end, target.end) > end:
        return None  # a part of it stands elsewhere, as an alias
    line = text.rfind("\n", 0, start) + 1
    begins = text[line:start]
    is_block = isinstance(mount.among, SequenceNode) and not mount.among.flow_style
    newline = "\r\n" if "\r\n" in text[:10_000] else "\n"
    between = f"{newline}{begins}" if is_block and _BEGINS.fullmatch(begins) else None
    at = _line_end(text, end)
    own, place = (source.start, source.end), (target.start, target.end)
    return ItemText(text, (start, end), own, place, (start, end), at, between)


def _end(node: Node, depth: int = 0) -> int:
    """Return where the last scalar in a node ends, with its quote, or a mapping in braces."""
    if isinstance(node, ScalarNode) or getattr(node, "flow_style", False) or depth > _DEEPEST:
        return int(node.end_mark.index)
    inner: list[Node] = [part for pair in node.value for part in pair]
    return max(_end(part, depth + 1) for part in inner)


def _line_end(text: str, position: int) -> int:
    found = text.find("\n", position)
    end = len(text) if found < 0 else found
    return end - 1 if end > position and text[end - 1] == "\r" else end
