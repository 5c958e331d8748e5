"""Values of GitHub's workflows that are written in a way of their own: mounts, outputs, contexts.

What a step writes to ``$GITHUB_ENV`` and ``$GITHUB_OUTPUT`` is described at
https://docs.github.com/en/actions/writing-workflows/choosing-what-your-workflow-does/workflow-commands-for-github-actions,
the default context of an image at https://docs.docker.com/build/ci/github-actions/.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from yaml.nodes import Node

from relayout.inventory.configured_paths.yaml_files import entries, text_of, value_of
from relayout.inventory.references.ci.pipeline import Page
from relayout.inventory.references.commandline.surroundings import Surroundings, word_paths
from relayout.inventory.references.commandline.words import Word
from relayout.inventory.references.containers.build_keys import BuildKeys
from relayout.inventory.references.reference import ROOT, Reference
from relayout.inventory.references.spans.yaml_spans import items_of, placed, scalar_of

_MOUNTED = re.compile(r"\A(?P<path>(?:\$\{\{[^{}]*\}\}|[^:$]|\$(?!\{\{))+):/")
_WRITTEN = re.compile(
    r"^[ \t]*echo[ \t]+[\"']?[A-Za-z_]\w*=(?P<path>[^\s\"'$]+)[\"']?[ \t]*>>[ \t]*"
    r"[\"']?\$\{?GITHUB_(?:ENV|OUTPUT)\b",
    re.MULTILINE,
)
_CONTEXT = re.compile(r"\{\{\s*defaultContext\s*\}\}:(?P<path>.+)")


def mounted_paths(job: Node, around: Surroundings, page: Page) -> Iterator[Reference]:
    """Yield what a job's container and services have of the repository.

    A bare name is that of a volume.
    """
    containers = [value_of(job, "container")]
    containers += [service for _, service in entries(value_of(job, "services")).values()]
    for container in containers:
        yield from _matches(_MOUNTED, value_of(container, "volumes"), around, page, plain=False)


def written_values(script: Node | None, around: Surroundings, page: Page) -> Iterator[Reference]:
    """Yield the paths that a script writes down for the steps behind it."""
    if "GITHUB_" in (text_of(script) or ""):
        yield from _matches(_WRITTEN, script, around, page, plain=False)


def default_context(inputs: Node | None, around: Surroundings, page: Page) -> Iterator[Reference]:
    """Yield the folder within the default context that an image is built with."""
    yield from _matches(_CONTEXT, value_of(inputs, "context"), around, page)


def named_nowhere(inputs: Node | None, around: Surroundings, page: Page) -> Iterator[Reference]:
    """Yield the Dockerfile that an image is built with and that no input names.

    Without a context, the image is built from the root of what git has.
    """
    if inputs is None or "file" in entries(inputs):
        return
    node = value_of(inputs, "context")
    said = _CONTEXT.fullmatch(text_of(node) or "")
    if said:
        return  # its folder is a reference of its own, and the Dockerfile is found in that
    folder: str | None = ""
    if node is not None:
        base = around.entered(around.scene.absolute(text_of(node) or "$")).base
        folder = base.folder if base is not None else None
    base = around.base or ROOT
    keys = BuildKeys(page.text, page.tree, page.kind, base, "file", from_context=False)
    yield from keys.beside(inputs, node, folder)


def sparse_folders(inputs: Node | None, around: Surroundings, page: Page) -> Iterator[Reference]:
    """Yield the folders of this repository that are checked out alone."""
    if value_of(inputs, "repository") is None and scalar_of(
        value_of(inputs, "sparse-checkout"), page.text
    ):
        yield from page.paths(value_of(inputs, "sparse-checkout"), around)


def _matches(
    pattern: re.Pattern[str],
    node: Node | None,
    around: Surroundings,
    page: Page,
    plain: bool = True,
) -> Iterator[Reference]:
    """Yield the paths that a pattern finds in a text, or in the texts of a list."""
    for scalar in items_of(node, page.text):
        words = [Word(*m.span("path"), m["path"]) for m in pattern.finditer(scalar.value)]
        found = (reference for word in words for reference in word_paths(word, around, plain))
        yield from placed(found, scalar, page.text)
