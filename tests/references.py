"""What becomes of one file that names others, without the rest of a migration."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from relayout.inventory import take_inventory
from relayout.inventory.references import read_references
from relayout.planning.homes import Home
from relayout.rewriting.destination import Destination
from relayout.rewriting.followed_references import follow_references
from relayout.tree import Tree

PACKAGE = "pkg"


def followed(
    path: str, text: str, moves: Mapping[str, str], others: Iterable[str] = ()
) -> tuple[str, list[str]]:
    """Return the text of a file after the moves, and each finding about it as ``line: message``.

    The files that move are there, and ``others`` that do not; they are empty. What has become of
    a reference is checked: read anew, the file names what it named before, unless a finding says
    that it does not.
    """
    files: dict[str, bytes | str] = dict.fromkeys((*moves, *others), "")
    tree = Tree.of({**files, path: text})
    destination = Destination(tree, moves, (Home(PACKAGE),))
    made = follow_references(take_inventory(tree), destination)
    new_path = destination.of_file(path)
    content = made.contents.get(new_path, text.encode())
    about = [f"{f.line}: {f.message}" for f in made.findings if f.path == new_path]
    if not about:
        after = destination.tree.with_content({new_path: content})
        named = [r.path for r in read_references(path, tree) if r.path in tree]
        now = [r.path for r in read_references(new_path, after)]
        missing = [p for p in map(destination.of_file, named) if p not in now]
        assert not missing, f"nothing names {missing} any more"
    return content.decode(), about
