"""What the stages of a Dockerfile have: files of the repository by their place, and variables.

Of a folder, ``COPY`` takes what is in it; a file goes by its own name into a target that ends in a
slash or is a folder already (https://docs.docker.com/reference/dockerfile/#copy).
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from posixpath import basename, dirname, join, normpath

from relayout.inventory.configured_paths.dockerfile_text import (
    DockerfileText,
    Instruction,
    parse_dockerfile,
)
from relayout.inventory.configured_paths.values import Mounts, Scene
from relayout.tree import Tree

_FROM = re.compile(r"(?:--\S+\s+)*(?P<image>\S+)(?:\s+as\s+(?P<name>\S+))?", re.IGNORECASE)
_PAIR = re.compile(r"""(?P<name>\w+)=(?P<value>(?:[^\s"'\\]|\\.|"(?:\\.|[^"\\])*"|'[^']*')*)""")
_MAGIC = re.compile(r"[*?\[]")
_MOST_COPIES = 500
"""What is copied from stage to stage can grow without end; no file needs so many."""


@dataclass(frozen=True, slots=True)
class Copied:
    """A file or folder of the repository that a container has at an absolute path.

    ``root`` is where the container has the ``context`` if what is copied stands below it as it
    does in the repository; None if its place in the container is one of its own. A file
    ``has_own_name`` if no more than the folder is said that it is copied to.
    """

    place: str
    path: str
    context: str = ""
    root: str | None = None
    has_own_name: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One instruction of a stage, what held before it, and what it copies."""

    instruction: Instruction
    here: str
    variables: Mapping[str, str | None]
    copied: tuple[Copied, ...] = ()


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
    steps: list[Step] = field(default_factory=list)
    name: str = ""
    copied: list[Copied] = field(default_factory=list)
    """What the stage has, with what it is built from; later ones lie over earlier ones."""
    entrypoint: tuple[str, ...] = ()
    """The words that stand before those of a command, if both are written as lists."""
    folders: frozenset[str] = frozenset()
    """Every folder that is the current one in some stage, because the file says so."""


def read_image(text: str, context: str, tree: Tree) -> list[Image]:
    """Return the stages of a Dockerfile that is built with a folder as its context."""
    parsed = parse_dockerfile(text)
    first = _Reader(context, tree, parsed)
    first.read()
    return _Reader(context, tree, parsed, frozenset(first.entered)).read()


def matching(pattern: str, tree: Tree) -> list[str]:
    """Return the files and folders that a pattern matches in its last part."""
    folder, _, last = pattern.rpartition("/")
    found = (p for p in (*tree, *tree.folders) if p and dirname(p) == folder)
    return sorted(path for path in found if fnmatchcase(basename(path), last))


def within_context(source: str) -> str:
    """Return a source without what would lead out of the context: that has no effect.

    See https://docs.docker.com/reference/dockerfile/#adding-files-from-the-build-context.
    """
    return normpath(f"/{source.lstrip('/')}").lstrip("/")


def below(path: str, folder: str) -> str | None:
    """Return what an absolute path is within a folder, "" for the folder; None if outside."""
    if path == folder:
        return ""
    start = f"{folder.rstrip('/')}/"
    return path[len(start) :] if path.startswith(start) else None


def root_of(place: str, path: str, context: str, folders: Collection[str]) -> str | None:
    """Return where a container has the context, if a path stands in it as in the repository.

    That is so if the context itself is there, or one of ``folders``, the current folders of the
    container, is above it. Where Airflow looks for DAGs and plugins is its own affair.
    """
    if path == context:
        return place
    inside = path[len(context) :].lstrip("/")
    root = place.removesuffix(f"/{inside}") or "/"
    if root == place or root not in folders or is_airflows(place):
        return None
    return root


def is_airflows(place: str) -> bool:
    """Tell whether Airflow loads code from an absolute path, by its name."""
    return "airflow" in place and not {"dags", "plugins"}.isdisjoint(place.split("/"))


class _Reader:
    def __init__(
        self, context: str, tree: Tree, text: DockerfileText, folders: frozenset[str] = frozenset()
    ) -> None:
        self.context = context
        self.tree = tree
        self.text = text
        self.folders = folders
        self.stages: dict[str, Image] = {}
        self.images: list[Image] = []
        self.image = Image(folders=folders)
        self.entered: set[str] = set()
        self.given: dict[str, str | None] = {}

    def read(self) -> list[Image]:
        """Return the stages, the last one last."""
        for instruction in self.text.instructions:
            here, variables = self.image.here, dict(self.image.variables)
            copied: list[Copied] = []
            if instruction.name == "FROM":
                self._from(self.text.arguments(instruction).strip())
            elif instruction.name in ("COPY", "ADD"):
                copied = self._copy(instruction)
            else:
                self._set(instruction)
            if len(self.image.copied) < _MOST_COPIES:
                self.image.copied += copied
            self.image.steps.append(Step(instruction, here, variables, tuple(copied)))
        return self.images or [self.image]

    def _set(self, instruction: Instruction) -> None:
        name, line = instruction.name, instruction.line
        rest = self.text.arguments(instruction).strip()
        if name == "WORKDIR":
            self.image.here = self._path(rest)
            self.entered.add(self.image.here)
        elif name in ("ENV", "ARG"):
            self._variables(line, rest, is_environment=name == "ENV")
        elif name in ("RUN", "CMD", "ENTRYPOINT"):
            self.image.commands.append((line, _words(rest), self.image.here))
        if name == "ENTRYPOINT":
            listed = self.text.exec_form(instruction.start, instruction.end) or []
            self.image.entrypoint = tuple(word.text for word in listed)

    def _from(self, rest: str) -> None:
        if not self.images:
            self.given = self.image.variables
        match = _FROM.match(rest)
        base = self.stages.get(match["image"].lower()) if match else None
        self.image = Image(folders=self.folders)
        if base is not None:
            self.image.mounts = list(base.mounts)
            self.image.here = base.here
            self.image.variables = dict(base.variables)
            self.image.copied = list(base.copied)
            self.image.entrypoint = base.entrypoint
        self.images.append(self.image)
        self.stages[str(len(self.images) - 1)] = self.image
        if match and match["name"]:
            self.image.name = match["name"].lower()
            self.stages[match["name"].lower()] = self.image

    def _scene(self) -> Scene:
        return Scene(self.tree, "/Dockerfile", self.image.here, self.image.variables, Mounts(()))

    def _path(self, text: str) -> str:
        return self._scene().absolute(text) or self.image.here

    def _variables(self, line: int, rest: str, is_environment: bool) -> None:
        pairs = [(m["name"], m["value"]) for m in _PAIR.finditer(rest)]
        if not re.match(r"\w+=", rest):
            name, _, value = rest.partition(" ")
            pairs = [(name, value.strip())]
            if not value.strip():
                self.image.variables.setdefault(name, self.given.get(name))
                return
        for name, value in pairs:
            if name == "PYTHONPATH":
                if is_environment:
                    self.image.settings.append((line, value, self.image.here))
                continue
            self.image.variables[name] = self._scene().told(value.strip("\"'"))

    def _copy(self, instruction: Instruction) -> list[Copied]:
        """Note where what is copied stands, and return it."""
        flags = {name: value.text for name, value in self.text.flags(instruction)}
        words = [word.text for word in self.text.words(instruction)]
        copied: list[Copied] = []
        for source in words[:-1]:
            if "from" in flags:
                origin = self.stages.get(flags["from"].lower(), Image())
                copied += self._copy_from(origin, source, words[-1])
            elif not source.startswith("<<"):
                self._copy_source(source, words[-1])
                copied += self._files(source, words[-1], len(words) == 2, "parents" in flags)
        return _alike(copied)

    def _copy_source(self, source: str, target: str) -> None:
        """Note where a folder of the context is put; of a folder, the content is copied."""
        if "$" in source:
            return
        source, stars = re.subn(r"/?\*(?:\.py)?$", "", source) if "*" in source else (source, 0)
        named = self._in_context(source)
        place = self._path(target)
        if named in self.tree.folders:
            self.image.mounts.append((place, named))
        elif named in self.tree.modules and not stars:
            is_folder = target.endswith(("/", ".")) or not basename(target).endswith(".py")
            if is_folder:
                self.image.mounts.append((f"{place.rstrip('/')}/{basename(named)}", named))
            else:
                self.image.mounts.append((place, named))

    def _in_context(self, source: str) -> str:
        named = normpath(join(self.context, within_context(source) or "."))
        return "" if named == "." else named

    def _files(
        self, source: str, target: str, is_alone: bool, with_parents: bool
    ) -> Iterator[Copied]:
        """Yield what a source brings: itself, or what a pattern matches, each at its place."""
        told = self._scene().told(source)
        if told is None or "://" in told:
            return
        named, place = self._in_context(told), self._path(target)
        is_pattern = bool(_MAGIC.search(told))
        is_alone = is_alone and not is_pattern
        into = not is_alone or self._is_folder(target)
        for path in matching(named, self.tree) if is_pattern else [named]:
            if path not in self.tree and path not in self.tree.folders:
                continue
            goes_into = into and path in self.tree
            where = normpath(join(place, basename(path))) if goes_into else place
            root = root_of(where, path, self.context, self._roots())
            if with_parents:
                where, root = normpath(join(place, path[len(self.context) :].lstrip("/"))), place
            yield Copied(where, path, self.context, root, goes_into)

    def _roots(self) -> set[str]:
        """Return the folders of the image below which it may have the context's files."""
        return {*self.folders, *(c.root for c in self.image.copied if c.root is not None)}

    def _is_folder(self, target: str) -> bool:
        return target.endswith(("/", ".")) or self._path(target) in (*self.folders, "/")

    def _copy_from(self, origin: Image, source: str, target: str) -> Iterator[Copied]:
        place, source = self._path(target), normpath(join("/", source))
        if origin is self.image or len(self.image.mounts) > _MOST_COPIES:
            return
        for path, folder in origin.mounts:
            if (rest := below(path, source)) is not None:
                self.image.mounts.append((normpath(join(place, rest)), folder))
        for one in origin.copied:
            again = self._again(one, source, place, self._is_folder(target))
            if again is not None:
                yield again

    def _again(self, one: Copied, source: str, place: str, into: bool) -> Copied | None:
        """Return what of another stage's copy is at or below a path, at its place in this one."""
        where, path = place, one.path
        has_own_name = False
        if (rest := below(one.place, source)) is not None:
            where = normpath(join(place, rest))
            has_own_name = one.has_own_name and bool(rest)
        elif (rest := below(source, one.place)) is not None:
            path = f"{path}/{rest}".lstrip("/")
        if into and path in self.tree and below(one.place, source) in (None, ""):
            where = normpath(join(place, basename(source)))
            has_own_name = one.has_own_name
        if rest is None or (path not in self.tree and path not in self.tree.folders):
            return None
        root = one.root
        if root is not None:
            inner = below(root, source)
            own = root_of(where, path, one.context, self._roots())
            root = own if inner is None else normpath(join(place, inner))
        return Copied(where, path, one.context, root, has_own_name)


def _alike(copied: list[Copied]) -> list[Copied]:
    """Return what goes to one target; it follows the repository for all of it, or for none."""
    if all(one.root is not None for one in copied):
        return copied
    return [one if one.path == one.context else replace(one, root=None) for one in copied]


def _words(rest: str) -> str:
    """Return the words of an instruction, which may be written as a JSON list."""
    if rest.startswith("["):
        try:
            return " ".join(str(word) for word in json.loads(rest))
        except (ValueError, RecursionError):
            return rest.strip("[]").replace(",", " ")
    return rest
