"""Bind mounts of compose files: which path of the repository a service sees, and where.

The short and the long form are those of
https://docs.docker.com/reference/compose-file/services/#volumes. A named volume is none, and no
environment file is read: of a variable, only the default that stands beside it counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from posixpath import dirname, normpath

from yaml.nodes import Node, SequenceNode

from relayout.inventory.configured_paths.compose import is_compose, services_of
from relayout.inventory.configured_paths.yaml_files import line_of, text_of, value_of
from relayout.inventory.references.containers.host_paths import source_of
from relayout.inventory.references.reference import named_from
from relayout.tree import Tree

_DEFAULT = re.compile(r"\$\{\w+:?-(?P<default>[^${}]*)\}")
_HERE = re.compile(r"^\$(?:PWD|\{PWD(?::?-[^{}]*)?\}|\{\w+:?-\.\})(?=/|$)")
_MOST = 200
"""No service has more volumes; what a file says beyond that would take long to compare."""
_OUTSIDE = re.compile(r"[/~]|[A-Za-z]:[\\/]")


@dataclass(frozen=True, slots=True)
class BindMount:
    """What one service mounts from the host.

    ``source`` is what is written. ``path`` is the repository's path that it stands for (the root is
    empty), None for what is outside of it or cannot be told. ``is_fixed`` is false where a variable
    of the environment may lead elsewhere. ``target`` is the absolute path in the container, empty
    if it cannot be told; ``modes`` is what follows it, such as ``ro``. ``node`` is the item of the
    list ``among``, which services that share a part of the file have in common.
    """

    file: str
    line: int
    service: str
    source: str
    path: str | None
    target: str
    modes: str = ""
    is_fixed: bool = True
    node: Node | None = field(default=None, compare=False, repr=False)
    among: Node | None = field(default=None, compare=False, repr=False)

    @property
    def read_only(self) -> bool:
        """Whether the service cannot write there."""
        return "ro" in self.modes.split(",")


def bind_mounts(tree: Tree) -> list[BindMount]:
    """Return the bind mounts of all compose files of a tree, in order."""
    return [mount for path in sorted(tree) if is_compose(path) for mount in mounts_in(path, tree)]


def mounts_in(path: str, tree: Tree) -> Iterator[BindMount]:
    """Yield the bind mounts of the services of one compose file."""
    if not tree.is_regular(path):
        return
    for name, service in services_of(path, tree):
        volumes = value_of(service, "volumes")
        for item in volumes.value[:_MOST] if isinstance(volumes, SequenceNode) else ():
            mount = _mount(item, path, name)
            if mount is not None:
                yield replace(mount, among=volumes)


def _mount(item: Node, file: str, service: str) -> BindMount | None:
    text = text_of(item)
    if text is not None:
        stop = source_of(text) or (text.find(":", 2) if _OUTSIDE.match(text) else 0)
        if stop <= 0:
            return None
        source, (target, _, modes) = text[:stop], text[stop + 1 :].partition(":")
    elif text_of(value_of(item, "type")) == "bind":
        source = text_of(value_of(item, "source")) or ""
        target = text_of(value_of(item, "target")) or ""
        modes = "ro" if text_of(value_of(item, "read_only")) in ("true", "yes", "on") else ""
    else:
        return None
    path, is_fixed = _named(source, dirname(file))
    place = normpath(target) if target.startswith("/") and "$" not in target else ""
    place = "" if place.strip("/") == "" else place  # Docker mounts nothing over all of it
    return BindMount(file, line_of(item), service, source, path, place, modes, is_fixed, item)


def _named(source: str, folder: str) -> tuple[str | None, bool]:
    """Return the repository's path that a source stands for, and whether nothing changes that."""
    source = _HERE.sub(".", source)
    whole = _DEFAULT.fullmatch(source)
    filled = _DEFAULT.sub(lambda match: match["default"], source)
    is_fixed = filled == source or whole is not None
    if not filled or "$" in filled or _OUTSIDE.match(filled):
        return None, "$" not in filled
    return named_from(folder, filled), is_fixed
