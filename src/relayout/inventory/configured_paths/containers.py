"""Dockerfiles: where the repository's folders are in the image, and what is configured there.

The instructions are those of https://docs.docker.com/reference/dockerfile/. ``COPY`` tells which
container path is which folder; the context is the Dockerfile's own folder or the repository's
root, whichever has all that is copied, unless a compose file says it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from posixpath import basename, dirname, join, normpath

from relayout.inventory.configured_paths.commands import Commands, entry_of, read_commands
from relayout.inventory.configured_paths.entry import (
    ConfiguredPath,
    Found,
    holds_modules,
    scope_of,
)
from relayout.inventory.configured_paths.values import Mounts, Scene
from relayout.tree import Tree

_INSTRUCTION = re.compile(r"\s*(?P<name>[A-Za-z]+)\s+(?P<rest>.*)", re.DOTALL)
_FROM = re.compile(r"(?:--\S+\s+)*(?P<image>\S+)(?:\s+as\s+(?P<name>\S+))?", re.IGNORECASE)
_PAIR = re.compile(r"""(?P<name>\w+)=(?P<value>(?:[^\s"'\\]|\\.|"(?:\\.|[^"\\])*"|'[^']*')*)""")
_OPTION = re.compile(r"--(?P<name>\w+)(?:=(?P<value>\S+))?\s+")


@dataclass
class Image:
    """What one stage of a Dockerfile has: paths by folder, the current folder, variables."""

    mounts: list[tuple[str, str]] = field(default_factory=list)
    here: str = "/"
    variables: dict[str, str | None] = field(default_factory=dict)
    commands: list[tuple[int, str, str]] = field(default_factory=list)
    """Line, text and current folder of what is run."""
    settings: list[tuple[int, str, str]] = field(default_factory=list)
    """Line, value and current folder of each ``ENV PYTHONPATH``."""


def is_dockerfile(path: str) -> bool:
    """Tell whether a file is a Dockerfile, by its name."""
    name = basename(path).lower()
    return name == "containerfile" or (
        "dockerfile" in name and not name.endswith((".dockerignore", ".md", ".py"))
    )


def read_image(text: str, context: str, tree: Tree) -> list[Image]:
    """Return the stages of a Dockerfile that is built with a folder as its context."""
    return _Reader(context, tree).read(text)


def guess_context(path: str, text: str, tree: Tree) -> str:
    """Return the folder that a Dockerfile is most likely built with."""
    own = scope_of(path, tree)
    sources = [
        s for s in _copied(text) if s not in (".", "./", "*") and not s.startswith(("$", "/"))
    ]
    for context in dict.fromkeys((own, dirname(path), "")):
        if all(_exists(normpath(join(context, source)), tree) for source in sources):
            return context
    return own


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


class _Reader:
    def __init__(self, context: str, tree: Tree) -> None:
        self.context = context
        self.tree = tree
        self.stages: dict[str, Image] = {}
        self.images: list[Image] = []
        self.image = Image()

    def read(self, text: str) -> list[Image]:
        """Return the stages, the last one last."""
        for line, name, rest in _instructions(text):
            if name == "FROM":
                self._from(rest)
            elif name == "WORKDIR":
                self.image.here = self._path(rest)
            elif name in ("ENV", "ARG"):
                self._variables(line, rest, is_environment=name == "ENV")
            elif name in ("COPY", "ADD"):
                self._copy(rest)
            elif name in ("RUN", "CMD", "ENTRYPOINT"):
                self.image.commands.append((line, _words(rest), self.image.here))
        return self.images or [self.image]

    def _from(self, rest: str) -> None:
        match = _FROM.match(rest)
        base = self.stages.get(match["image"]) if match else None
        self.image = Image()
        if base is not None:
            self.image.mounts = list(base.mounts)
            self.image.here = base.here
            self.image.variables = dict(base.variables)
        self.images.append(self.image)
        self.stages[str(len(self.images) - 1)] = self.image
        if match and match["name"]:
            self.stages[match["name"]] = self.image

    def _scene(self) -> Scene:
        return Scene(self.tree, "/Dockerfile", self.image.here, self.image.variables, Mounts(()))

    def _path(self, text: str) -> str:
        return self._scene().absolute(text) or self.image.here

    def _variables(self, line: int, rest: str, is_environment: bool) -> None:
        pairs = [(m["name"], m["value"]) for m in _PAIR.finditer(rest)]
        if not re.match(r"\w+=", rest):
            name, _, value = rest.partition(" ")
            pairs = [(name, value.strip())]
        for name, value in pairs:
            if name == "PYTHONPATH":
                if is_environment:
                    self.image.settings.append((line, value, self.image.here))
                continue
            self.image.variables[name] = self._scene().told(value.strip("\"'"))

    def _copy(self, rest: str) -> None:
        origin: Image | None = None
        while match := _OPTION.match(rest):
            if match["name"] == "from":
                origin = self.stages.get(match["value"] or "", Image())
            rest = rest[match.end() :]
        words = _words(rest).split()
        if len(words) < 2:
            return
        target = words[-1]
        for source in words[:-1]:
            if origin is not None:
                self._copy_from(origin, source, target)
            else:
                self._copy_source(source, target)

    def _copy_source(self, source: str, target: str) -> None:
        """Note where a folder of the context is put; of a folder, the content is copied."""
        if "$" in source:
            return
        source, stars = re.subn(r"/?\*(?:\.py)?$", "", source) if "*" in source else (source, 0)
        named = normpath(join(self.context, source.lstrip("/") or "."))
        named = "" if named == "." else named
        place = self._path(target)
        if named in self.tree.folders:
            self.image.mounts.append((place, named))
        elif named in self.tree.modules and not stars:
            is_folder = target.endswith(("/", ".")) or not basename(target).endswith(".py")
            if is_folder:
                self.image.mounts.append((f"{place.rstrip('/')}/{basename(named)}", named))
            else:
                self.image.mounts.append((place, named))

    def _copy_from(self, origin: Image, source: str, target: str) -> None:
        place = self._path(target)
        for path, folder in origin.mounts:
            if path == source.rstrip("/") or path.startswith(f"{source.rstrip('/')}/"):
                rest = path[len(source.rstrip("/")) :]
                self.image.mounts.append((f"{place.rstrip('/')}{rest}", folder))


def _instructions(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield (line, instruction in capitals, the rest); continued lines are joined."""
    joined, first = "", 0
    for number, line in enumerate(text.splitlines(), 1):
        if line.lstrip().startswith("#") or (joined and not line.strip()):
            continue
        first = first if joined else number
        if line.rstrip().endswith("\\"):
            joined += line.rstrip()[:-1] + " "
            continue
        match = _INSTRUCTION.fullmatch(joined + line)
        if match:
            yield first, match["name"].upper(), match["rest"].strip()
        joined = ""


def _words(rest: str) -> str:
    """Return the words of an instruction, which may be written as a JSON list."""
    if rest.startswith("["):
        try:
            return " ".join(str(word) for word in json.loads(rest))
        except ValueError:
            return rest.strip("[]").replace(",", " ")
    return rest


def _copied(text: str) -> Iterator[str]:
    for _, name, rest in _instructions(text):
        if name in ("COPY", "ADD") and "--from" not in rest:
            yield from _words(re.sub(r"--\S+\s+", "", rest)).split()[:-1]


def _exists(path: str, tree: Tree) -> bool:
    stem = path.partition("*")[0].rstrip("/")
    return path in tree or path in tree.folders or ("*" in path and stem in ("", *tree.folders))
