"""pre-commit: hooks name the files that they are for, and the programs that they run.

The syntax is that of https://pre-commit.com/#adding-pre-commit-plugins-to-your-project: ``files``
and ``exclude`` are regular expressions that are searched for in paths from the root. Hooks run
there.
"""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import basename

from yaml.nodes import Node, SequenceNode

from relayout.inventory.configured_paths.yaml_files import value_of
from relayout.inventory.references.ci.pipeline import Page
from relayout.inventory.references.commandline.words import commands_in
from relayout.inventory.references.path_patterns.escaped_strings import as_written
from relayout.inventory.references.path_patterns.regular_paths import regular_references
from relayout.inventory.references.reference import Reference
from relayout.inventory.references.spans.yaml_spans import documents_of, placed, scalar_of
from relayout.tree import Tree

KIND = "pre-commit"

_FILES = (".pre-commit-config.yaml", ".pre-commit-config.yml", ".pre-commit-hooks.yaml")


def is_pre_commit(path: str) -> bool:
    """Tell whether a file configures or declares hooks, by its name."""
    return basename(path) in _FILES


def read_pre_commit(text: str, path: str, tree: Tree) -> Iterator[Reference]:
    """Yield what hooks name."""
    page = Page(text, path, tree, KIND)
    for document in documents_of(text):
        yield from _expressions(document, page)
        hooks = [document]
        for repository in _items(value_of(document, "repos")):
            hooks.append(value_of(repository, "hooks") or repository)
        for hook in (hook for found in hooks for hook in _items(found)):
            yield from _expressions(hook, page)
            yield from _started(hook, page)


def _items(node: Node | None) -> list[Node]:
    return list(node.value) if isinstance(node, SequenceNode) else []


def _expressions(node: Node, page: Page) -> Iterator[Reference]:
    """Yield the paths in the expressions that say which files are meant."""
    for name in ("files", "exclude"):
        scalar = scalar_of(value_of(node, name), page.text)
        if scalar is None:
            continue
        found = regular_references(scalar.value, page.kind, page.tree)
        if scalar.quote == '"':
            found = as_written(found)
        yield from placed(found, scalar, page.text)


def _started(hook: Node, page: Page) -> Iterator[Reference]:
    """Yield what a hook runs, and the paths that it gives to it."""
    around = page.surroundings()
    yield from page.paths(value_of(hook, "additional_dependencies"), around, plain=False)
    arguments = value_of(hook, "args")
    entry = scalar_of(value_of(hook, "entry"), page.text)
    if entry is None:
        yield from page.paths(arguments, around, plain=False)
        return
    yield from page.script(value_of(hook, "entry"), around)
    commands = list(commands_in(entry.value, 0, len(entry.value)))
    program = tuple(word.text for command in commands[-1:] for word in command.words)
    yield from page.listed(arguments, around, program)
