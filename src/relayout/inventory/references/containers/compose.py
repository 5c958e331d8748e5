"""Compose files: what services are built from, what they mount, read and run.

Paths of the host count from the folder of the file; commands, variables and targets are the
container's (https://docs.docker.com/reference/compose-file/). Environment files are never read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from posixpath import basename

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from relayout.inventory.configured_paths.compose import build_of, is_compose
from relayout.inventory.configured_paths.yaml_files import entries, text_of, value_of
from relayout.inventory.references.commandline.commands import references_in
from relayout.inventory.references.commandline.surroundings import Surroundings, word_paths
from relayout.inventory.references.commandline.words import Word, commands_in
from relayout.inventory.references.containers.build_keys import BuildKeys
from relayout.inventory.references.containers.compose_services import KIND, Service, services_in
from relayout.inventory.references.containers.host_paths import host_path, source_of
from relayout.inventory.references.containers.image_builds import in_doubt
from relayout.inventory.references.containers.listed_commands import listed_command, variable_paths
from relayout.inventory.references.reference import Base, Reference, beside
from relayout.inventory.references.spans.yaml_spans import (
    Scalar,
    documents_of,
    items_of,
    placed,
    scalar_of,
)
from relayout.tree import Tree

__all__ = ["is_compose", "read_compose"]

_FIRST = re.compile(r"(?:docker-)?compose\.ya?ml")
"""The file that others are laid over (https://docs.docker.com/compose/how-tos/multiple-compose-files/)."""
_REMOTE = ("docker-image://", "service:", "target:", "oci-layout://")


def read_compose(text: str, path: str, tree: Tree) -> list[Reference]:
    """Return what a compose file names.

    Services may share a part of the file; what they read in different ways is left out.
    """
    by_place: dict[tuple[int, int], set[Reference]] = {}
    for found in _Reader(text, path, tree).read():
        by_place.setdefault((found.start, found.end), set()).add(found)
    return [one for found in by_place.values() if len(found) == 1 for one in found]


def read_service(service: Service, text: str, path: str, tree: Tree) -> list[Reference]:
    """Return what a service of a compose file names."""
    return list(_Reader(text, path, tree).service(service))


@dataclass(frozen=True)
class _Reader:
    text: str
    path: str
    tree: Tree

    def read(self) -> Iterator[Reference]:
        """Yield what the documents name."""
        for document in documents_of(self.text):
            yield from self._included(value_of(document, "include"))
            for kind in ("configs", "secrets"):
                for _, one in entries(value_of(document, kind)).values():
                    yield from self._file(value_of(one, "file"))
            for service in services_in(document, self.path, self.tree):
                yield from self.service(service)

    def service(self, service: Service) -> Iterator[Reference]:
        """Yield what one service names."""
        node, around = service.node, service.around
        yield from self._build(service)
        yield from self._file(value_of(node, "extends", "file"))
        for key in ("env_file", "label_file"):
            yield from self._files(value_of(node, key), "path")
        for item in _items(value_of(node, "volumes")):
            yield from self._volume(item, around)
        for item in _items(value_of(node, "develop", "watch")):
            yield from self._file(value_of(item, "path"))
            yield from self._word(value_of(item, "target"), around)
        yield from self._word(value_of(node, "working_dir"), around)
        yield from self._environment(value_of(node, "environment"), around)
        yield from self._command(value_of(node, "entrypoint"), around)
        yield from self._command(value_of(node, "command"), around, service.entrypoint)
        yield from self._healthcheck(value_of(node, "healthcheck", "test"), around)
        for key in ("post_start", "pre_stop"):
            for item in _items(value_of(node, key)):
                yield from self._command(value_of(item, "command"), around)

    def _included(self, node: Node | None) -> Iterator[Reference]:
        yield from self._files(node, "path")
        for item in _items(node):
            for key in ("project_directory", "env_file"):
                yield from self._files(value_of(item, key), "path")

    def _build(self, service: Service) -> Iterator[Reference]:
        node = value_of(service.node, "build")
        keys = BuildKeys(self.text, self.tree, KIND, beside(self.path), "dockerfile", True)
        by_name = list(self._by_name(service, keys))
        yield from by_name
        if isinstance(node, ScalarNode):
            yield from () if by_name else self._file(node)
            return
        if not by_name or not by_name[0].text:
            yield from self._file(value_of(node, "context"))
        additional = value_of(node, "additional_contexts")
        for _, value in entries(additional).values():
            yield from self._file(value, unless=_REMOTE)
        for scalar in items_of(additional, self.text) if _items(additional) else ():
            start = scalar.value.find("=") + 1
            yield from self._host(scalar, start, len(scalar.value), unless=_REMOTE)
        dockerfile = scalar_of(value_of(node, "dockerfile"), self.text)
        if dockerfile is not None and service.build is not None:
            context = service.build.context
            own = beside(self.path)
            base = own if context == own.folder else Base(context)
            for found in self._host(dockerfile, 0, len(dockerfile.value), base):
                if found.path in self.tree:
                    yield found

    def _by_name(self, service: Service, keys: BuildKeys) -> Iterator[Reference]:
        """Yield the Dockerfile that a service's build does not name.

        Another file that is laid under this one may name it: what is sure then is that of the file
        which is read first.
        """
        parts = entries(service.node)
        key, node = parts.get("build", (None, None))
        if key is None or {"dockerfile", "dockerfile_inline"} & entries(node).keys():
            return
        builds = [one for one in (value_of(o, "build") for o in service.others) if one is not None]
        said = node if isinstance(node, ScalarNode) else value_of(node, "context")
        scalar = scalar_of(said, self.text)
        if scalar is None and builds:
            return
        if any(value_of(one, "dockerfile") is not None for one in builds):
            if scalar is not None and not _FIRST.fullmatch(basename(self.path)):
                word = Word(scalar.start, scalar.end, scalar.value)
                yield from in_doubt(word, KIND, self.tree)
                return
        build = build_of(service.node, self.path, self.tree)
        context = build.context if build is not None else None
        if not isinstance(node, ScalarNode):
            yield from keys.beside(node, said, context) if node is not None else ()
        elif context is not None:
            yield from keys.instead(key, node, context)
        elif scalar is not None and "$" in scalar.value:
            yield from in_doubt(Word(scalar.start, scalar.end, scalar.value), KIND, self.tree)

    def _files(self, node: Node | None, key: str) -> Iterator[Reference]:
        """Yield the files of a text, or of a list of texts and of mappings with a ``key``."""
        several: list[Node | None] = [*_items(node)] or [node]
        for item in several:
            for one in (item, *_items(value_of(item, key)), value_of(item, key)):
                yield from self._file(one)

    def _file(self, node: Node | None, unless: tuple[str, ...] = ()) -> Iterator[Reference]:
        """Yield the path of the host that a scalar is."""
        scalar = scalar_of(node, self.text)
        if scalar is not None:
            yield from self._host(scalar, 0, len(scalar.value), unless=unless)

    def _host(
        self,
        scalar: Scalar,
        start: int,
        end: int,
        base: Base | None = None,
        unless: tuple[str, ...] = (),
    ) -> Iterator[Reference]:
        said = scalar.value[start:end]
        if not said or "://" in said or said.startswith(unless or "\0"):
            return
        word = Word(start, end, said)
        yield from placed(host_path(word, base or beside(self.path), KIND), scalar, self.text)

    def _volume(self, item: Node, around: Surroundings) -> Iterator[Reference]:
        scalar = scalar_of(item, self.text)
        if scalar is None:
            if text_of(value_of(item, "type")) == "bind":
                yield from self._file(value_of(item, "source"))
                yield from self._word(value_of(item, "target"), around)
            return
        stop = source_of(scalar.value)
        if stop:
            yield from self._host(scalar, 0, stop)
            target = scalar.value[stop + 1 :].partition(":")[0]
            word = Word(stop + 1, stop + 1 + len(target), target)
            yield from placed(word_paths(word, around, plain=True), scalar, self.text)

    def _word(self, node: Node | None, around: Surroundings) -> Iterator[Reference]:
        """Yield the path of the container that a scalar is."""
        scalar = scalar_of(node, self.text)
        if scalar is not None:
            word = Word(0, len(scalar.value), scalar.value)
            yield from placed(word_paths(word, around, plain=True), scalar, self.text)

    def _environment(self, node: Node | None, around: Surroundings) -> Iterator[Reference]:
        if isinstance(node, MappingNode):
            for name, (_, value) in entries(node).items():
                scalar = scalar_of(value, self.text)
                if scalar is not None:
                    yield from self._variable(name, scalar, 0, around)
        for item in _items(node):
            scalar = scalar_of(item, self.text)
            if scalar is not None and "=" in scalar.value:
                name = scalar.value.partition("=")[0]
                yield from self._variable(name, scalar, len(name) + 1, around)

    def _variable(
        self, name: str, scalar: Scalar, start: int, around: Surroundings
    ) -> Iterator[Reference]:
        word = Word(start, len(scalar.value), scalar.value[start:])
        yield from placed(variable_paths(name, word, around), scalar, self.text)

    def _command(
        self, node: Node | None, around: Surroundings, before: tuple[str, ...] = ()
    ) -> Iterator[Reference]:
        if isinstance(node, SequenceNode):
            yield from self._listed(items_of(node, self.text), around, before)
            return
        scalar = scalar_of(node, self.text)
        if scalar is None:
            return
        commands = list(commands_in(scalar.value, 0, len(scalar.value)))
        if before and commands:
            commands[0].words[:0] = [Word(-1, -1, text) for text in before]
        found = (one for one in references_in(commands, around) if one.start >= 0)
        yield from placed(found, scalar, self.text)

    def _listed(
        self, scalars: list[Scalar], around: Surroundings, before: tuple[str, ...] = ()
    ) -> Iterator[Reference]:
        """Yield what a command names whose words are items; each is given a place of its own."""
        starts, words = [], []
        position = 0
        for scalar in scalars:
            starts.append(position)
            words.append(Word(position, position + len(scalar.value), scalar.value, scalar.quote))
            position += len(scalar.value) + 1
        for found in listed_command(words, around, before, between=", "):
            index = max(i for i, start in enumerate(starts) if start <= found.start)
            scalar, shift = scalars[index], starts[index]
            moved = replace(found, start=found.start - shift, end=found.end - shift)
            is_whole = found.text == scalar.value and found.between is not None
            for one in placed([moved], scalar, self.text):
                yield replace(one, between=scalar.between) if is_whole else one

    def _healthcheck(self, node: Node | None, around: Surroundings) -> Iterator[Reference]:
        scalars = items_of(node, self.text) if isinstance(node, SequenceNode) else []
        if scalars and scalars[0].value == "CMD":
            yield from self._listed(scalars[1:], around)
        elif scalars and scalars[0].value == "CMD-SHELL" and isinstance(node, SequenceNode):
            for item in node.value[1:2]:
                yield from self._command(item, around)
        elif not scalars:
            yield from self._command(node, around)


def _items(node: Node | None) -> list[Node]:
    return list(node.value) if isinstance(node, SequenceNode) else []
