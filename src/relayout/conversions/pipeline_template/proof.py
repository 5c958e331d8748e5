"""The proof of a pipeline's template: it gives the pipeline again, and others like it."""

from __future__ import annotations

from collections.abc import Mapping

import jinja2
import yaml

from relayout.conversions.pipeline_template.delimiters import ENVOPS
from relayout.conversions.pipeline_template.questions import Questions, to_json
from relayout.errors import Refusal
from relayout.inventory import Inventory, facts_by_blob, take_inventory
from relayout.tree import Tree

_PROBE = "made_by_template"
"""The name of a pipeline that is made in memory, to see whether it holds together."""


def require_proven(
    inventory: Inventory,
    files: Mapping[str, bytes],
    sources: Mapping[str, str],
    place: str,
    pipeline: str,
    questions: Questions,
) -> None:
    """Refuse a template that does not give its pipeline again, or another one that falls apart.

    ``files`` are the template's, below ``place``; ``sources`` lead from their paths in there to
    those of the pipeline.
    """
    render = _Renderer()
    own, other = {}, {}
    for inner, source in sources.items():
        content = files[f"{place}{inner}"]
        own[render.text(inner, questions.answers(pipeline))] = (
            source,
            render.content(content, questions.answers(pipeline)),
        )
        path = render.text(inner, questions.answers(_PROBE))
        if path in other:
            raise Refusal(
                f"two files of a new pipeline would both be {path}", "Rename one of them."
            )
        other[path] = source, render.content(content, questions.answers(_PROBE))
    for path, (source, made) in own.items():
        if path != source or not _same(source, made, inventory.tree.read(source), questions):
            raise Refusal(
                f"as a template, {source} would not be what it is",
                "This is a defect of relayout: please report it with the file.",
            )
    _require_importable(inventory, other)


class _Renderer:
    """Renders as Copier does, by the delimiters of a pipeline's template."""

    def __init__(self) -> None:
        self._environment = jinja2.Environment(**ENVOPS, autoescape=False)  # noqa: S701 (no HTML)
        self._environment.filters["to_json"] = to_json

    def text(self, template: str, answers: Mapping[str, str]) -> str:
        """Return what a text becomes with answers."""
        return self._environment.from_string(template).render(answers)

    def content(self, template: bytes, answers: Mapping[str, str]) -> bytes:
        """Return what a file becomes with answers; one that is no text stays."""
        try:
            text = template.decode("utf-8")
        except UnicodeDecodeError:
            return template
        return self.text(text, answers).encode()


def _same(path: str, made: bytes, was: bytes, questions: Questions) -> bool:
    """Tell whether a file is what it was; of settings that are asked for, whether they say it."""
    if path == questions.path:
        return bool(yaml.safe_load(made) == yaml.safe_load(was))
    return made == was.replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def _require_importable(inventory: Inventory, made: Mapping[str, tuple[str, bytes]]) -> None:
    """Refuse a template whose pipelines would have code that cannot be read, or imports nothing."""
    contents = {path: content for path, (_, content) in made.items()}
    tree: Tree = inventory.tree.with_content(contents)
    after = take_inventory(tree, known=facts_by_blob(inventory))
    for path, (source, _) in made.items():
        if path not in after.python or source not in inventory.python:
            continue
        file = after.python[path]
        if file.error is not None and inventory.python[source].error is None:
            raise Refusal(
                f"{source} cannot be made a template of: under another name, it is not Python",
                f"{file.error}. Give the pipeline, or what has its name there, another name.",
            )
        if _imports_of(after, path) != _imports_of(inventory, source):
            raise Refusal(
                f"{source} cannot be made a template of: another name breaks an import in it",
                "Something else has the pipeline's name there. Give it another one.",
            )


def _imports_of(inventory: Inventory, path: str) -> tuple[int, int]:
    """Return how many files of its own pipeline a module imports, and of all others."""
    own = "/".join(path.split("/")[:2])
    found = [file for _, resolution in inventory.resolutions(path) for file in resolution.files]
    ours = sum(file.startswith(f"{own}/") for file in found)
    return ours, len(found) - ours
