"""Dockerfiles: where the repository's folders are in the image, and what is configured there.

The instructions are those of https://docs.docker.com/reference/dockerfile/. ``COPY`` tells which
container path is which folder; the context is the Dockerfile's own folder or the repository's
root, whichever has all that is copied, unless a compose file says it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from posixpath import basename, dirname, join, normpath

from relayout.inventory.configured_paths.commands import Commands, entry_of, read_commands
from relayout.inventory.configured_paths.dockerfile_text import parse_dockerfile
from relayout.inventory.configured_paths.entry import (
    ConfiguredPath,
    Found,
    holds_modules,
    scope_of,
)
from relayout.inventory.configured_paths.images import Image, read_image
from relayout.inventory.configured_paths.values import Mounts, Scene
from relayout.tree import Tree


def is_dockerfile(path: str) -> bool:
    """Tell whether a file is a Dockerfile, by its name."""
    name = basename(path).lower()
    return name == "containerfile" or (
        "dockerfile" in name and not name.endswith((".dockerignore", ".md", ".py"))
    )


def guess_context(path: str, text: str, tree: Tree) -> str:
    """Return the folder that a Dockerfile is most likely built with: it has most of the sources."""
    own = scope_of(path, tree)
    sources = [
        s for s in _copied(text) if s not in (".", "./", "*") and not s.startswith(("$", "/"))
    ]
    contexts = list(dict.fromkeys((own, dirname(path), "")))
    return max(
        contexts, key=lambda c: sum(_exists(normpath(join(c, source)), tree) for source in sources)
    )


def read_dockerfile(path: str, tree: Tree, contexts: Sequence[str] = ()) -> Iterator[Found]:
    """Yield what a Dockerfile configures and starts; ``contexts`` are those it is built with."""
    text = tree.read(path).decode("utf-8", errors="replace")
    where = Commands(path, scope_of(path, tree))
    for context in contexts or [guess_context(path, text, tree)]:
        scope = context or where.scope
        for image in read_image(text, context, tree):
            yield from _found_in(image, path, tree, Commands(path, scope))


def scene_of(image: Image, path: str, tree: Tree, mounts: Sequence[tuple[str, str]] = ()) -> Scene:
    """Return the scene of what runs in an image; ``mounts`` lie over what was copied."""
    return Scene(
        tree,
        file=f"/{basename(path)}",
        here=image.here,
        variables=image.variables,
        mounts=Mounts((*mounts, *dict.fromkeys(reversed(image.mounts)))),
    )


def entries_in(value: str, scene: Scene, where: Commands, line: int) -> Iterator[ConfiguredPath]:
    """Yield a value of ``PYTHONPATH`` in a container, for the code that is in the container."""
    entry = entry_of(value, scene, where, line)
    tree = scene.tree
    inside = [
        covers
        for covers in scene.mounts.outermost()
        if covers in tree.modules or holds_modules(covers, tree)
    ]
    for covers in inside or [where.scope]:
        yield replace(entry, covers=covers)


def _found_in(image: Image, path: str, tree: Tree, where: Commands) -> Iterator[Found]:
    scene = scene_of(image, path, tree)
    for line, value, here in image.settings:
        yield from entries_in(value, scene.in_folder(here), where, line)
    for line, text, here in image.commands:
        yield from read_commands([(line, text)], scene.in_folder(here), where)


def _copied(text: str) -> Iterator[str]:
    parsed = parse_dockerfile(text)
    for instruction in parsed.instructions:
        if instruction.name in ("COPY", "ADD"):
            if not any(name == "from" for name, _ in parsed.flags(instruction)):
                yield from (word.text for word in parsed.words(instruction)[:-1])


def _exists(path: str, tree: Tree) -> bool:
    stem = path.partition("*")[0].rstrip("/")
    return path in tree or path in tree.folders or ("*" in path and stem in ("", *tree.folders))
