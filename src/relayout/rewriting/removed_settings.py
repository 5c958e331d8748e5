"""Settings of ``PYTHONPATH`` that are taken out of Dockerfiles and compose files.

All of the instruction or of the list goes with the last thing in it. What cannot be taken out
without touching something else, such as a comment in between, stays.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from relayout.inventory.configured_paths.dockerfile_text import Instruction, parse_dockerfile
from relayout.source import Edit, line_at

KIND = "search-path"
NAME = "PYTHONPATH"
_PAIR = re.compile(r"""(?<![^\s])(?P<name>\w+)=(?:"(?:\\.|[^"\\])*"|'[^']*'|(?:\\.|[^\s"'\\])*)""")


def out_of_dockerfile(text: str, lines: Collection[int]) -> dict[int, Edit]:
    """Return the edits that take the setting out of the ``ENV`` on some lines, where one can."""
    parsed = parse_dockerfile(text)
    found = {
        instruction.line: _from_environment(text, parsed.flat, instruction)
        for instruction in parsed.instructions
        if instruction.name == "ENV" and instruction.line in lines
    }
    return {line: edit for line, edit in found.items() if edit is not None}


def _from_environment(text: str, flat: str, instruction: Instruction) -> Edit | None:
    start, end = instruction.start, instruction.end
    if text[start:end].count("#") != flat[start:end].count("#"):
        return None
    pairs = list(_PAIR.finditer(flat, start, end))
    is_old = not pairs or flat[start : pairs[0].start()].strip()
    if is_old or len(pairs) == 1:
        is_it = flat[start:end].split()[:1] == [NAME] if is_old else pairs[0]["name"] == NAME
        return _whole_lines(text, start, end) if is_it else None
    for position, pair in enumerate(pairs):
        if pair["name"] == NAME and position:
            return Edit(pairs[position - 1].end(), pair.end(), "", KIND)
        if pair["name"] == NAME:
            return Edit(pair.start(), pairs[1].start(), "", KIND)
    return None


def out_of_environment(text: str, key: Node, environment: Node) -> Iterator[Edit]:
    """Yield the edit that takes the setting out of a service's environment, ``key`` being its key.

    It stands on lines of its own, or it stays.
    """
    if environment.flow_style if isinstance(environment, MappingNode | SequenceNode) else True:
        return
    for first, last in _settings(environment):
        start, end = first.start_mark.index, last.end_mark.index
        begins = text.rfind("\n", 0, start) + 1
        if text[begins:start].strip(" -") or line_at(text, start) != line_at(text, end):
            return
        if len(environment.value) == 1:
            between = text[key.end_mark.index : begins].strip()
            if between != ":":
                return
            start = key.start_mark.index
        yield _whole_lines(text, start, end)


def _settings(environment: Node) -> Iterator[tuple[Node, Node]]:
    for item in environment.value:
        if isinstance(environment, MappingNode):
            name, value = item
            if name.value == NAME and isinstance(value, ScalarNode):
                yield name, value
        elif isinstance(item, ScalarNode) and item.value.partition("=")[0].strip() == NAME:
            yield item, item


def _whole_lines(text: str, start: int, end: int) -> Edit:
    """Return the edit that removes the lines from the one of a place to that of another."""
    begins = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", end)
    return Edit(begins, len(text) if stop < 0 else stop + 1, "", KIND)
