"""Images that start modules of the package, and in which nothing installs it.

The modules import each other by the package's name. It is found there if the image installs the
project, or if its ``PYTHONPATH`` has the folder that the package is in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from posixpath import dirname, normpath

from relayout.inventory import Inventory
from relayout.inventory.bind_mounts import mounts_in
from relayout.inventory.configured_paths.compose import is_compose, services_of
from relayout.inventory.configured_paths.containers import is_dockerfile
from relayout.inventory.configured_paths.images import is_airflows
from relayout.inventory.configured_paths.yaml_files import environment, line_of, value_of
from relayout.inventory.references import decoded
from relayout.inventory.references.containers.compose import read_service
from relayout.inventory.references.containers.compose_services import Service, services_in
from relayout.inventory.references.containers.dockerfile import context_of
from relayout.inventory.references.reference import Form, Reference
from relayout.inventory.references.spans.yaml_spans import documents_of
from relayout.inventory.search_paths import is_quarantined
from relayout.planning.homes import home_of
from relayout.planning.plan import Finding, Plan
from relayout.rewriting.destination import Destination
from relayout.rewriting.image_installation import KIND as INSTALLED
from relayout.rewriting.image_installs import ImageInstalls, leads_to_source
from relayout.rewriting.spelling import Followed, Spelling
from relayout.source import apply_edits, line_after, line_at, line_changes
from relayout.tree import is_within

CODE = "package-not-installed"


@dataclass(slots=True)
class _Built:
    """What is made with a Dockerfile, and what of the package is started there."""

    installs: ImageInstalls
    started: dict[str, int] = field(default_factory=dict)
    """What is said of each start, with its line in the Dockerfile, or 0."""


@dataclass(frozen=True, slots=True)
class PackageNeeds:
    """The Dockerfiles of images that need the package and have it not, and such services.

    Each is there with what needs it; services stand by compose file and name, and are not built.
    """

    images: Mapping[str, str]
    services: Mapping[tuple[str, str], str]


def package_needs(inventory: Inventory, destination: Destination) -> PackageNeeds:
    """Return what needs the package after the moves, before anything is done about it."""
    review = _Review(inventory, destination, None)
    for _ in review.findings():
        pass
    images = {
        path: min(built.started, key=lambda said: (not built.started[said], said))
        for path, built in review.built.items()
        if built.started and not built.installs.is_installed
    }
    return PackageNeeds(images, review.services)


def about_images(
    inventory: Inventory,
    destination: Destination,
    plan: Plan,
    reasons: Mapping[str, str] | None = None,
) -> list[Finding]:
    """Return a finding for each image in which the package cannot be found.

    ``reasons`` say why a Dockerfile does not come to install it.
    """
    if not destination.moves:
        return []
    review = _Review(inventory, destination, plan)
    review.reasons = reasons or {}
    return list(dict.fromkeys(review.findings()))


class _Review:
    """Reads images and services; without a plan, before their files are edited."""

    def __init__(self, inventory: Inventory, destination: Destination, plan: Plan | None) -> None:
        self.inventory = inventory
        self.edits = {edit.path: edit.edits for edit in plan.edits} if plan is not None else {}
        self.is_planned = plan is not None
        self.services: dict[tuple[str, str], str] = {}
        self.reasons: Mapping[str, str] = {}
        self.tree = inventory.tree
        self.destination = destination
        self.spelling = Spelling(destination)
        self.built: dict[str, _Built] = {}

    def findings(self) -> Iterator[Finding]:
        """Yield the findings; services may start modules in images of Dockerfiles."""
        for path in self._files(is_dockerfile):
            text, _ = decoded(self.tree.read(path))
            context = context_of(text, path, self.tree)
            built = _Built(ImageInstalls(text, context, self.tree, self.destination.homes))
            for reference in self.inventory.references.get(path, ()):
                if start := self._start(reference, path):
                    line = line_at(text, reference.start)
                    built.started.setdefault(start, line)
            self.built[path] = built
        told: set[str] = set()
        for path in self._files(is_compose):
            text, _ = decoded(self.tree.read(path))
            for document in documents_of(text):
                for service in services_in(document, path, self.tree):
                    yield from self._service(service, text, path, told)
        for path, built in self.built.items():
            is_made = self._has_edit(path, INSTALLED)
            if path in self.reasons and not built.started:
                built.started["has modules that import others of the package"] = 1
            if built.started and not built.installs.is_installed and not is_made:
                yield self._about_image(path, built)

    def _line(self, path: str, line: int) -> int:
        """Return where a line of a file is after its edits."""
        text, _ = decoded(self.tree.read(path))
        edits = self.edits.get(self.destination.of_file(path), ())
        return line_after(line, line_changes(text, edits))

    def _files(self, is_for: Callable[[str], bool]) -> list[str]:
        return [
            path
            for path in sorted(self.tree)
            if is_for(path)
            and self.tree.is_regular(path)
            and path not in self.inventory.foreign
            and not is_quarantined(self.destination.of_file(path))
        ]

    def _start(self, reference: Reference, file: str) -> str:
        """Return how a module that is now in the package is started; empty if it is none."""
        if not self.spelling.starts_in_package(reference, file):
            return self._submitted(reference)
        dotted = self.spelling.dotted(self.destination.of_file(reference.path))
        return f"starts python -m {dotted}" if dotted else ""

    def _submitted(self, reference: Reference) -> str:
        """Return how Spark runs a module of the package that imports others by their names."""
        place = self.destination.of_file(reference.path)
        is_submitted = reference.runs and reference.form is Form.PATH and place != reference.path
        if not is_submitted or home_of(place, self.destination.homes) is None:
            return ""
        return f"runs {place}" if self._imports(reference.path) else ""

    def _service(self, service: Service, text: str, path: str, told: set[str]) -> Iterator[Finding]:
        """Note what a service starts in an image that is built here; report it of another."""
        references = read_service(service, text, path, self.tree)
        references = [r for r in references if self._is_edited(r, path) or self._imports(r.path)]
        starts = [start for one in references if (start := self._start(one, path))]
        starts += self._loaded(service)
        variables = environment(value_of(service.node, "environment"))
        _, value = variables.get("PYTHONPATH", (0, ""))
        inside = self.destination.homes[0].inside
        is_found = leads_to_source(value, service.around.scene, service.copied, inside)
        if not starts or (is_found and self.is_planned):
            return
        if self.is_planned and self._is_mounted(service.name, path):
            return
        dockerfile = service.build.dockerfile if service.build is not None else None
        if dockerfile in self.built:
            built = self.built[dockerfile]
            built.started.setdefault(f"{starts[0]} (service {service.name} in {path})", 0)
            return
        self.services[path, service.name] = starts[0]
        if service.image not in told and not self._is_built_now(service, path):
            told.add(service.image)
            yield self._about_service(service, starts[0], path)

    def _is_mounted(self, service: str, path: str) -> bool:
        """Tell whether a service has a package by a mount of its own since the moves."""
        place = self.destination.of_file(path)
        text, encoding = decoded(self.tree.read(path))
        content = apply_edits(text, self.edits.get(place, ())).encode(encoding)
        mounts = mounts_in(place, self.destination.tree.with_content({place: content}))
        roots = {home.root: f"/{home.package}" for home in self.destination.homes}
        return any(
            mount.service == service and mount.target.endswith(roots.get(mount.path or "", "\0"))
            for mount in mounts
        )

    def _has_edit(self, path: str, kind: str) -> bool:
        return any(edit.kind == kind for edit in self.edits.get(self.destination.of_file(path), ()))

    def _is_built_now(self, service: Service, path: str) -> bool:
        """Tell whether a service is built since the moves, from an image that has the package."""
        for file in self._files(is_compose):
            if dirname(file) != dirname(path) or not self._has_edit(file, INSTALLED):
                continue
            place = self.destination.of_file(file)
            text, encoding = decoded(self.tree.read(file))
            content = apply_edits(text, self.edits.get(place, ())).encode(encoding)
            now = dict(services_of(place, self.destination.tree.with_content({place: content})))
            if value_of(now.get(service.name), "build") is not None:
                return True
        return False

    def _is_edited(self, reference: Reference, path: str) -> bool:
        """Tell whether a reference was written anew: a container may keep its path of a file."""
        if not self.is_planned:
            result = self.spelling.of(reference, path)
            return isinstance(result, Followed) and result.text != reference.text
        edits = self.edits.get(self.destination.of_file(path), ())
        return any(edit.start <= reference.start < edit.end for edit in edits)

    def _imports(self, module: str) -> bool:
        """Tell whether a module imports what is in a package of the layout now."""
        if module not in self.inventory.python:
            return False
        files = (f for _, meaning in self.inventory.resolutions(module) for f in meaning.files)
        homes = self.destination.homes
        return any(home_of(self.destination.of_file(file), homes) is not None for file in files)

    def _loaded(self, service: Service) -> list[str]:
        """Return what of the package the DAGs import that Airflow loads in a service."""
        return [
            f"loads {module}, which imports {package}"
            for one in service.copied
            if is_airflows(one.place)
            for module in sorted(m for m in self.tree.modules if is_within(m, one.path))
            if (package := self._package_imported_by(module))
        ]

    def _package_imported_by(self, module: str) -> str:
        """Return the package that a module outside of all needs since the moves, or empty."""
        homes = self.destination.homes
        if home_of(self.destination.of_file(module), homes) is not None:
            return ""
        files = (f for _, meaning in self.inventory.resolutions(module) for f in meaning.files)
        moved = (self.destination.moves[file] for file in files if file in self.destination.moves)
        found = (home_of(place, homes) for place in moved)
        return next((home.package for home in found if home is not None), "")

    def _about_image(self, path: str, built: _Built) -> Finding:
        start, line = min(built.started.items(), key=lambda item: (not item[1], item[1]))
        place, installs = self.destination.of_file(path), built.installs
        context = self.destination.of_folder(installs.context) or installs.context
        advice = installs.advice(context)
        why = f" ({self.reasons[path]})" if path in self.reasons else ""
        if installs.whole is None:
            message = f"the image {start}, and has only parts of the project{why}"
            line = self._line(path, line or installs.last_line)
            return Finding(CODE, place, line, message, advice)
        message = f"the image {start}, and has the project, but does not install it{why}"
        return Finding(CODE, place, self._line(path, installs.whole.line), message, advice)

    def _about_service(self, service: Service, start: str, path: str) -> Finding:
        root = next((c.root for c in service.copied if c.root and not c.context), None)
        message = f"service {service.name} {start}, and the package is not in image {service.image}"
        advice = "Build an image that installs the package"
        if root is not None:
            source = normpath(f"{root}/{self.destination.homes[0].inside}")
            advice += f", or set PYTHONPATH to {source} for this service"
        command = value_of(service.node, "command") or value_of(service.node, "entrypoint")
        line = self._line(path, line_of(command or service.node))
        return Finding(CODE, self.destination.of_file(path), line, message, f"{advice}.")
