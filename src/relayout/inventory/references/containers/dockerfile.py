"""Dockerfiles: what they copy from the context, where to, and what they run there.

Sources count from the context and cannot lead out of it; all else is a path of the image
(https://docs.docker.com/reference/dockerfile/).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property, lru_cache
from posixpath import join

from relayout.inventory.configured_paths.compose import builds_of, is_compose
from relayout.inventory.configured_paths.containers import guess_context, is_dockerfile
from relayout.inventory.configured_paths.dockerfile_text import (
    DockerfileText,
    Instruction,
    Piece,
    parse_dockerfile,
)
from relayout.inventory.configured_paths.images import (
    Copied,
    Image,
    Step,
    below,
    matching,
    read_image,
)
from relayout.inventory.references.commandline.commands import references_in
from relayout.inventory.references.commandline.surroundings import Surroundings, word_paths
from relayout.inventory.references.commandline.words import Dialect, Word, commands_in
from relayout.inventory.references.containers.container import Container
from relayout.inventory.references.containers.listed_commands import listed_command, variable_paths
from relayout.inventory.references.reference import (
    Base,
    Form,
    Group,
    Reference,
    is_there,
    named_from,
)
from relayout.source import newline_of
from relayout.tree import Tree

KIND = "dockerfile"

_MAGIC = re.compile(r"[*?\[]")
_PAIR = re.compile(
    r"""(?P<name>\w+)=(?:"(?P<double>(?:\\.|[^"\\])*)"|'(?P<single>[^']*)'|(?P<bare>(?:\\.|[^\s"'\\])*))"""
)
_OLD_PAIR = re.compile(r"\s*(?P<name>\w+)\s+(?P<bare>.*\S)")
_VARIABLE = re.compile(r"\$\{?(?P<name>\w+)[^{}$/]*\}?/?")
_NO_WAY_OUT = re.compile(r"(?:(?:\.?/)*(?:\.\./)+)?")
"""What leads out of the context has no effect in a source."""
_MOUNT_SOURCE = re.compile(r"(?:^|,)(?:source|src)=(?P<path>[^,\s]+)")
_MOUNT_FROM = re.compile(r"(?:^|,)from=|(?:^|,)type=(?!bind)")
_SHELL_INTERPRETER = re.compile(r"\s*(?:<<-?\S+\s*|(?:/\S*/)?(?:ba|z|da|a)?sh\s+)+$")
__all__ = ["context_of", "is_dockerfile", "read_dockerfile"]


def read_dockerfile(text: str, path: str, tree: Tree) -> list[Reference]:
    """Return what a Dockerfile names.

    A compose file says what it is built with; where several do, the reading in which it names
    most is taken.
    """
    return _best_reading(text, path, tree)[1]


def context_of(text: str, path: str, tree: Tree) -> str:
    """Return the folder that a Dockerfile is built with, as :func:`read_dockerfile` takes it."""
    return _best_reading(text, path, tree)[0]


def _best_reading(text: str, path: str, tree: Tree) -> tuple[str, list[Reference]]:
    parsed = parse_dockerfile(text)
    contexts = contexts_of(path, tree) or [guess_context(path, text, tree)]
    readings = [(c, list(_Reader(text, path, tree, c, parsed).read())) for c in contexts]
    return max(readings, key=lambda reading: len(reading[1]))


def contexts_of(path: str, tree: Tree) -> list[str]:
    """Return the folders that compose files say a Dockerfile is built with."""
    return sorted(_contexts(tree).get(path, ()))


@lru_cache(maxsize=2)
def _contexts(tree: Tree) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for path in sorted(tree):
        if is_compose(path) and tree.is_regular(path):
            for build in builds_of(path, tree):
                if build.dockerfile is not None:
                    found.setdefault(build.dockerfile, set()).add(build.context)
    return found


class _Reader:
    def __init__(
        self, text: str, path: str, tree: Tree, context: str, parsed: DockerfileText
    ) -> None:
        self.text = text
        self.path = path
        self.tree = tree
        self.context = Base(context)
        self.parsed = parsed
        self.images = read_image(text, context, tree)
        self.dialect = Dialect.POSIX if parsed.escape == "\\" else Dialect.POWERSHELL

    def read(self) -> Iterator[Reference]:
        """Yield what the stages name."""
        for image in self.images:
            container = Container.of(self.tree, image.copied)
            for step in image.steps:
                scene = container.scene(self.path, step.here, dict(step.variables))
                around = container.surroundings(self.path, KIND, scene)
                for found in self._of_step(step, image, around):
                    if found.text and self.text[found.start : found.end] == found.text:
                        yield found

    def _of_step(self, step: Step, image: Image, around: Surroundings) -> Iterator[Reference]:
        name = step.instruction.name
        if name in ("COPY", "ADD"):
            yield from self._copy(step, around)
        elif name in ("WORKDIR", "VOLUME"):
            for piece in self.parsed.words(step.instruction):
                yield from word_paths(_word(piece), around, plain=True)
        elif name in ("ENV", "ARG"):
            yield from self._variables(step.instruction, around)
        elif name == "RUN":
            yield from self._mounts(step.instruction)
            yield from self._commands(step.instruction, around)
        elif name in ("CMD", "ENTRYPOINT", "HEALTHCHECK"):
            before = image.entrypoint if name == "CMD" else ()
            yield from self._commands(step.instruction, around, before)

    def _copy(self, step: Step, around: Surroundings) -> Iterator[Reference]:
        *sources, target = self.parsed.words(step.instruction) or [Piece(0, 0, "")]
        flags = dict(self.parsed.flags(step.instruction))
        if "from" in flags:
            for source in sources:
                yield from self._of_stage(source, flags["from"].text)
        gap = self._gap(sources, target)
        named = [
            found
            for source in sources
            if "from" not in flags and not source.text.startswith("<<")
            for found in self._source(source, gap, step, around)
        ]
        follows = step.copied and all(one.root is not None for one in step.copied)
        targets: list[Reference] = []
        if follows and "parents" not in flags:
            targets = list(self._target(target, step.copied, around))
        group = None
        if len(named) == len(sources) > 0 and len(targets) == 1:
            group = self._group(step.instruction, named, targets[0])
        for found in (*named, *targets):
            yield replace(found, group=group)

    def _group(
        self, instruction: Instruction, named: list[Reference], target: Reference
    ) -> Group | None:
        """Return what a ``COPY`` copies and where to, if it can become several instructions.

        It cannot with a comment in it, whose place would be lost.
        """
        span = slice(named[0].start, target.end)
        if self.text[span].count("#") != self.parsed.flat[span].count("#"):
            return None
        begins = self.text.rfind("\n", 0, instruction.start) + 1
        head = " ".join(self.parsed.flat[begins : named[0].start].split())
        newline = newline_of(self.text)
        if head.endswith('"'):
            return Group(
                named[0].start, target.end, tuple(named), target, '", "', '", "',
                f'"]{newline}{head}',
            )  # fmt: skip
        return Group(
            named[0].start, target.end, tuple(named), target, " ", " ", f"{newline}{head} "
        )

    def _gap(self, sources: list[Piece], target: Piece) -> str | None:
        """Return what stands between two sources; None where there can be one only."""
        if not target.text.endswith(("/", ".")) or not sources:
            return None
        return '", "' if target.quote else " "

    def _source(
        self, piece: Piece, gap: str | None, step: Step, around: Surroundings
    ) -> Iterator[Reference]:
        """Yield what a source names: a path from the context, or one behind a variable."""
        text = piece.text
        if "://" in text or text.startswith(("git@", "~")):
            return
        base, prefix = self.context, _NO_WAY_OUT.match(text).group()  # type: ignore[union-attr]
        variable = _VARIABLE.match(text)
        if variable:
            told = around.scene.told(variable.group())
            folder = named_from(self.context.folder, told) if told else None
            if folder is None or not is_there(folder, self.tree):
                return
            base, prefix = Base(folder), variable.group()
        rest = text[len(prefix) :]
        if "$" in rest or not rest:
            return
        whole = Reference(
            piece.start, piece.end, text, "", KIND, base, prefix, between=gap, climbs=False
        )
        if _MAGIC.search(rest):
            head = rest[: rest.rfind("/", 0, _MAGIC.search(rest).start()) + 1]  # type: ignore[union-attr]
            named = named_from(base.folder, head)
            pattern = "/".join(part for part in (named, rest[len(head) :]) if part)
            if named is not None and matching(pattern, self.tree):
                yield replace(whole, path=named, form=Form.PATTERN)
            return
        named = named_from(base.folder, rest)
        if named is None or not is_there(named, self.tree):
            return
        if named in self.tree.folders:
            holds = bool(step.copied) and all(one.root is not None for one in step.copied)
            whole = replace(whole, between=None, holds=holds)
        yield replace(whole, path=named)

    def _of_stage(self, piece: Piece, stage: str) -> Iterator[Reference]:
        """Yield what a source names in another stage."""
        for number, image in enumerate(self.images):
            if stage.lower() in (image.name, str(number)):
                container = Container.of(self.tree, image.copied)
                scene = container.scene(self.path, "/", {})
                around = container.surroundings(self.path, KIND, scene)
                for found in container.paths(_word(piece), around, plain=True):
                    yield replace(found, holds=found.path in self.tree.folders)
                return

    def _target(
        self, piece: Piece, copied: tuple[Copied, ...], around: Surroundings
    ) -> Iterator[Reference]:
        """Yield where things are copied to, if they stand there as in the repository."""
        absolute = around.scene.absolute(piece.text)
        if absolute is None:
            return
        if all(one.path in self.tree and one.place != absolute for one in copied):
            first, *others = (one.path for one in copied)
            root = below(absolute, copied[0].root or "/")
            text = piece.text
            if root is None or not text.rstrip("/.").endswith(root):
                return
            base = Base(copied[0].context)
            here = below(around.scene.here or "/", copied[0].root or "/")
            prefix = text.rstrip("/")[: len(text.rstrip("/")) - len(root)] if root else text
            if text[:1] not in "/$" and here is not None:
                base, prefix = Base(join(base.folder, here).rstrip("/")), ""
            elif text.endswith("/") and not root:
                prefix = text
            yield Reference(
                piece.start,
                piece.end,
                text,
                first,
                KIND,
                base,
                prefix,
                form=Form.FOLDER,
                climbs=False,
                others=tuple(others),
            )
            return
        for found in word_paths(_word(piece), around, plain=True):
            yield replace(found, holds=found.path in self.tree.folders)

    def _variables(self, instruction: Instruction, around: Surroundings) -> Iterator[Reference]:
        """Yield the paths that variables are set to; in a list, each absolute one."""
        arguments = self.parsed.arguments(instruction)
        pairs = list(_PAIR.finditer(self.parsed.flat, instruction.start, instruction.end))
        if instruction.name == "ENV" and not re.match(r"\s*\w+=", arguments):
            old = _OLD_PAIR.match(self.parsed.flat, instruction.start, instruction.end)
            pairs = [old] if old else []
        for pair in pairs:
            group = pair.lastgroup or "bare"
            word = Word(pair.start(group), pair.end(group), pair[group])
            if instruction.name == "ARG" and pair["name"] in self.used_in_sources:
                yield from self._argument(word)
            else:
                yield from variable_paths(pair["name"], word, around)

    def _argument(self, word: Word) -> Iterator[Reference]:
        """Yield the path from the context that a build argument holds."""
        named = named_from(self.context.folder, word.text)
        if named and is_there(named, self.tree):
            yield Reference(
                word.start, word.end, word.text, named, KIND, self.context, climbs=False
            )

    @cached_property
    def used_in_sources(self) -> set[str]:
        """The variables with which sources of the context begin."""
        words = (
            self.parsed.words(instruction)[:-1]
            for instruction in self.parsed.instructions
            if instruction.name in ("COPY", "ADD")
        )
        matches = (_VARIABLE.match(word.text) for several in words for word in several)
        return {match["name"] for match in matches if match}

    def _mounts(self, instruction: Instruction) -> Iterator[Reference]:
        """Yield what ``RUN`` mounts from the context."""
        for name, value in self.parsed.flags(instruction):
            source = _MOUNT_SOURCE.search(value.text)
            if name != "mount" or source is None or _MOUNT_FROM.search(value.text):
                continue
            start = value.start + source.start("path")
            named = named_from(self.context.folder, source["path"])
            if named and is_there(named, self.tree):
                end = start + len(source["path"])
                yield Reference(start, end, source["path"], named, KIND, self.context, climbs=False)

    def _commands(
        self, instruction: Instruction, around: Surroundings, before: tuple[str, ...] = ()
    ) -> Iterator[Reference]:
        """Yield what is run; ``before`` are the words of the entry point, if they are a list."""
        start, end = self.parsed.after_flags(instruction), instruction.end
        if instruction.name == "HEALTHCHECK":
            match = re.compile(r"CMD\s+", re.IGNORECASE).match(self.parsed.flat, start, end)
            if match is None:
                return
            start = match.end()
        pieces = self.parsed.exec_form(start, end)
        if pieces is not None:
            yield from listed_command([_word(piece) for piece in pieces], around, before)
            return
        yield from references_in(commands_in(self.parsed.flat, start, end, self.dialect), around)
        if instruction.bodies and _SHELL_INTERPRETER.match(self.parsed.flat[start:end] + " "):
            for begin, stop in instruction.bodies:
                yield from references_in(commands_in(self.text, begin, stop), around)


def _word(piece: Piece) -> Word:
    return Word(piece.start, piece.end, piece.text, piece.quote)
