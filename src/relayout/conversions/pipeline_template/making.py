"""What a pipeline is as a template: its files, with its own names as what is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatch
from posixpath import basename

from relayout.conversions.pipeline_template.delimiters import escaped
from relayout.conversions.pipeline_template.foreign_names import ForeignNames, foreign_names
from relayout.conversions.pipeline_template.names import NAME, Names
from relayout.conversions.pipeline_template.proof import require_proven
from relayout.conversions.pipeline_template.questions import (
    Questions,
    questionnaire,
    questions_of,
)
from relayout.errors import Refusal
from relayout.inventory import Inventory
from relayout.source import Edit, line_at
from relayout.tree import EXECUTABLE, Tree

PIPELINES = "pipelines"
TEMPLATES = f"{PIPELINES}/_templates"
_NAME = re.compile(NAME)
_SECRETS = (".env", ".env.*", "*.pem", "*.key", "id_rsa*", "*.p12", "*.keystore")
_MADE = frozenset({"target", "dbt_packages", "logs", "__pycache__", ".ipynb_checkpoints"})
"""Folders whose files dbt and Python make anew."""
_OWN = frozenset({".copier-answers.yml", ".user.yml"})
"""Files that say by which template a pipeline was made, and who ran dbt."""
_LARGEST = 200_000
"""Bytes of data that a template may bring: more is no sample."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What a person should know about a file of the pipeline; line 0 is the whole file."""

    path: str
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class PipelineTemplate:
    """A template: its files by path, which are executable, and what a person should know."""

    pipeline: str
    folder: str
    files: Mapping[str, bytes]
    executable: frozenset[str]
    questions: tuple[str, ...]
    remarks: tuple[Remark, ...]

    def of(self, tree: Tree) -> Tree:
        """Return the tree with the template in it."""
        modes = dict.fromkeys(self.executable, EXECUTABLE)
        return tree.with_content(self.files).with_modes(modes)


def make_template(inventory: Inventory, folder: str, name: str) -> PipelineTemplate:
    """Return the template that a pipeline is, once its own names are asked for.

    ``folder`` is the pipeline's, ``name`` that of the template, or empty for the pipeline's own.
    Raises Refusal if there is no such pipeline, if there is such a template, or if what the
    template gives would not be what the pipeline is.
    """
    tree = inventory.tree
    pipeline = _checked(folder, tree)
    place = f"{TEMPLATES}/{name or pipeline}"
    _require_free(place, tree)
    taken, remarks = _taken(folder, tree)
    questions = questions_of(tree, folder)
    names = Names(pipeline)
    foreign = foreign_names(inventory, folder)
    files: dict[str, bytes] = {}
    sources: dict[str, str] = {}
    for path in taken:
        inner, content, about = _as_template(path, tree, names, foreign, questions)
        files[f"{place}/files/{inner}"] = content
        sources[inner] = path
        remarks += about
    require_proven(inventory, files, sources, f"{place}/files/", pipeline, questions)
    files[f"{place}/copier.yml"] = questionnaire(questions).encode()
    executable = {f"{place}/files/{i}" for i, p in sources.items() if tree[p].mode == EXECUTABLE}
    asked = ("pipeline", *(question.name for question in questions.asked))
    return PipelineTemplate(
        pipeline, place, files, frozenset(executable), asked, tuple(sorted(remarks, key=_order))
    )


def _order(remark: Remark) -> tuple[str, int, str]:
    return remark.path, remark.line, remark.text


def _checked(folder: str, tree: Tree) -> str:
    """Return the name of the pipeline in a folder. Raises Refusal."""
    parent, _, name = folder.rpartition("/")
    if parent != PIPELINES or not _NAME.fullmatch(name) or folder not in tree.folders:
        standing = sorted(
            inner
            for inner in {path.split("/")[1] for path in tree if path.count("/") > 1}
            if _NAME.fullmatch(inner) and f"{PIPELINES}/{inner}" in tree.folders
        )
        raise Refusal(
            f"{folder or '.'} is no pipeline in HEAD",
            f"Name the folder of one: {', '.join(f'{PIPELINES}/{one}' for one in standing[:5])}"
            if standing
            else "This repository has none in pipelines/; adopt the layout pipeline-centric first.",
        )
    return name


def _require_free(place: str, tree: Tree) -> None:
    name = basename(place)
    if not _NAME.fullmatch(name):
        problem = f"{name!r} is no name for a template"
        raise Refusal(problem, "Use lower-case letters, digits and underscores: --name NAME")
    if place in tree.folders:
        raise Refusal(f"{place} is there already", "Choose another name: --name NAME")


def _taken(folder: str, tree: Tree) -> tuple[list[str], list[Remark]]:
    """Return the files that a template takes over, and those that it leaves out for a reason."""
    taken: list[str] = []
    remarks: list[Remark] = []
    for inner in sorted(tree.below(folder)):
        path = f"{folder}/{inner}"
        if basename(path) in _OWN or not _MADE.isdisjoint(inner.split("/")[:-1]):
            continue
        reason = _left_out(path, tree)
        if reason:
            remarks.append(Remark(path, 0, reason))
        else:
            taken.append(path)
    return taken, remarks


def _left_out(path: str, tree: Tree) -> str:
    """Return why a file is not taken over, or an empty string. Secrets are not read."""
    if any(fnmatch(basename(path), pattern) for pattern in _SECRETS):
        if not basename(path).endswith((".example", ".sample", ".template")):
            return "it may hold secrets"
    if not tree.is_regular(path):
        return "it is a symbolic link or a submodule"
    if len(tree.read(path)) > _LARGEST:
        return f"it is larger than {_LARGEST:,} bytes, so it is no sample"
    return ""


def _as_template(
    path: str, tree: Tree, names: Names, foreign: ForeignNames, questions: Questions
) -> tuple[str, bytes, list[Remark]]:
    """Return the path of a file in the template, its content there, and what stays in it."""
    content = tree.read(path)
    inner = names.in_path(path)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        message = "it is no text, so every pipeline gets it as it is"
        return inner, content, [Remark(path, 0, message)]
    remarks = []
    if "\r" in text:
        message = "its line endings will be those of Unix in new pipelines: Copier writes these"
        remarks.append(Remark(path, 0, message))
    kept = foreign.of(path)
    edits = _apart([*questions.edits(path), *names.edits(text, kept, path.endswith(".py"))])
    remarks += _staying(path, text, edits, names)
    return inner, _marked(text, edits).encode(), remarks


def _apart(edits: list[Edit]) -> list[Edit]:
    """Return edits of which none is in another: what comes first holds."""
    found: list[Edit] = []
    for edit in edits:
        if all(edit.end <= other.start or other.end <= edit.start for other in found):
            found.append(edit)
    return sorted(found)


def _marked(text: str, edits: list[Edit]) -> str:
    """Return a text with edits made, and whatever else looks like a mark escaped."""
    pieces, position = [], 0
    for edit in edits:
        pieces += [escaped(text[position : edit.start]), edit.replacement]
        position = edit.end
    return "".join([*pieces, escaped(text[position:])])


def _staying(path: str, text: str, edits: list[Edit], names: Names) -> Iterator[Remark]:
    """Yield where the name stays: it is that of something else."""
    for start in names.places(text):
        if not any(edit.start <= start < edit.end for edit in edits):
            message = (
                f"{names.pipeline} stays here: it is an address, or the name of something else"
            )
            yield Remark(path, line_at(text, start), message)
