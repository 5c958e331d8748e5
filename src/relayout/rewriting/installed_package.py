"""Images and services that need the package: their files come to install it, without PYTHONPATH.

An image that is built here gets the lines that install the package. A service on an image that is
not built here, with code of the repository mounted, is built from that image and the package, as
Airflow's documentation has it
(https://airflow.apache.org/docs/docker-stack/build.html#extending-the-image).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from posixpath import join

from yaml.nodes import Node

from relayout.inventory import Inventory
from relayout.inventory.configured_paths.compose import build_of, is_compose, services_of
from relayout.inventory.configured_paths.containers import is_dockerfile
from relayout.inventory.configured_paths.images import read_image
from relayout.inventory.configured_paths.yaml_files import (
    entries,
    environment,
    text_of,
    value_of,
)
from relayout.inventory.references import decoded
from relayout.inventory.references.containers.compose_services import Service, services_in
from relayout.inventory.references.containers.dockerfile import context_of
from relayout.inventory.references.spans.yaml_spans import documents_of
from relayout.inventory.search_paths import is_quarantined
from relayout.planning.homes import Home, home_of
from relayout.planning.plan import Finding
from relayout.rewriting.configured_paths import Line, lines_without_need
from relayout.rewriting.copied_parts import copied_parts
from relayout.rewriting.destination import Destination
from relayout.rewriting.image_installation import KIND, Installation, installation, package_lines
from relayout.rewriting.image_installs import ImageInstalls
from relayout.rewriting.left_out import IGNORE, taken_in
from relayout.rewriting.package_in_images import PackageNeeds, package_needs
from relayout.rewriting.removed_settings import out_of_dockerfile, out_of_environment
from relayout.rewriting.service_images import NewImage, ServiceImages
from relayout.source import Edit
from relayout.tree import is_within

CODE = "package-not-installed"
_NEEDS = re.compile(rb"requires-python\s*=\s*[\"'][^\"']*>=\s*(\d+)\.(\d+)")
_LAYOUTS = (3, 11)
"""The Python that the layout's project needs, where the repository does not say another one."""


@dataclass(frozen=True, slots=True)
class Installed:
    """What has containers install the package.

    ``edits`` are those of files by their path before. ``places`` is the folder of the package in
    the container of a service, by compose file and name. ``images`` are Dockerfiles to be made.
    ``handled`` are the lines that set ``PYTHONPATH`` and are gone, or that a finding tells of.
    ``reasons`` says why a Dockerfile is left as it is, ``kept`` are the services that go on finding
    the package by ``PYTHONPATH``. ``is_asked`` is false where a layout asks for nothing of it.
    """

    edits: Mapping[str, tuple[Edit, ...]] = field(default_factory=dict)
    places: Mapping[tuple[str, str], str] = field(default_factory=dict)
    images: Mapping[str, bytes] = field(default_factory=dict)
    handled: frozenset[Line] = frozenset()
    reasons: Mapping[str, str] = field(default_factory=dict)
    kept: tuple[Finding, ...] = ()
    is_asked: bool = True


def installed_package(inventory: Inventory, destination: Destination) -> Installed:
    """Return what has the containers of a repository install its one package."""
    homes = destination.homes
    if not destination.moves or len(homes) != 1 or homes[0].project or not homes[0].inside:
        return Installed()
    return _Installing(inventory, destination, homes[0]).result()


class _Installing:
    def __init__(self, inventory: Inventory, destination: Destination, home: Home) -> None:
        self._inventory = inventory
        self._tree = inventory.tree
        self._destination = destination
        self._home = home
        self._needs: PackageNeeds = package_needs(inventory, destination)
        self._unneeded = lines_without_need(inventory, destination)
        self._python = _python_needed(inventory)
        self._edits: dict[str, list[Edit]] = {}
        self._roots: dict[str, str] = {}
        self._reasons: dict[str, str] = {}
        self._places: dict[tuple[str, str], str] = {}
        self._made: dict[str, bytes] = {}
        self._handled: set[Line] = set()
        self._kept: list[Finding] = []
        self._searching = frozenset(self._searched())

    def result(self) -> Installed:
        """Return what becomes of all files."""
        for path in self._files():
            if is_dockerfile(path):
                self._image(path)
        images = ServiceImages(self._home, self._destination, self._python)
        for path in self._files():
            if is_compose(path):
                self._compose(path, images)
        is_made = any(e.kind == KIND for several in self._edits.values() for e in several)
        taken = taken_in(self._tree, ("README.md", "LICENSE")) if is_made else None
        if taken is not None:
            self._edits.setdefault(IGNORE, []).append(taken)
        edits = {path: tuple(several) for path, several in self._edits.items() if several}
        return Installed(
            edits,
            self._places,
            self._made,
            frozenset(self._handled),
            self._reasons,
            tuple(self._kept),
        )

    def _has_code(self, text: str, context: str) -> bool:
        """Tell whether an image has, by name, modules of the package that import others of it."""
        copied = {one.path for one in read_image(text, context, self._tree)[-1].copied} - {""}
        for path in self._inventory.python:
            if any(is_within(path, one) for one in copied) and self._is_ours(path):
                for _, found in self._inventory.resolutions(path):
                    if any(self._is_ours(file) for file in found.files):
                        return True
        return False

    def _is_ours(self, path: str) -> bool:
        place = self._destination.of_file(path)
        return place != path and home_of(place, [self._home]) is not None

    def _searched(self) -> Iterator[str]:
        """Yield the Dockerfiles of services that find modules of the package by ``PYTHONPATH``."""
        for path in self._files():
            for _, node in services_of(path, self._tree) if is_compose(path) else ():
                build = build_of(node, path, self._tree)
                if build is not None and self._unneeded.get((path, _line_of_path(node))):
                    yield build.dockerfile or ""

    def _files(self) -> Iterator[str]:
        for path in sorted(self._tree):
            if (is_dockerfile(path) or is_compose(path)) and self._tree.is_regular(path):
                place = self._destination.of_file(path)
                if path not in self._inventory.foreign and not is_quarantined(place):
                    yield path

    def _image(self, path: str) -> None:
        """Have one image install the package, if it needs it and does not do so yet."""
        text, _ = decoded(self._tree.read(path))
        context = context_of(text, path, self._tree)
        parts = copied_parts(text, context, self._tree, self._destination)
        self._edits.setdefault(path, []).extend(parts)
        image = ImageInstalls(text, context, self._tree, [self._home])
        lines = [line for (file, line), serves in self._unneeded.items() if serves and file == path]
        if not image.is_project_installed:
            is_wanted = path in self._needs.images or lines or path in self._searching
            if not is_wanted and not self._has_code(text, context):
                return
            made = installation(text, context, self._tree, self._home, self._python)
            if not isinstance(made, Installation):
                self._reasons[path] = made
                self._handled.update((path, line) for line in lines)
                return
            self._edits.setdefault(path, []).append(made.edit)
            self._roots[path] = made.root
        else:
            self._roots.setdefault(path, "")
        for line, edit in out_of_dockerfile(text, {*lines}).items():
            self._edits.setdefault(path, []).append(edit)
            self._handled.add((path, line))

    def _compose(self, path: str, images: ServiceImages) -> None:
        """Have the services of one file find the package, and nothing else say where it is."""
        text, _ = decoded(self._tree.read(path))
        edits: dict[Edit, None] = {}
        has: dict[str, bool] = {}
        nodes = dict(services_of(path, self._tree))
        for document in documents_of(text):
            for service in services_in(document, path, self._tree):
                root = self._root_of(service, path, text, images, edits)
                has[service.name] = root is not None
                if root:
                    place = join(root, self._home.inside, self._home.package)
                    self._places[path, service.name] = place
        for name, node in nodes.items():
            image = entries(node).get("image", (None, None))[1]
            if image is not None and any(e.start == _start(image) for e in edits):
                has[name] = True  # it shares what is said of the image
        by_line: dict[int, list[str]] = {}
        for name, node in nodes.items():
            by_line.setdefault(_line_of_path(node), []).append(name)
        for (file, line), serves in self._unneeded.items():
            said = by_line.get(line, [])
            if file != path or not serves or not said:
                continue
            if all(has.get(name) for name in said):
                key, value = entries(nodes[said[0]])["environment"]
                for edit in out_of_environment(text, key, value):
                    edits[edit] = None
                    self._handled.add((path, line))
            else:
                self._keep(path, line, next(name for name in said if not has.get(name)), nodes)
        self._edits.setdefault(path, []).extend(edits)

    def _keep(self, path: str, line: int, name: str, nodes: Mapping[str, Node]) -> None:
        """Tell what to write for a service that goes on finding the package by ``PYTHONPATH``."""
        image = text_of(value_of(nodes[name], "image"))
        build = build_of(nodes[name], path, self._tree)
        if build is not None and build.dockerfile in self._reasons:
            self._handled.add((path, line))  # of its Dockerfile, that is said already
        elif build is None and image:
            self._handled.add((path, line))
            lines = package_lines(self._home, f"/opt/{self._home.package}", "pip install", True)
            message = (
                f"service {name} finds {self._home.package} by PYTHONPATH: its image has it not"
            )
            advice = f"Build it FROM {image}, with: {'; '.join(lines[1:])}. Then remove PYTHONPATH."
            place = self._destination.of_file(path)
            self._kept.append(Finding(CODE, place, line, message, advice))

    def _root_of(
        self,
        service: Service,
        path: str,
        text: str,
        images: ServiceImages,
        edits: dict[Edit, None],
    ) -> str | None:
        """Return where a service's image has the project, empty if unknown; None without it."""
        if service.build is not None:
            return self._roots.get(service.build.dockerfile or "")
        if (path, service.name) not in self._needs.services:
            return None
        made: NewImage | None = images.of(service, path, text)
        if made is None:
            return None
        edits[made.edit] = None
        self._made[made.path] = made.content
        return made.root


def _line_of_path(service: Node) -> int:
    """Return the line of a service's ``PYTHONPATH``, 0 for none."""
    return environment(value_of(service, "environment")).get("PYTHONPATH", (0, ""))[0]


def _start(node: Node) -> int:
    return int(node.start_mark.index)


def _python_needed(inventory: Inventory) -> tuple[int, int]:
    tree = inventory.tree
    if "pyproject.toml" in tree and tree.is_regular("pyproject.toml"):
        match = _NEEDS.search(tree.read("pyproject.toml"))
        if match:
            return int(match[1]), int(match[2])
    return _LAYOUTS
