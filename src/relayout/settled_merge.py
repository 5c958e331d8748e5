"""A merge of trees in which what git could not decide is settled, as far as it can be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from relayout.evolution.settlement import Sides, is_sound, settle
from relayout.planning.plan import Finding
from relayout.repository import GitError
from relayout.three_way import BASE, OURS, THEIRS, Labels, Merge, TreeMerge, Unmerged
from relayout.tree import SUBMODULE, SYMLINK, Entry, Tree, blob_id


def settled_merge(
    merging: TreeMerge, base: Tree, ours: Tree, theirs: Tree, labels: Labels
) -> tuple[Merge, list[Finding]]:
    """Return the merge of three trees with nothing unmerged but real conflicts, and what to know.

    Raises GitError.
    """
    merge = merging.merge(base, ours, theirs)
    settling = _Settling(merging, labels, merge.tree)
    for unmerged in merge.unmerged:
        settling.settle(unmerged)
    for unmerged in _unsound(merge, base, ours, theirs):
        settling.settle(unmerged)
    return Merge(settling.tree, tuple(settling.unmerged)), settling.findings


@dataclass
class _Settling:
    """The tree so far, what stays unmerged in it, and what to know."""

    merging: TreeMerge
    labels: Labels
    tree: Tree
    unmerged: list[Unmerged] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def settle(self, one: Unmerged) -> None:
        """Settle one path, or leave it as git left it: with markers, or with one side whole."""
        if any(entry.mode in (SUBMODULE, SYMLINK) for entry in one.stages.values()):
            self.unmerged.append(one)
            return
        sides = Sides(*(self._content(one, stage) for stage in (BASE, OURS, THEIRS)))
        settled = settle(one.path, sides)
        self.findings += settled.findings
        if settled.conflict is None:
            self._put(one, settled.content)
        elif not self._merge_lines(one, settled.conflict):
            self.unmerged.append(_with_sides(one, settled.conflict, self.merging))

    def _merge_lines(self, one: Unmerged, sides: Sides) -> bool:
        """Put the merge of a file by lines into the tree; return whether nothing is open in it."""
        texts = [sides.base or b"", sides.ours or b"", sides.theirs or b""]
        try:
            content, conflicts = self.merging.marked(texts[0], texts[1], texts[2], self.labels)
        except GitError:  # it is no text: the user's stays until he decides
            self._put(one, sides.ours)
            return False
        self._put(one, content)
        return not conflicts

    def _content(self, one: Unmerged, stage: int) -> bytes | None:
        entry = one.stages.get(stage)
        return None if entry is None else self.merging.read(entry.blob)

    def _put(self, one: Unmerged, content: bytes | None) -> None:
        if content is None:
            self.tree = self.tree.without({one.path})
            return
        entry = one.stages.get(OURS) or one.stages[THEIRS]
        self.tree = self.tree.with_content({one.path: content})
        self.tree = self.tree.with_modes({one.path: entry.mode})


def _unsound(merge: Merge, base: Tree, ours: Tree, theirs: Tree) -> Iterator[Unmerged]:
    """Yield the files that git merged by lines into what they must not be."""
    known = {unmerged.path for unmerged in merge.unmerged}
    for path in merge.tree:
        if path in known or not (path in ours and path in theirs):
            continue
        if merge.tree[path] in (ours[path], theirs[path]):
            continue
        if not is_sound(path, merge.tree.read(path)):
            stages = {BASE: base, OURS: ours, THEIRS: theirs}
            yield Unmerged(path, {n: tree[path] for n, tree in stages.items() if path in tree})


def _with_sides(one: Unmerged, sides: Sides, merging: TreeMerge) -> Unmerged:
    """Return an unmerged path whose stages hold what its markers show."""
    contents = {BASE: sides.base, OURS: sides.ours, THEIRS: sides.theirs}
    made = {blob_id(content): content for content in contents.values() if content is not None}
    merging.keep(made)
    stages = {
        stage: Entry(blob_id(content), one.stages[stage].mode)
        for stage, content in contents.items()
        if content is not None and stage in one.stages
    }
    return Unmerged(one.path, stages)
