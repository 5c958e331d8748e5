"""What the template gives for one set of answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from relayout.tree import Tree

ANSWERS = ".copier-answers.yml"
"""Where Copier records the answers."""

ANSWERS_BESIDE = ".copier-answers.relayout.yml"
"""Where they are recorded in a repository that another template has rendered as well."""

LAYOUTS = ("src-layout", "batch-streaming", "monorepo", "dagster", "pipeline-centric")


@dataclass(frozen=True)
class Rendering:
    """Files by path, and those of them that are executable."""

    files: Mapping[str, bytes]
    executable: frozenset[str]


def recorded_answers(content: bytes) -> dict[str, Any]:
    """Return the answers in an answers file; empty if it is not one."""
    try:
        answers = yaml.safe_load(content)
    except yaml.YAMLError:
        return {}
    return answers if isinstance(answers, dict) else {}


def own_answers(tree: Tree) -> dict[str, Any]:
    """Return the answers that this suite was rendered with; empty for another template's."""
    for path in (ANSWERS_BESIDE, ANSWERS):
        if path in tree:
            answers = recorded_answers(tree.read(path))
            if answers.get("layout") in LAYOUTS:
                return answers
    return {}
