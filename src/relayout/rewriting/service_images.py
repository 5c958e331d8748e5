"""Services on images that are not built here: a Dockerfile that adds the package to the image."""

from __future__ import annotations

import re
from dataclasses import dataclass
from posixpath import dirname, relpath

from relayout.inventory.configured_paths.yaml_files import entries
from relayout.inventory.references.containers.compose_services import Service
from relayout.inventory.references.spans.yaml_spans import scalar_of
from relayout.planning.homes import Home
from relayout.rewriting.destination import Destination
from relayout.rewriting.image_bases import Base, named_base, python_of
from relayout.rewriting.image_installation import KIND, package_lines
from relayout.rewriting.left_out import left_out
from relayout.source import Edit, newline_of

FOLDER = "infrastructure/docker"
_REST = re.compile(r"[ \t]*(?:#[^\r\n]*)?(?=[\r\n]|\Z)")
_INDENT = re.compile(r"^( +)\S", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class NewImage:
    """A Dockerfile to be made, the edit that has a service built with it, and what it has where."""

    path: str
    content: bytes
    edit: Edit
    root: str


class ServiceImages:
    """Makes the images of services that were on images which are not built here."""

    def __init__(self, home: Home, destination: Destination, needed: tuple[int, int]) -> None:
        self._home = home
        self._destination = destination
        self._needed = needed
        self._paths: dict[str, str] = {}

    def of(self, service: Service, path: str, text: str) -> NewImage | None:
        """Return the image of one service of the compose file at ``path``, if it is sure to work.

        What installs packages in an image, and as which user, is known of few of them.
        """
        key, node = entries(service.node).get("image", (None, None))
        scalar = scalar_of(node, text)
        if key is None or scalar is None or scalar.places:
            return None
        base = named_base(scalar.value)
        python = python_of(base)
        if base is None or not base.has_pip or python is None or python < self._needed:
            return None
        wanted = ("pyproject.toml", self._home.inside)
        if left_out(self._destination.before, wanted):
            return None
        width = len(scalar.quote)
        start, end = scalar.start - width, scalar.end + width
        rest = _REST.match(text, end)
        line = text.rfind("\n", 0, key.start_mark.index) + 1
        if rest is None or text[line : key.start_mark.index].strip() or scalar.quote in ("|", ">"):
            return None
        name = base.name.rpartition("/")[2]
        place = self._place(name, scalar.value)
        edit = Edit(start, rest.end(), self._built(key.start_mark.column, text, path, name, place,
                    text[start:end], rest[0]), KIND)  # fmt: skip
        root = f"/opt/{self._home.package}"
        return NewImage(place, self._dockerfile(place, base, root), edit, root)

    def _place(self, name: str, image: str) -> str:
        """Return where the Dockerfile for an image stands; another one has a place of its own."""
        if image not in self._paths:
            number, folder = 1, name
            taken = {*self._paths.values(), *self._destination.tree}
            while f"{FOLDER}/{folder}/Dockerfile" in taken:
                number += 1
                folder = f"{name}-{number}"
            self._paths[image] = f"{FOLDER}/{folder}/Dockerfile"
        return self._paths[image]

    def _built(
        self, column: int, text: str, path: str, name: str, place: str, image: str, rest: str
    ) -> str:
        """Return what stands behind ``image:`` afterwards: another name, and how it is built."""
        step = _INDENT.search(text)
        inner = " " * (len(step[1]) if step else 2)
        newline = newline_of(text) + " " * column
        folder = dirname(self._destination.of_file(path))
        own = f"{self._home.package.replace('_', '-')}-{dirname(place).rpartition('/')[2]}"
        context = relpath(".", folder or ".")
        lines = [
            f"{own}{rest}",
            "build:",
            f"{inner}context: {context}",
            f"{inner}dockerfile: {place}",
            f"{inner}args:",
            f"{inner}{inner}BASE_IMAGE: {image}",
        ]
        return newline.join(lines)

    def _dockerfile(self, place: str, base: Base, root: str) -> bytes:
        tag = f":{base.tag}" if base.tag else ""
        lines = [
            f"# {base.name} with this repository's package, which is no part of that image.",
            f"# It is built from the root: docker build --file {place} .",
            f"ARG BASE_IMAGE={base.name}{tag}",
            "FROM ${BASE_IMAGE}",
            "",
            *package_lines(self._home, root, "pip install", copies=True),
        ]
        return ("\n".join(lines) + "\n").encode()
