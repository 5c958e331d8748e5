"""Services of compose files: what their containers have of the repository, and where they run.

What a service does not say is said by the one that it extends, or by the service of that name in
another compose file of the folder, over which it is laid
(https://docs.docker.com/compose/how-tos/multiple-compose-files/).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from posixpath import dirname, join, normpath

from yaml.nodes import Node, ScalarNode, SequenceNode

from relayout.inventory.configured_paths.compose import (
    Build,
    build_of,
    image_of,
    is_compose,
    services_of,
)
from relayout.inventory.configured_paths.images import Copied, Image, root_of
from relayout.inventory.configured_paths.yaml_files import entries, text_of, value_of
from relayout.inventory.references.commandline.surroundings import Surroundings
from relayout.inventory.references.commandline.words import Word
from relayout.inventory.references.containers.container import Container
from relayout.inventory.references.containers.host_paths import host_path, source_of
from relayout.inventory.references.reference import beside, is_there
from relayout.tree import Tree, is_within

KIND = "compose"
_LONGEST_CHAIN = 8


@dataclass(frozen=True)
class Service:
    """A service: its node, what it is built from, and what surrounds what runs in it."""

    name: str
    node: Node
    build: Build | None
    image: str
    entrypoint: tuple[str, ...]
    copied: tuple[Copied, ...]
    around: Surroundings
    others: tuple[Node, ...] = ()
    """What it extends, or is laid over or under, if that is chosen when it is started."""


@dataclass(frozen=True)
class _Said:
    """What a file says about a service."""

    path: str
    node: Node


def services_in(document: Node, path: str, tree: Tree) -> Iterator[Service]:
    """Yield the services of one document of a compose file."""
    images: dict[Build | None, Image] = {}
    for name, (_, node) in entries(value_of(document, "services")).items():
        chain = _chain(name, _Said(path, node), tree)
        builds = (build_of(said.node, said.path, tree) for said in chain)
        build = next((one for one in builds if one is not None), None)
        image = images.get(build) or image_of(build, tree)
        images[build] = image
        folder = _said(chain, "working_dir")
        here = normpath(join(image.here, folder)) if folder and "$" not in folder else image.here
        container = Container.of(tree, _copied(chain, image, build, folder and here, tree))
        around = container.surroundings(path, KIND, container.scene(path, here, image.variables))
        called = _said(chain, "image") or name
        entrypoint, others = _entrypoint(chain, image), tuple(said.node for said in chain[1:])
        yield Service(name, node, build, called, entrypoint, container.copied, around, others)


def _said(chain: list[_Said], key: str) -> str | None:
    texts = (text_of(value_of(said.node, key)) for said in chain)
    return next((text for text in texts if text), None)


def _entrypoint(chain: list[_Said], image: Image) -> tuple[str, ...]:
    for said in chain:
        node = value_of(said.node, "entrypoint")
        if isinstance(node, SequenceNode):
            return tuple(item.value for item in node.value if isinstance(item, ScalarNode))
        if node is not None:
            return tuple((text_of(node) or "").split())
    return image.entrypoint


def _chain(name: str, said: _Said, tree: Tree) -> list[_Said]:
    """Return what is said about a service, the surest first."""
    found: list[_Said] = []
    rest: list[tuple[str, _Said]] = [(name, said)]
    while rest and len(found) < _LONGEST_CHAIN:
        called, here = rest.pop(0)
        found.append(here)
        extends = value_of(here.node, "extends")
        other = text_of(extends) or text_of(value_of(extends, "service"))
        file = text_of(value_of(extends, "file"))
        path = normpath(join(dirname(here.path), file)) if file else here.path
        if other and (other, path) != (called, here.path):
            rest += ((other, one) for one in _said_in(path, other, tree))
    folder = dirname(said.path)
    for path in sorted(p for p in tree if dirname(p) == folder and is_compose(p)):
        if path != said.path:
            found += _said_in(path, name, tree)
    return found


def _said_in(path: str, name: str, tree: Tree) -> Iterator[_Said]:
    if tree.is_regular(path):
        yield from (_Said(path, node) for called, node in services_of(path, tree) if called == name)


def _copied(
    chain: list[_Said], image: Image, build: Build | None, entered: str | None, tree: Tree
) -> list[Copied]:
    """Return what a container has: what is mounted lies over what was copied."""
    mounted = [
        (target, path, dirname(said.path))
        for said in chain
        for target, path in _mounted(said, tree)
    ]
    folders = {*image.folders, *([entered] if entered else [])}
    contexts = [build.context] if build is not None else []
    folders |= {one.root for one in image.copied if one.root is not None}
    folders |= {t for t, path, own in mounted if path in (*contexts, own)}
    found = [*image.copied]
    for target, path, own in mounted:
        one = Copied(target, path)
        for context in (*contexts, own):
            root = root_of(target, path, context, folders) if is_within(path, context) else None
            if root is not None:
                one = replace(one, context=context, root=root)
                break
        found.append(one)
    return found


def _mounted(said: _Said, tree: Tree) -> Iterator[tuple[str, str]]:
    """Yield target and path of each file or folder of the repository that is mounted."""
    node = value_of(said.node, "volumes")
    for item in node.value if isinstance(node, SequenceNode) else ():
        text = text_of(item)
        if text is not None:
            stop = source_of(text)
            source, target = text[:stop], text[stop + 1 :].partition(":")[0]
        else:
            source = text_of(value_of(item, "source")) or ""
            target = text_of(value_of(item, "target")) or ""
        for found in host_path(Word(0, len(source), source), beside(said.path), KIND):
            is_whole = source.endswith((found.text, f"{found.text}}}"))
            if is_whole and is_there(found.path, tree) and target.startswith("/"):
                yield normpath(target), found.path
