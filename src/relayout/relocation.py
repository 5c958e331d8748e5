"""Moves as a pure function: files stand elsewhere, and everything that names them follows.

It is what a migration does to a repository that is on a layout already, and only that: nothing is
sorted, nothing is converted, and a file that has nothing to do with the moves is left alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from relayout.conversions.additions import followed_ignores
from relayout.conversions.followed_projects import follow_projects
from relayout.conversions.splitting.division import divide
from relayout.inventory import Inventory, facts_by_blob, take_inventory
from relayout.inventory.shims import is_support
from relayout.notebook import is_notebook
from relayout.per_file import PerFile, one_by_one
from relayout.planning.homes import Home
from relayout.planning.plan import Finding
from relayout.planning.split import Split
from relayout.rewriting.destination import Destination
from relayout.rewriting.followed_references import follow_references
from relayout.rewriting.links import rewrite_links
from relayout.rewriting.prose_names import ProseRewriter
from relayout.rewriting.python import PythonRewriter, RewrittenFile
from relayout.tree import Tree

_ABOUT_BEFORE = frozenset({"import-broken", "import-repaired", "path-hack-unclear"})
"""Findings that say how a file was before anything moved."""


@dataclass(frozen=True)
class Relocated:
    """A tree after moves; ``moves`` has every path that changed, by the path before.

    Paths and lines of ``findings`` count in the tree after, as far as they can.
    """

    tree: Tree
    moves: Mapping[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


def relocate(
    tree: Tree,
    moves: Mapping[str, str],
    homes: Sequence[Home],
    splits: Iterable[Split] = (),
    per_file: PerFile = one_by_one,
    inventory: Inventory | None = None,
    passed_over: Collection[str] = (),
) -> Relocated:
    """Return a tree in which files are where ``moves`` say, and all that names them follows.

    ``moves`` go from path to path, of files that the tree or its ``splits`` have. ``homes`` are the
    packages after the moves, as :func:`relayout.planning.territories.find_homes` finds them.
    ``inventory`` is that of the tree, if it was taken. Modules that are ``passed_over`` are moved
    and not rewritten. Raises Refusal for a split that cannot be made, and ValueError for moves that
    bring two files to one path.
    """
    splits = tuple(splits)
    moves = {old: new for old, new in moves.items() if old != new}
    if not moves and not splits:
        return Relocated(tree)
    inventory = inventory or take_inventory(tree, per_file)
    findings: list[Finding] = []
    if splits:
        divided = divide(inventory, splits, are_settled=True)
        findings += divided.findings
        inventory = take_inventory(divided.tree, per_file, facts_by_blob(inventory))
    there = {old: new for old, new in moves.items() if old in inventory.tree}
    followed, about = _follow(inventory, there, homes, per_file, passed_over)
    findings += [one for one in about if one.code not in _ABOUT_BEFORE]
    return Relocated(followed, there, tuple(findings))


def _follow(
    inventory: Inventory,
    moves: Mapping[str, str],
    homes: Sequence[Home],
    per_file: PerFile,
    passed_over: Collection[str],
) -> tuple[Tree, list[Finding]]:
    """Return the tree after the moves in which everything follows, and what could not."""
    foreign = inventory.dependencies
    destination = Destination(inventory.tree, moves, homes, (), foreign, is_rearranged=True)
    contents = dict(rewrite_links(destination))
    wanted = [path for path in inventory.python if path not in passed_over]
    python, findings = _follow_in_python(inventory, destination, wanted, per_file)
    contents |= python
    followed = follow_references(inventory, destination, contents)
    findings += followed.findings
    contents |= followed.contents
    tree = destination.tree.with_content(contents)
    projects, about = follow_projects(inventory, destination, tree)
    findings += about
    tree = tree.with_content(projects)
    return tree.with_content(followed_ignores(tree, destination, {})), findings


def _follow_in_python(
    inventory: Inventory, destination: Destination, wanted: Collection[str], per_file: PerFile
) -> tuple[dict[str, bytes], list[Finding]]:
    """Return the new contents of Python files, by path after, and what could not follow."""
    rewriter = PythonRewriter(inventory, destination)
    prose = ProseRewriter(destination)
    contents: dict[str, bytes] = {}
    findings: list[Finding] = []
    touched = [path for path in wanted if rewriter.is_touched(path)]
    results = per_file("Following moves", rewriter.rewrite, touched)
    rewritten = dict(zip(touched, results, strict=True))
    for path in wanted:
        result = rewritten.get(path, RewrittenFile())
        if not is_support(inventory.python[path]):  # it loads what shims tell it to
            findings += result.findings
        content = result.content
        if not is_notebook(path):
            content = prose.rewritten(inventory.tree.read(path), result)
        if content is not None:
            contents[destination.of_file(path)] = content
    return contents, findings
