"""What an image has of the project, and whether its Dockerfile installs it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from posixpath import normpath

from relayout.inventory.configured_paths.dockerfile_text import Instruction, parse_dockerfile
from relayout.inventory.configured_paths.images import Copied, Image, Step, read_image
from relayout.inventory.configured_paths.installs import install_line, installs_project
from relayout.inventory.configured_paths.values import Scene
from relayout.inventory.references.commandline.words import commands_in
from relayout.inventory.references.containers.container import Container
from relayout.planning.homes import Home
from relayout.source import line_at
from relayout.tree import Tree


@dataclass(frozen=True, slots=True)
class Whole:
    """Where the whole project comes into an image: the last line that says so, and its path."""

    line: int
    place: str


class ImageInstalls:
    """Reads a Dockerfile that is built with a context, as far as the project is concerned."""

    def __init__(self, text: str, context: str, tree: Tree, homes: Sequence[Home]) -> None:
        self._projects = {home.project for home in homes}
        self._main = homes[0]
        self._text = text
        self.context = context
        self._tree = tree
        self._parsed = parse_dockerfile(text)
        self._images = read_image(text, context, tree)

    @cached_property
    def is_installed(self) -> bool:
        """Whether a stage installs the project, or has the package's folder on its path."""
        for image in self._images:
            container = Container.of(self._tree, image.copied)
            for _, value, here in image.settings:
                scene = container.scene("Dockerfile", here, image.variables)
                if leads_to_source(value, scene, container.copied, self._main.inside):
                    return True
        return self.is_project_installed

    @cached_property
    def is_project_installed(self) -> bool:
        """Whether a stage installs the project, whatever its path is."""
        return any(
            self._installs(step, Container.of(self._tree, image.copied))
            for image in self._images
            for step in image.steps
        )

    @cached_property
    def whole(self) -> Whole | None:
        """Where the whole project is copied; None if the image has only parts of it."""
        if not any(not one.path for one in self._images[-1].copied):
            return None
        steps = [step for image in self._images for step in image.steps]
        for step in reversed(steps):
            for one in step.copied:
                if not one.path:
                    end = step.instruction.end
                    place = "." if one.place == step.here else one.place
                    return Whole(line_at(self._text, end), place)
        return None

    @property
    def last_line(self) -> int:
        """The line of the last instruction that copies something, or of the last one at all."""
        steps = [step.instruction for image in self._images for step in image.steps]
        copying = [one for one in steps if one.name in ("COPY", "ADD")]
        return next((one.line for one in reversed(copying or steps)), 0)

    def advice(self, context: str) -> str:
        """Return which lines to add; ``context`` is where the image's context is now."""
        commands = [words for image in self._images for words in self._commands(image)]
        if self.whole is not None:
            return f"Add after this line: {install_line(commands, self.whole.place)}"
        code = self._main.inside or self._main.package
        copied = f"COPY pyproject.toml README.md ./; COPY {code} ./{code}"
        lines = f"{copied}; {install_line(commands, '.')}"
        if self.context:
            return f"Build it with the root as its context, not {context}, and add: {lines}"
        return f"Add before it: {lines}"

    def _commands(self, image: Image) -> Iterator[list[str]]:
        for step in image.steps:
            yield from self._words(step.instruction)

    def _words(self, instruction: Instruction) -> Iterator[list[str]]:
        """Yield the words of the commands that ``RUN`` runs."""
        if instruction.name != "RUN":
            return
        start, end = self._parsed.after_flags(instruction), instruction.end
        listed = self._parsed.exec_form(start, end)
        if listed is not None:
            yield [word.text for word in listed]
            return
        for begin, stop in ((start, end), *instruction.bodies):
            for command in commands_in(self._parsed.flat, begin, stop):
                yield [word.text for word in command.words]

    def _installs(self, step: Step, container: Container) -> bool:
        scene = container.scene("Dockerfile", step.here, dict(step.variables))

        def path_of(text: str) -> str | None:
            absolute = scene.absolute(text) if "/" in text or "$" in text else None
            found = container.standing(absolute) if absolute is not None else None
            return found.path if found is not None else None

        def read(text: str) -> str:
            absolute = scene.absolute(text)
            found = container.standing(absolute) if absolute is not None else None
            if found is None or not self._tree.is_regular(found.path):
                return ""
            return self._tree.read(found.path).decode("utf-8", errors="replace")

        return any(
            installs_project(words, lambda text: path_of(text) in self._projects, read)
            for words in self._words(step.instruction)
        )


def leads_to_source(value: str, scene: Scene, copied: Collection[Copied], inside: str) -> bool:
    """Tell whether a value of ``PYTHONPATH`` has the folder that the package is found in."""
    sources = {normpath(f"{one.root}/{inside}") for one in copied if one.root and not one.context}
    sources |= {one.place for one in copied if one.path == inside}
    return any(scene.absolute(part) in sources for part in scene.expand(value).split(":") if part)
