"""Two states of one file, and what the checks say of the edits between them."""

from __future__ import annotations

from collections.abc import Sequence

from relayout.inventory import take_inventory
from relayout.planning.plan import FileEdit, Plan
from relayout.source import Edit, Source
from relayout.suite import find_suite, load_recipe, recipes_folder
from relayout.tree import Tree
from relayout.verification import Evidence
from relayout.verification.code_unchanged import check_code_unchanged
from relayout.verification.django_settings import wrong_settings
from relayout.verification.module_strings import Side

PATH = "load.py"
MODULE = "src/shop/config/project_settings.py"
RECIPE = load_recipe("src-layout", recipes_folder(find_suite()))


def proof(before: str, after: str, edits: Sequence[Edit], *, module: bool = True) -> str:
    """Return what is wrong with the edits of settings between two texts."""
    old, new = trees(before, after, module=module)
    return wrong_settings(side(old), side(new), edits)


def unchanged(before: str, after: str, edits: Sequence[Edit]) -> bool:
    """Tell whether the code is unchanged, edits of all kinds set aside."""
    old, new = trees(before, after, module=True)
    plan = Plan("src-layout", "shop", edits=(FileEdit(PATH, tuple(edits)),))
    evidence = Evidence(take_inventory(new), RECIPE, "shop", take_inventory(old), plan)
    check = check_code_unchanged(evidence)
    assert check is not None
    return check.passed


def trees(before: str, after: str, *, module: bool) -> tuple[Tree, Tree]:
    """Return the tree with each of two texts; the second one may have the settings' module."""
    there = {MODULE: b""} if module else {}
    return Tree.of({PATH: before.encode()}), Tree.of({PATH: after.encode(), **there})


def side(tree: Tree) -> Side:
    """Return the file of a tree with its syntax."""
    source = Source.decode(tree.read(PATH))
    return Side(take_inventory(tree), PATH, source, source.parse())
