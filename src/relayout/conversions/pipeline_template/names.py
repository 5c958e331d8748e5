"""The forms in which a text has a pipeline's name, and what they are for another pipeline.

``order_lines`` is ``order-lines`` in the name of a container, ``OrderLines`` in that of a class,
``ORDER_LINES`` in that of a variable and ``Order lines`` in a sentence (PEP 8 has the first, third
and fourth).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

from relayout.conversions.pipeline_template.delimiters import variable
from relayout.source import Edit

KIND = "template"
NAME = r"[a-z][a-z0-9]*(_[a-z0-9]+)*"
"""The pattern of a pipeline's name, or a template's."""
_PARENT = ("pipelines.", "pipelines/")
"""After these, the name is that of the pipeline, whatever else is called so."""
WORDS = 'pipeline | replace("_", " ")'
SENTENCE = f"{WORDS} | capitalize"
_ADDRESS = re.compile(r"\bhttps?://[^\s\"'<>)\]`]+")
"""Web addresses lead to the same place, whatever a pipeline is called."""


@dataclass(frozen=True, slots=True)
class Form:
    """A way to write a pipeline's name, and the expression that writes another one so."""

    text: str
    expression: str
    is_joined: bool = False
    """Whether it may follow a letter of a name in mixed case: ``LoadOrders``."""


def forms_of(name: str) -> tuple[Form, ...]:
    """Return the forms of a pipeline's name, each text once, the longest first."""
    spaced = name.replace("_", " ")
    titled = " ".join(word.capitalize() for word in spaced.split(" "))
    forms = [
        Form(name, "pipeline"),
        Form(name.replace("_", "-"), 'pipeline | replace("_", "-")'),
        Form(name.upper(), "pipeline | upper"),
        Form(titled.replace(" ", ""), f'{WORDS} | title | replace(" ", "")', is_joined=True),
        Form(titled, f"{WORDS} | title"),
        Form(spaced.capitalize(), SENTENCE),
        Form(spaced, WORDS),
    ]
    by_text = {form.text: form for form in reversed(forms)}
    return tuple(sorted(by_text.values(), key=lambda form: (-len(form.text), form.text)))


class Names:
    """Finds the name of one pipeline in texts."""

    def __init__(self, pipeline: str) -> None:
        self.pipeline = pipeline
        self.forms = {form.text: form for form in forms_of(pipeline)}

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile("|".join(map(_bounded, self.forms.values())))

    def edits(self, text: str, kept: Collection[str] = (), is_code: bool = False) -> Iterator[Edit]:
        """Yield the edits that turn the name into what is asked for.

        ``kept`` are whole identifiers that are those of others; web addresses stay as well.
        Outside of code, a name of one word with a capital letter is that of a sentence.
        """
        closed = [match.span() for match in _ADDRESS.finditer(text)]
        for match in self._pattern.finditer(text):
            start, end = match.span()
            identifier = _identifier_at(text, start, end)
            is_own = text.endswith(_PARENT, 0, start)
            if (identifier in kept and not is_own) or any(
                first <= start < last for first, last in closed
            ):
                continue
            form = self.forms[match.group()]
            in_sentence = form.is_joined and not is_code and identifier == form.text
            expression = SENTENCE if in_sentence and "_" not in self.pipeline else form.expression
            yield Edit(start, end, variable(expression), KIND)

    def places(self, text: str) -> Iterator[int]:
        """Yield where a text has the name, in any form."""
        return (match.start() for match in self._pattern.finditer(text))

    def in_path(self, path: str) -> str:
        """Return a path with the name as what is asked for."""
        return self._pattern.sub(lambda m: variable(self.forms[m.group()].expression), path)


def _bounded(form: Form) -> str:
    before = "(?<![A-Z0-9])" if form.is_joined else "(?<![A-Za-z0-9])"
    after = "(?![a-z0-9])" if form.is_joined else "(?![A-Za-z0-9])"
    return f"{before}{re.escape(form.text)}{after}"


def _identifier_at(text: str, start: int, end: int) -> str:
    """Return the whole identifier that a span is part of."""
    while start and (text[start - 1].isalnum() or text[start - 1] == "_"):
        start -= 1
    while end < len(text) and (text[end].isalnum() or text[end] == "_"):
        end += 1
    return text[start:end]
