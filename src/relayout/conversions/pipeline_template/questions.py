"""What a pipeline's template asks for beside the name: what the pipeline's settings say of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from relayout.conversions.pipeline_template.delimiters import ENVOPS, escaped, variable
from relayout.conversions.pipeline_template.names import KIND, NAME
from relayout.source import Edit
from relayout.tree import Tree

SETTINGS = "config/pipeline.yml"
"""Where a pipeline of the layout says who owns it, and when it runs."""

_ASKED = {
    "description": "What is in it, in one sentence?",
    "owner": "Who answers for it, a person or a team?",
    "schedule": "When does it run, as cron says it in UTC? Empty: it is started by hand.",
}


@dataclass(frozen=True, slots=True)
class Question:
    """A question, the value that the pipeline has, and where its settings say it."""

    name: str
    default: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Questions:
    """What is asked for beside the name; ``path`` is the file that has the answers."""

    path: str
    asked: tuple[Question, ...]

    def edits(self, path: str) -> Iterator[Edit]:
        """Yield the edits that put what is asked for into the settings."""
        if path == self.path:
            for question in self.asked:
                expression = f"{question.name} | to_json if {question.name} else 'null'"
                yield Edit(question.start, question.end, variable(expression), KIND)

    def answers(self, pipeline: str) -> dict[str, str]:
        """Return the answers that the pipeline itself would give, under a name."""
        return {question.name: question.default for question in self.asked} | {"pipeline": pipeline}


def questions_of(tree: Tree, folder: str) -> Questions:
    """Return what the settings of a pipeline answer. Never raises for what they contain."""
    path = f"{folder}/{SETTINGS}"
    return Questions(path, tuple(_questions(tree, path)))


def _questions(tree: Tree, path: str) -> Iterator[Question]:
    if not tree.is_regular(path):
        return
    text = tree.read(path).decode("utf-8", errors="replace")
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError:
        return
    if not isinstance(node, yaml.MappingNode):
        return
    for key, value in node.value:
        if key.value in _ASKED and isinstance(value, yaml.ScalarNode) and value.style in _PLAIN:
            said = "" if value.tag == "tag:yaml.org,2002:null" else value.value
            yield Question(key.value, said, value.start_mark.index, value.end_mark.index)


_PLAIN = (None, "'", '"')
"""Styles of values on one line."""


def questionnaire(questions: Questions) -> str:
    """Return the template's ``copier.yml``."""
    document = {
        "_min_copier_version": "9.10",
        "_subdirectory": "files",
        "_templates_suffix": "",
        "_envops": ENVOPS,
        "pipeline": {
            "type": "str",
            "help": "What is the pipeline called?",
            "validator": _VALIDATOR,
        },
    }
    for question in questions.asked:
        document[question.name] = {
            "type": "str",
            "help": _ASKED[question.name],
            "default": escaped(question.default),
        }
    return yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=100)


_VALIDATOR = (
    f"@%{{ if not pipeline | regex_search('^{NAME}$') }}%@"
    "Use lower-case letters, digits and underscores. For example: orders@%{ endif }%@"
)


def to_json(value: object) -> str:
    """Return a value as Copier's filter of this name writes it."""
    return json.dumps(value)
