"""Files that Docker makes in folders of the repository, where it mounts others: git ignores them.

Where a file is mounted below a folder that is mounted itself, Docker needs a file to mount it over,
and makes an empty one in the outer folder if there is none
(https://docs.docker.com/engine/storage/bind-mounts/).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from posixpath import join

from relayout.conversions.merging import append_missing
from relayout.inventory.bind_mounts import BindMount, bind_mounts
from relayout.tree import Tree, is_within

_IGNORE = ".gitignore"
_TITLE = "# Docker mounts files over these"


def ignored_mount_points(
    before: Tree, after: Tree, additions: Mapping[str, bytes]
) -> dict[str, bytes]:
    """Return the ignore file with the files that Docker makes since the moves; nothing for none.

    ``additions`` are contents that come to the tree after the moves.
    """
    known = set(_points(before))
    lines = [f"/{path}" for path in _points(after) if path not in known and path not in after]
    if not lines:
        return {}
    content = additions.get(_IGNORE)
    if content is None:
        content = after.read(_IGNORE) if after.is_regular(_IGNORE) else b""
    text = content.decode("utf-8", errors="surrogateescape")
    made = append_missing(text, _TITLE, list(dict.fromkeys(lines)))
    made = made if text else made.lstrip("\n")
    return {_IGNORE: made.encode("utf-8", errors="surrogateescape")}


def _points(tree: Tree) -> Iterator[str]:
    """Yield the paths in folders of the repository over which single files are mounted."""
    by_service: dict[tuple[str, str], list[BindMount]] = {}
    for mount in bind_mounts(tree):
        by_service.setdefault((mount.file, mount.service), []).append(mount)
    for mounts in by_service.values():
        for mount in mounts:
            outer = [m for m in mounts if m is not mount and is_within(mount.target, m.target)]
            outer = [m for m in outer if m.target and (m.path or "") in tree.folders]
            if outer and mount.path is not None and mount.path in tree:
                over = max(outer, key=lambda one: len(one.target))
                yield join(over.path or "", mount.target[len(over.target) + 1 :])
