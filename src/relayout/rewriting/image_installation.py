"""What has a Dockerfile install the package: the lines, where they stand, and for which user.

They come behind what the image copies and installs already, with the same installer and as the
same user. Nothing but the package is installed (``--no-deps``), and in place (``--editable``), so
that a folder which is mounted over it counts
(https://pip.pypa.io/en/stable/cli/pip_install/#cmdoption-e).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from posixpath import basename

from relayout.inventory.configured_paths.dockerfile_text import (
    DockerfileText,
    Instruction,
    parse_dockerfile,
)
from relayout.inventory.configured_paths.images import Image, Step, read_image
from relayout.inventory.references.commandline.words import commands_in
from relayout.planning.homes import Home
from relayout.rewriting.image_bases import Base, base_of, python_of
from relayout.rewriting.left_out import left_out
from relayout.source import Edit, newline_of
from relayout.tree import Tree

KIND = "installed-package"
_PIP = re.compile(r"pip[\d.]*$")
_COMMENT = "# Code finds the package because it is installed."


@dataclass(frozen=True, slots=True)
class Installation:
    """The edit of a Dockerfile, and the folder of the image that the project is in then."""

    edit: Edit
    root: str


def package_lines(home: Home, root: str, installer: str, copies: bool) -> list[str]:
    """Return the instructions that install the package from a folder of the image."""
    source = home.inside
    copied = [f"COPY pyproject.toml README* LICENSE* {root}/", f"COPY {source} {root}/{source}"]
    install = f"RUN {installer} --no-cache-dir --no-deps --editable {root}"
    if installer.startswith("uv "):
        install = install.replace("--no-cache-dir", "--no-cache")
    return [_COMMENT, *(copied if copies else []), install]


def installation(
    text: str, context: str, tree: Tree, home: Home, needed: tuple[int, int]
) -> Installation | str:
    """Return what has an image install the package, or why that is not sure to work.

    ``needed`` is the Python that the package needs. The reason ends a sentence.
    """
    if context:
        return f"it is built from {context}, and the package is not in there"
    missing = left_out(tree, ("pyproject.toml", home.inside))
    if missing:
        return f".dockerignore leaves out {missing}"
    reader = _Reader(text, context, tree)
    python = python_of(reader.base)
    if python is None:
        return f"it is not known whether its Python is {needed[0]}.{needed[1]} or later"
    if python < needed:
        said = [f"{major}.{minor}" for major, minor in (python, needed)]
        return f"its Python is {said[0]}, and the package needs {said[1]}"
    if not reader.steps:
        return "it has no instructions"
    return reader.installation(home)


class _Reader:
    def __init__(self, text: str, context: str, tree: Tree) -> None:
        self.text = text
        self.parsed: DockerfileText = parse_dockerfile(text)
        self.image: Image = read_image(text, context, tree)[-1]
        self.steps: Sequence[Step] = self.image.steps
        self.base: Base | None = base_of(text)

    def installation(self, home: Home) -> Installation | str:
        """Return the installation in the last stage, or why there is none."""
        installing = [(step, words) for step in self.steps if (words := self._installer(step))]
        copying = [step for step in self.steps if step.instruction.name in ("COPY", "ADD")]
        if installing:
            installer, user = installing[-1][1], self._user(installing[-1][0])
        elif self.base is not None and self.base.has_pip:
            installer, user = "pip install", self.base.user
        else:
            return "nothing in it installs with pip, so that it may have none"
        behind = [*copying, *(step for step, _ in installing)] or list(self.steps)
        last = max(behind, key=lambda step: step.instruction.start)
        here = self._user(last)
        whole = [one for one in self.image.copied if not one.path and not one.context]
        root = whole[-1].place if whole else self._root(home)
        lines = package_lines(home, root, installer, copies=not whole)
        if user != here:
            if user is None or here is None:
                user, here = user or self._first_user(), here or self._first_user()
            if user is None or here is None:
                return "it cannot be told which user may install there"
            if user != here:
                lines = [*lines[:-1], f"USER {user}", lines[-1], f"USER {here}"]
        newline = newline_of(self.text)
        position = self._line_end(last.instruction)
        written = newline + newline + newline.join(lines)
        return Installation(Edit(position, position, written, KIND), root)

    def _first_user(self) -> str | None:
        return self.base.user if self.base is not None else None

    def _root(self, home: Home) -> str:
        """Return where the image has the context, if what it copies stands there as it does."""
        roots = {one.root for one in self.image.copied if not one.context}
        root = roots.pop() if len(roots) == 1 else None
        return root if root and root != "/" else f"/opt/{home.package}"

    def _user(self, step: Step) -> str | None:
        """Return the user who runs a step, None for that of the base image."""
        user = None
        for one in self.steps:
            if one is step:
                break
            if one.instruction.name == "USER":
                user = self.parsed.arguments(one.instruction).strip() or None
        return user

    def _installer(self, step: Step) -> str:
        """Return the command with which a step installs packages, up to ``install``; or empty."""
        found = ""
        for words in self._commands(step.instruction):
            names = [basename(word) for word in words]
            if "install" not in names:
                continue
            stop = names.index("install")
            if stop and _PIP.match(names[stop - 1]):
                first = next(
                    (i for i, n in enumerate(names) if re.match(r"(?:uv|python[\d.]*)$", n)),
                    stop - 1,
                )
                found = " ".join(words[min(first, stop - 1) : stop + 1])
                found += " --system" if names[first] == "uv" and "--system" in words else ""
        return found if "$" not in found else ""

    def _commands(self, instruction: Instruction) -> Iterator[list[str]]:
        if instruction.name != "RUN":
            return
        start, end = self.parsed.after_flags(instruction), instruction.end
        listed = self.parsed.exec_form(start, end)
        if listed is not None:
            yield [word.text for word in listed]
            return
        for begin, stop in ((start, end), *instruction.bodies):
            for command in commands_in(self.parsed.flat, begin, stop):
                yield [word.text for word in command.words]

    def _line_end(self, instruction: Instruction) -> int:
        """Return the end of the last line of an instruction, with its here-documents."""
        start = max([instruction.end, *(stop for _, stop in instruction.bodies)])
        end = self.text.find("\n", start)
        end = len(self.text) if end < 0 else end
        return end - 1 if self.text[end - 1 : end] == "\r" else end
