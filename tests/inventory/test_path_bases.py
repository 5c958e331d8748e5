"""Folders that code computes are known by expression, unless a loop decides over them."""

from __future__ import annotations

import ast

import pytest

from relayout.inventory.path_bases import current_folder, texts_of
from relayout.inventory.path_hacks import PathAnalysis
from relayout.inventory.path_texts import PathTexts
from relayout.inventory.path_uses import uses_in
from relayout.source import Source
from relayout.tree import Tree

PATH = "jobs/orders/load.py"
HEAD = "import os\nfrom importlib import resources\nfrom pathlib import Path\n"


def analysed(code: str) -> tuple[ast.Module, PathTexts]:
    module = Source(HEAD + code, "utf-8", False).parse()
    tree = Tree.of({PATH: HEAD + code, "jobs/orders/a.sql": ""})
    return module, texts_of(module, PathAnalysis(module, PATH, tree), PATH, {})


@pytest.mark.parametrize(
    ("code", "base"),
    [
        ("R = Path(__file__).parents[2]\nf(f'{R}/x/{n}')", ""),
        ("H = os.path.dirname(os.path.abspath(__file__))\nf(H + '/x/' + n)", "jobs/orders"),
        ("def g(n):\n    h = Path(__file__).parent\n    return f(h / 'x' / n)", "jobs/orders"),
        ("f(os.path.join(os.getcwd(), 'x', n))", ""),
        ("f(resources.files(__package__) / 'x' / n)", "jobs/orders"),
        ("f(Path(__file__) / 'x' / n)", None),
        ("p = Path(__file__)\nwhile q(p):\n    p = p.parent\nf(p / 'x' / n)", None),
    ],
)
def test_what_a_path_counts_from(code: str, base: str | None) -> None:
    uses = uses_in(*analysed(code))
    assert {use.text.base for use in uses if "x" in use.text.own} == {base}


@pytest.mark.parametrize(
    ("code", "folder"),
    [
        ("open('x')", ""),
        ("os.chdir(Path(__file__).parent)", "jobs/orders"),
        ("os.chdir('data')", None),
        ("os.chdir(Path(__file__).parent)\nos.chdir('data')", None),
    ],
)
def test_the_current_folder(code: str, folder: str | None) -> None:
    module, found = analysed(code)
    assert current_folder(PATH, module, found) == folder
    assert current_folder("notes/a.ipynb", module, found) == "notes"
