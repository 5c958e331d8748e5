"""Kestra flows: the files that their commands run, and those that they take along or read.

A task starts in an empty folder with the namespace's files in it
(https://kestra.io/docs/concepts/namespace-files), or with the repository that the flow has cloned.
Namespace files are the repository's own, or those of one folder of it (``_files`` is usual): the
reading in which most files are named is taken, the repository's root if several name as many.
Commands of a task run one after the other in one shell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from relayout.inventory.configured_paths.values import ROOT as REPOSITORY
from relayout.inventory.configured_paths.yaml_files import entries, text_of, value_of
from relayout.inventory.references.commandline.commands import references_in
from relayout.inventory.references.commandline.embedded_python import imported_modules
from relayout.inventory.references.commandline.surroundings import Surroundings
from relayout.inventory.references.commandline.templated import Filled, filled_in
from relayout.inventory.references.commandline.words import Dialect, commands_in
from relayout.inventory.references.containers.in_containers import in_containers
from relayout.inventory.references.data.keyed_yaml import around_file, as_path, in_scalar
from relayout.inventory.references.reference import Base, Form, Reference, is_there
from relayout.inventory.references.spans.yaml_spans import (
    Scalar,
    documents_of,
    items_of,
    scalar_of,
    scalars_in,
)
from relayout.tree import Tree, ancestors

KIND = "kestra"
_TYPE = "io.kestra."
_ELSEWHERE = re.compile(r"\.fs\.(?:ssh|vfs)\.|\.plugin\.(?:jdbc|kubernetes)\.")
"""Tasks that run on another machine, or whose commands are none of a shell."""
_EXPRESSION = re.compile(
    r"\{\{(?P<said>(?:[^{}]|\{(?!\{)|\}(?!\}))*)\}\}|(?P<statement>\{%[^%{}]*%\})"
)
_READ = re.compile(r"\b(?:read|fileURI)\(\s*(?P<quote>['\"])(?P<path>[^'\"{}]+)(?P=quote)\s*\)")
_CLONED = "RELAYOUT_CLONE"
_MOST_TASKS = 5_000


def is_kestra(path: str) -> bool:
    """Tell whether a file may be a flow; what is one says so itself."""
    return path.endswith((".yml", ".yaml")) and not path.startswith(".github/")


def read_kestra(text: str, path: str, tree: Tree) -> list[Reference]:
    """Return what the tasks of a flow name."""
    if _TYPE not in text:
        return []
    flows = [f for f in map(_flow, documents_of(text)) if f is not None]
    readings = [
        [found for flow in flows for found in _Reader(flow, text, path, tree, base).read()]
        for base in _bases(path, tree)
    ]
    return max(readings, key=lambda found: sum(reference.path in tree for reference in found))


def _bases(path: str, tree: Tree) -> Iterator[Base]:
    yield Base()
    for folder in ancestors(path):
        for found in (f"{folder}/_files".lstrip("/"), folder):
            if found and is_there(found, tree):
                yield Base(found)


@dataclass(frozen=True, slots=True)
class _Flow:
    """A flow: what its expressions stand for, the folder that it clones into, and its tasks."""

    document: Node
    values: dict[str, str]
    cloned: str
    tasks: tuple[tuple[str, Node], ...]


def _flow(document: Node) -> _Flow | None:
    """Return what a document says, if it is a flow."""
    name = text_of(value_of(document, "id"))
    if name is None:
        return None
    values = {"flow.id": name, "workingDir": "$PWD"}
    namespace = text_of(value_of(document, "namespace"))
    if namespace is not None:
        values |= {"flow.namespace": namespace, "namespace": namespace}
    for variable, (_, node) in entries(value_of(document, "variables")).items():
        said = text_of(node)
        if said is not None and "{{" not in said:
            values[f"vars.{variable}"] = said
    tasks = tuple(_tasks(document))
    cloned = [
        text_of(value_of(task, "directory")) or ""
        for kind, task in tasks
        if kind.endswith("git.Clone")
    ]
    return _Flow(document, values, cloned[0].strip("./") if cloned else "", tasks)


def _tasks(document: Node) -> Iterator[tuple[str, Node]]:
    """Yield the type and the node of every task, and the defaults of a type of tasks."""
    rest: list[Node] = [document]
    seen: set[int] = set()
    while rest and len(seen) < _MOST_TASKS:
        node = rest.pop(0)
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, SequenceNode):
            rest += node.value
        elif isinstance(node, MappingNode):
            kind = text_of(value_of(node, "type")) or ""
            if kind.startswith(_TYPE):
                yield kind, node
                defaults = value_of(node, "values")
                if defaults is not None:
                    yield kind, defaults
            rest += [value for _, value in node.value if not isinstance(value, ScalarNode)]


class _Reader:
    """Reads one flow, whose tasks start in a folder of the repository."""

    def __init__(self, flow: _Flow, text: str, path: str, tree: Tree, base: Base) -> None:
        self.flow = flow
        self.text = text
        self.climbs = base == Base()
        around = around_file(path, KIND, tree, base)
        self.around = around
        if flow.cloned:
            scene = replace(around.scene, here=f"{REPOSITORY}-run")
            scene = scene.with_variables({_CLONED: REPOSITORY})
            self.around = replace(around, scene=scene, base=None)
            self.climbs = True
        clone = f"|(?<![\\w./$-]){re.escape(flow.cloned)}(?![\\w.-])" if flow.cloned else ""
        self.expression = re.compile(_EXPRESSION.pattern + clone)

    def read(self) -> Iterator[Reference]:
        """Yield what the tasks name, and the files that expressions anywhere read."""
        for kind, task in self.flow.tasks:
            for found in self._task(kind, task):
                yield found if self.climbs else _within_base(found)
        for scalar in scalars_in(self.flow.document, self.text):
            if "read(" in scalar.value or "fileURI(" in scalar.value:
                yield from in_scalar(self._read_files(scalar.value), scalar, self.text)

    def _task(self, kind: str, task: Node) -> Iterator[Reference]:
        if ".git." in kind:
            yield from self._items(value_of(task, "gitDirectory"), around_root(self.around))
            return
        for key in ("include", "exclude"):
            files = value_of(task, "namespaceFiles", key)
            yield from self._items(files, replace(self.around, base=self._start()))
        yield from self._items(value_of(task, "projectDir"), self.around)
        if _ELSEWHERE.search(kind):
            return
        made = set(entries(value_of(task, "inputFiles")))
        lines = [
            scalar
            for key in ("beforeCommands", "commands")
            for scalar in items_of(value_of(task, key), self.text)
        ]
        dialect = Dialect.POWERSHELL if ".powershell." in kind else Dialect.POSIX
        yield from self._commands(lines, made, dialect)
        script = scalar_of(value_of(task, "script"), self.text)
        if script is not None and (".shell." in kind or ".powershell." in kind):
            yield from self._commands([script], made, dialect)
        elif script is not None and ".python." in kind and self.around.base is not None:
            found = imported_modules(script.value, self.around)
            yield from in_scalar(found, script, self.text)

    def _start(self) -> Base | None:
        return None if self.flow.cloned else self.around.base

    def _filled(self, text: str) -> Filled:
        def value_of_match(match: re.Match[str]) -> str | None:
            said = match["said"]
            if match["statement"]:
                return ""
            return f"${_CLONED}" if said is None else self.flow.values.get(said.strip("- \t"))

        return filled_in(text, self.expression, value_of_match)

    def _items(self, node: Node | None, around: Surroundings) -> Iterator[Reference]:
        """Yield the paths and patterns that a value, or the items of a list, are."""
        for scalar in items_of(node, self.text):
            filled = self._filled(scalar.value)
            found = filled.written(as_path(filled.text, around))
            yield from in_scalar(found, scalar, self.text)

    def _commands(
        self, scalars: list[Scalar], made: set[str], dialect: Dialect
    ) -> Iterator[Reference]:
        """Yield what commands name, without the files that the task itself makes."""
        joined = "\n".join(scalar.value for scalar in scalars)
        filled = self._filled(joined)
        commands = commands_in(filled.text, 0, len(filled.text), dialect)
        named = [*references_in(commands, self.around), *in_containers(filled.text, self.around)]
        found = list(filled.written(named))
        begin = 0
        for scalar in scalars:
            end = begin + len(scalar.value)
            inside = [
                replace(r, start=r.start - begin, end=r.end - begin)
                for r in found
                if begin <= r.start and r.end <= end and r.text.removeprefix("./") not in made
            ]
            yield from in_scalar(inside, scalar, self.text)
            begin = end + 1

    def _read_files(self, text: str) -> Iterator[Reference]:
        base = self._start()
        for match in _READ.finditer(text) if base is not None else ():
            for found in as_path(match["path"], replace(self.around, base=base)):
                shift = match.start("path")
                yield replace(found, start=found.start + shift, end=found.end + shift, climbs=False)


def _within_base(found: Reference) -> Reference:
    """Return a reference that can only name what is in its folder: nothing else is taken along."""
    form = Form.PATH if found.form is Form.SCRIPT else found.form
    return replace(found, form=form, climbs=False)


def around_root(around: Surroundings) -> Surroundings:
    """Return surroundings in which paths count from the repository's root."""
    return replace(around, base=Base())
