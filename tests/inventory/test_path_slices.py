"""Only the part of a file that decides over its paths is followed."""

from __future__ import annotations

import ast

from relayout.inventory.evaluation import Evaluator
from relayout.inventory.path_slices import outline_of, slice_for_hacks, slice_for_paths
from relayout.tree import Tree

CODE = """\
import sys
from pathlib import Path
FOLDERS = ['lib']
FOLDERS.append('tools')
LIMIT = 3
def load(rows):
    for row in rows:
        print(row)
def root():
    return Path(__file__).parent
def add(name):
    sys.path.append(name)
for name in FOLDERS:
    if name == 'none':
        break
    add(name)
data = load([LIMIT])
DATA = root() / 'data'
for row in data:
    if not row:
        continue
    print(DATA / row)
"""


def live_lines(code: str, *, paths: bool) -> list[int]:
    module = ast.parse(code)
    evaluator = Evaluator(module, "a.py", Tree.of({"a.py": code}))
    find = slice_for_paths if paths else slice_for_hacks
    found = find(outline_of(module), evaluator.understands)
    nodes = ast.walk(module)
    return sorted(n.lineno for n in nodes if isinstance(n, ast.stmt) and id(n) in found.live)


def test_what_hacks_need() -> None:
    assert live_lines(CODE, paths=False) == [3, 4, 11, 12, 13, 14, 15, 16]


def test_what_paths_need() -> None:
    lines = live_lines(CODE, paths=True)
    assert {9, 10, 18, 19, 22} <= set(lines)
    assert {5, 6, 8}.isdisjoint(lines)


def test_a_file_without_paths_needs_nothing() -> None:
    assert live_lines("import os\nx = os.name\nfor y in x:\n    print(y)\n", paths=True) == []


def test_a_method_comes_with_its_class() -> None:
    code = "import sys\nclass A:\n    def __enter__(self):\n        sys.path.append('lib')\n"
    module = ast.parse(code)
    evaluator = Evaluator(module, "a.py", Tree.of({"a.py": code}))
    found = slice_for_hacks(outline_of(module), evaluator.understands)
    [(function, around)] = found.functions
    assert function.name == "__enter__"
    assert around is module.body[1]
