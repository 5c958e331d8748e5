"""Volumes of compose files: every path that a container had leads to the same file as before.

A path of the container stays. Where code in the container finds a file by the path that it has in
the repository, or from its own place, that file is mounted there as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from posixpath import basename, dirname, join

from relayout.inventory import Inventory
from relayout.inventory.bind_mounts import BindMount, mounts_in
from relayout.inventory.configured_paths.compose import services_of
from relayout.inventory.configured_paths.yaml_files import value_of
from relayout.inventory.references import decoded
from relayout.inventory.references.reference import Form, Reference
from relayout.planning.plan import Finding
from relayout.rewriting.mount_needs import needs_of, seen_at
from relayout.rewriting.mount_places import Mounted, Parts, parts_of
from relayout.rewriting.mount_text import ItemText, item_text
from relayout.rewriting.spelling import Followed, Spelling
from relayout.source import Edit
from relayout.tree import is_within

CODE = "mount-came-apart"
_WRITTEN_BY_DBT = frozenset({"target", "dbt_packages", "dbt_modules"})
"""Folders of the root that a dbt project there takes along; ``logs`` may be anybody's."""
_IN_CONTAINER = ("entrypoint", "command", "working_dir", "environment", "healthcheck")
_ADVICE = "Mount each part where the service looks for it, or keep the folder together: --keep"


@dataclass(slots=True)
class _Item:
    """An item of a list of volumes: what it becomes, and what is mounted besides."""

    mount: BindMount
    text: ItemText
    source: Reference
    main: str | None
    others: dict[Mounted, None] = field(default_factory=dict)
    stays: bool = False
    """Whether the folder is mounted as before, since not all of its parts can be."""
    is_mirrored: bool = False
    """Whether it stands in the container as it does in the repository."""


class MountLines:
    """What becomes of the volumes in the text of the compose file at ``path``.

    ``places`` are the folders that a package is installed from, in the containers of services.
    """

    def __init__(
        self,
        path: str,
        references: Sequence[Reference],
        spelling: Spelling,
        inventory: Inventory,
        places: Mapping[str, str] | None = None,
    ) -> None:
        self.edits: list[Edit] = []
        self.findings: list[Finding] = []
        self._path = path
        self._places = places or {}
        self._references = references
        self._spelling = spelling
        self._spans: list[tuple[int, int]] = []
        text, _ = decoded(inventory.tree.read(path))
        items: dict[int, _Item] = {}
        services: dict[str, list[BindMount]] = {}
        self._mounts = list(mounts_in(path, inventory.tree))
        for mount in self._mounts:
            services.setdefault(mount.service, []).append(mount)
            if id(mount.node) not in items:
                item = self._item(mount, text)
                if item is not None:
                    items[id(mount.node)] = item
            if id(mount.node) in items:
                self._add_mirrored(items[id(mount.node)])
            self._tell_of_project(mount, inventory)
        for mounts in services.values():
            self._add_needed(mounts, items, inventory)
        for item in items.values():
            self._write(item)
        self._inside = list(self._in_services(services, items, inventory))

    def covers(self, reference: Reference) -> bool:
        """Tell whether a reference is taken care of here, or names what is still where it was.

        It stands in an item, or in what runs in a service that has the file by one of its mounts,
        and not at the place that it has in the repository.
        """
        if any(start <= reference.start < end for start, end in self._spans):
            return True
        return any(
            start <= reference.start < end and any(is_within(reference.path, p) for p in paths)
            for start, end, paths in self._inside
        )

    def _in_services(
        self,
        services: Mapping[str, Sequence[BindMount]],
        items: Mapping[int, _Item],
        inventory: Inventory,
    ) -> Iterator[tuple[int, int, list[str]]]:
        """Yield where it is said what runs in services, with the paths that stand there alone."""
        for name, node in services_of(self._path, inventory.tree):
            known = [items[id(m.node)] for m in services.get(name, ()) if id(m.node) in items]
            paths = [item.mount.path or "" for item in known if not item.is_mirrored]
            for key in _IN_CONTAINER if paths else ():
                said = value_of(node, key)
                if said is not None:
                    yield said.start_mark.index, said.end_mark.index, paths

    def _item(self, mount: BindMount, text: str) -> _Item | None:
        """Return the item of a mount of what is in the tree, with its parts; None for others."""
        written = item_text(mount, text)
        if written is None or not mount.target or not mount.path:
            return None
        self._spans.append(written.target)
        source = self._reference(written.source)
        if source is None or source.path != mount.path:
            return None
        tree = self._spelling.destination.before
        parts = Parts(None, is_all=False)
        if any(path.startswith(f"{mount.path}/") for path in tree):
            if mount.is_fixed or self._spelling.place_of(mount.path) is not None:
                parts = parts_of(mount, self._spelling.destination)
        elif mount.path in tree or mount.path in tree.folders:
            parts = Parts(self._spelling.place_of(mount.path))
        else:
            if "/" not in mount.path and mount.path not in _WRITTEN_BY_DBT:
                self._spans.append(written.source)
            return None
        self._spans.append(written.span)
        if not parts.is_all:
            self._report(mount)
        taken = self._targets_of(mount)
        others = dict.fromkeys(one for one in parts.others if one.target not in taken)
        is_left = mount.path in self._spelling.destination.tree.folders
        stays = parts.main is None and not parts.is_all and is_left
        return _Item(mount, written, source, parts.main, others, stays)

    def _targets_of(self, mount: BindMount) -> set[str]:
        """Return where the other mounts of a service are in its container."""
        return {
            one.target
            for one in self._mounts
            if one.service == mount.service and one.node is not mount.node
        }

    def _reference(self, span: tuple[int, int]) -> Reference | None:
        """Return the reference that stands within a span of the text."""
        start, end = span
        return next((r for r in self._references if start <= r.start and r.end <= end), None)

    def _add_mirrored(self, item: _Item) -> None:
        """Add what stands in the container as in the repository, at its new path there as well."""
        target = self._reference(item.text.target)
        if target is None or target.form is Form.HELD:
            return
        named = [one.path for one in item.others if self._is_named(one, item.mount)]
        taken = self._targets_of(item.mount)
        for place in (item.main, *named):
            if place is None:
                continue
            text = self._spelling.to(target, place, self._path)
            new = text.rstrip("/") if text is not None else item.mount.target
            if new.startswith("/") and new not in {item.mount.target, *taken}:
                item.is_mirrored = True
                item.others.setdefault(Mounted(place, new))

    def _is_named(self, part: Mounted, mount: BindMount) -> bool:
        """Tell whether anything that the service mounts has the name that a part had."""
        tree = self._spelling.destination.before
        name = basename(part.target).encode()
        folders = [one.path for one in self._mounts if one.service == mount.service]
        return any(
            name in tree.read(path)
            for path in tree
            if any(folder and is_within(path, folder) for folder in folders)
            and tree.is_regular(path)
        )

    def _add_needed(
        self, mounts: Iterable[BindMount], items: dict[int, _Item], inventory: Inventory
    ) -> None:
        """Add what files of a service's container find from their own place."""
        known = [(m, items[id(m.node)]) for m in mounts if id(m.node) in items]
        before = [Mounted(mount.path or "", mount.target) for mount, _ in known]
        after = [one for _, item in known for one in _mounted(item)]
        targets = {one.target for one in after}
        for need in needs_of(before, after, inventory, self._spelling.destination):
            holders = [(m, i) for m, i in known if need.named.startswith(f"{m.path}/")]
            holders += [(m, i) for m, i in known if need.named == m.path]
            if not holders:
                continue
            mounted = self._installed(known[0][0].service, need.mounted)
            if mounted != need.mounted:  # one for all the code that the service mounts
                holders = [one for one in (*holders, *known) if not one[0].read_only] or holders
            if mounted.target not in targets and seen_at(mounted.target, after) != mounted.path:
                targets.add(mounted.target)
                holders[0][1].others.setdefault(mounted)
                after.append(mounted)  # what the next one needs may be there by then

    def _installed(self, service: str, needed: Mounted) -> Mounted:
        """Return what is mounted for the package: over what the image has it installed from."""
        is_package = needed.path in {home.root for home in self._spelling.destination.homes}
        place = self._places.get(service)
        return Mounted(needed.path, place) if is_package and place else needed

    def _write(self, item: _Item) -> None:
        """Make the edits of one item; report one beside which nothing can be written."""
        others = [one for one in item.others if one != Mounted(item.main or "", item.mount.target)]
        sources = [self._source_text(item, one.path) for one in others]
        main = self._source_of(item)
        if (others and not item.text.can_have_others) or None in (*sources, main):
            self._report(item.mount)
            return
        entries = [(s or "", one.target) for s, one in zip(sources, others, strict=True)]
        if item.main is None and entries and not item.stays:
            first, *entries = entries
            self.edits += item.text.replaced(first)
        elif main is not None and main != item.source.text:
            self.edits.append(Edit(item.source.start, item.source.end, main, "compose"))
        if entries:
            self.edits.append(item.text.added(entries))

    def _source_of(self, item: _Item) -> str | None:
        """Return what to write for the folder itself; the text stays if it is right."""
        if item.main is None:
            return item.source.text
        if self._spelling.place_of(item.mount.path or "") != item.main:
            return self._source_text(item, item.main)
        result = self._spelling.of(item.source, self._path)
        return result.text if isinstance(result, Followed) else None

    def _source_text(self, item: _Item, place: str) -> str | None:
        """Return the source that leads to a place; without a dot it would be a volume's name."""
        text = self._spelling.to(item.source, place, self._path)
        text = text.rstrip("/") if text else text
        return f"./{text}" if text and text[0] not in "./$~" else text

    def _tell_of_project(self, mount: BindMount, inventory: Inventory) -> None:
        """Report a mount of the whole repository that stands for the dbt project in its root."""
        project = next((one for one in inventory.dbt if not one.folder), None)
        if project is None or mount.path != "" or "dbt" not in basename(mount.target):
            return
        place = dirname(self._spelling.destination.of_file(project.path))
        if place:
            message = f"the service {mount.service} has the repository at {mount.target}, and the"
            message += f" dbt project that was its root is in {place} now"
            advice = f"Mount {place} there, or start dbt in {join(mount.target, place)}."
            self._add(mount, message, advice)

    def _report(self, mount: BindMount) -> None:
        message = f'the service {mount.service} mounts "{mount.source}" at {mount.target}, whose'
        message += " files have different places now"
        self._add(mount, message, _ADVICE)

    def _add(self, mount: BindMount, message: str, advice: str) -> None:
        new_path = self._spelling.destination.of_file(self._path)
        self.findings.append(Finding(CODE, new_path, mount.line, message, advice))


def _mounted(item: _Item) -> Iterator[Mounted]:
    if item.main is not None:
        yield Mounted(item.main, item.mount.target)
    yield from item.others
