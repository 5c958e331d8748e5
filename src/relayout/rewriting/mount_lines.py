"""Volumes of compose files: every path that a container had leads to the same file as before.

A path of the container stays. Where code in the container finds a file by the path that it has in
the repository, or from its own place, that file is mounted there as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from posixpath import basename

from relayout.inventory import Inventory
from relayout.inventory.bind_mounts import BindMount, mounts_in
from relayout.inventory.references import decoded
from relayout.inventory.references.reference import Form, Reference
from relayout.planning.plan import Finding
from relayout.rewriting.mount_needs import needs_of
from relayout.rewriting.mount_places import Mounted, Parts, parts_of
from relayout.rewriting.mount_text import ItemText, item_text
from relayout.rewriting.spelling import Followed, Spelling
from relayout.source import Edit
from relayout.tree import is_within

CODE = "mount-came-apart"
_ADVICE = "Mount each part where the service looks for it, or keep the folder together: --keep"


@dataclass(slots=True)
class _Item:
    """An item of a list of volumes: what it becomes, and what is mounted besides."""

    mount: BindMount
    text: ItemText
    source: Reference
    main: str | None
    others: dict[Mounted, None] = field(default_factory=dict)


class MountLines:
    """What becomes of the volumes in the text of the compose file at ``path``."""

    def __init__(
        self,
        path: str,
        references: Sequence[Reference],
        spelling: Spelling,
        inventory: Inventory,
    ) -> None:
        self.edits: list[Edit] = []
        self.findings: list[Finding] = []
        self._path = path
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
        for mounts in services.values():
            self._add_needed(mounts, items, inventory)
        for item in items.values():
            self._write(item)

    def covers(self, reference: Reference) -> bool:
        """Tell whether a reference stands in an item that is taken care of here."""
        return any(start <= reference.start < end for start, end in self._spans)

    def _item(self, mount: BindMount, text: str) -> _Item | None:
        """Return the item of a mount of what is in the tree, with its parts; None for others."""
        written = item_text(mount, text)
        if written is None or not mount.target or not mount.path:
            return None
        source = self._reference(written.source)
        tree = self._spelling.destination.before
        if source is None or source.path != mount.path:
            return None
        parts: Parts | None = None
        if any(path.startswith(f"{mount.path}/") for path in tree):
            if mount.is_fixed or self._spelling.place_of(mount.path) is not None:
                parts = parts_of(mount, self._spelling.destination)
        elif mount.path in tree or mount.path in tree.folders:
            parts = Parts(self._spelling.place_of(mount.path))
        else:
            return None
        self._spans.append(written.span)
        if parts is None:
            self._report(mount)
            return None
        return _Item(mount, written, source, parts.main, dict.fromkeys(parts.others))

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
        for place in (item.main, *named):
            if place is None:
                continue
            text = self._spelling.to(target, place, self._path)
            new = text.rstrip("/") if text is not None else item.mount.target
            if new.startswith("/") and new != item.mount.target:
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
        for need in needs_of(before, after, inventory, self._spelling.destination):
            holders = [i for m, i in known if need.named.startswith(f"{m.path}/")]
            holders += [i for m, i in known if need.named == m.path]
            if holders:
                holders[0].others.setdefault(need.mounted)

    def _write(self, item: _Item) -> None:
        """Make the edits of one item; report one beside which nothing can be written."""
        others = [one for one in item.others if one != Mounted(item.main or "", item.mount.target)]
        sources = [self._spelling.to(item.source, one.path, self._path) for one in others]
        main = self._source_of(item)
        if (others and not item.text.can_have_others) or None in (*sources, main):
            self._report(item.mount)
            return
        entries = [(s or "", one.target) for s, one in zip(sources, others, strict=True)]
        if item.main is None and entries:
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
            return self._spelling.to(item.source, item.main, self._path)
        result = self._spelling.of(item.source, self._path)
        return result.text if isinstance(result, Followed) else None

    def _report(self, mount: BindMount) -> None:
        message = f'the service {mount.service} mounts "{mount.source}" at {mount.target}, whose'
        message += " files have different places now"
        new_path = self._spelling.destination.of_file(self._path)
        self.findings.append(Finding(CODE, new_path, mount.line, message, _ADVICE))


def _mounted(item: _Item) -> Iterator[Mounted]:
    if item.main is not None:
        yield Mounted(item.main, item.mount.target)
    yield from item.others
