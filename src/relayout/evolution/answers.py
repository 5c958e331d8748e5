"""Answers follow when a version of the suite renames a question, or the values that it takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml.constructor import SafeConstructor

from relayout.source import Edit, apply_edits, newline_of


@dataclass(frozen=True)
class AnswerChange:
    """A question that was renamed, or whose values were; ``old`` and ``new`` may be the same.

    ``values`` maps each value that changed to the one that it is now.
    """

    old: str
    new: str
    values: Mapping[Any, Any] = field(default_factory=dict)


def carried_over(answers: Mapping[str, Any], declared: Sequence[AnswerChange]) -> dict[str, Any]:
    """Return the answers as the new questions take them, in their order.

    The changes hold in the order in which they are declared. A question that is answered under its
    new name already keeps that answer. What Copier records itself (``_commit``) and what
    nothing is declared of stay as they are.
    """
    carried = dict(answers)
    for change in declared:
        if change.old in carried and not change.old.startswith("_"):
            carried = _changed(carried, change)
    return carried


def rewritten_answers(text: str, declared: Sequence[AnswerChange]) -> str:
    """Return the text of an answers file with the changes made; all else is as it was.

    Raises yaml.YAMLError if the text is not YAML.
    """
    for change in declared:
        text = apply_edits(text, list(_edits(text, change)))
    return text


def _changed(answers: Mapping[str, Any], change: AnswerChange) -> dict[str, Any]:
    """Return the answers with one that is there changed, at its place."""
    is_answered = change.new != change.old and change.new in answers
    changed: dict[str, Any] = {}
    for key, value in answers.items():
        if key != change.old:
            changed[key] = value
        elif not is_answered:
            changed[change.new] = _mapped(value, change)
    return changed


def _mapped(value: Any, change: AnswerChange) -> Any:
    """Return a value as it is now; of a question with several choices, each of them."""
    if isinstance(value, list):
        return [_mapped(item, change) for item in value]
    return next((new for old, new in change.values.items() if _is_same(old, value)), value)


def _is_same(one: Any, other: Any) -> bool:
    """Tell whether two answers are the same one: ``true`` is not 1, and "3.10" is not 3.1."""
    return type(one) is type(other) and bool(one == other)


# -- the text


def _edits(text: str, change: AnswerChange) -> Iterator[Edit]:
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    if not isinstance(root, yaml.MappingNode) or change.old.startswith("_"):
        return
    pairs = {key.value: (key, value) for key, value in root.value}
    if change.old not in pairs:
        return
    key, value = pairs[change.old]
    if change.new == change.old:
        yield from _value_edits(text, value, change)
    elif change.new in pairs:
        yield _removal(text, key, value)
    else:
        yield _edit(key, _written(change.new))
        yield from _value_edits(text, value, change)


def _edit(node: yaml.Node, written: str) -> Edit:
    return Edit(node.start_mark.index, node.end_mark.index, written, "answer")


def _removal(text: str, key: yaml.Node, value: yaml.Node) -> Edit:
    """Return the edit that takes an answer out, with its line end."""
    end = max(key.end_mark.index, value.end_mark.index)
    if not text[:end].endswith("\n"):
        end = text.find("\n", end) + 1 or len(text)
    return Edit(key.start_mark.index, end, "", "answer")


def _value_edits(text: str, node: yaml.Node, change: AnswerChange) -> Iterator[Edit]:
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _value_edits(text, item, change)
    elif isinstance(node, yaml.ScalarNode):
        value = _value_of(node)
        mapped = _mapped(value, change)
        if not _is_same(mapped, value):
            yield _edit(node, _in_place_of(text, node, _written(mapped)))


def _value_of(node: yaml.ScalarNode) -> Any:
    return SafeConstructor().construct_document(node)


def _in_place_of(text: str, node: yaml.ScalarNode, written: str) -> str:
    """Return how a value is written where another one stood.

    What is empty begins at the colon, and a block of lines ends with its last line's end.
    """
    if node.style in ("|", ">"):
        return f"{written}{newline_of(text)}"
    is_empty = node.start_mark.index == node.end_mark.index
    return f" {written}" if is_empty else written


def _written(value: Any) -> str:
    """Return a value as YAML writes it in one line."""
    text = yaml.safe_dump(
        value,
        default_style='"' if isinstance(value, str) and "\n" in value else None,
        default_flow_style=True,
        allow_unicode=True,
        width=float("inf"),
    )
    return text.strip().removesuffix("...").strip()
