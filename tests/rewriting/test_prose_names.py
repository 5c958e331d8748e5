"""Prose follows where it names a module or a path in full, and only there."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from relayout.planning.homes import Home
from relayout.rewriting.destination import Destination
from relayout.rewriting.prose_names import ProseRewriter
from relayout.rewriting.python import RewrittenFile
from relayout.source import Edit
from relayout.tree import Tree

MOVES = {
    "src/shop/tools/__init__.py": "src/shop/library/__init__.py",
    "src/shop/tools/load.py": "src/shop/library/load.py",
    "src/shop/tools/text.py": "src/shop/library/deep/text.py",
    "src/shop/data.csv": "data/shop.csv",
    "a/job.py": "src/shop/a_job.py",
    "src/a/job.py": "src/shop/other_job.py",
}
FILES = (*MOVES, "src/shop/__init__.py", "src/shop/stays.py", "src/shop/tooling.py")
WITHIN = {p: t for p, t in MOVES.items() if "/tools/" in p and not p.endswith("text.py")}


def after(text: str, moves: Mapping[str, str] = MOVES, given: tuple[Edit, ...] = ()) -> str:
    tree = Tree.of(dict.fromkeys(FILES, ""))
    destination = Destination(tree, moves, (Home("shop"),), is_rearranged=True)
    content = ProseRewriter(destination).rewritten(text.encode(), RewrittenFile(given))
    return text if content is None else content.decode()


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("# shop.tools.load", "# shop.library.load"),
        ("# by shop.tools.load.main.", "# by shop.library.load.main."),
        ("# (shop.tools.text)", "# (shop.library.deep.text)"),
        ("# src/shop/tools/load.py:12", "# src/shop/library/load.py:12"),
        ("# see ./src/shop/data.csv.", "# see ./data/shop.csv."),
        ('"""python -m shop.tools.load"""', '"""python -m shop.library.load"""'),
        ("def f():\r\n    'shop.tools.load'\r\n", "def f():\r\n    'shop.library.load'\r\n"),
        ("A = 'try `python -m shop.tools.load`'", "A = 'try `python -m shop.library.load`'"),
        (
            "A = f'python3 src/shop/tools/load.py {B}'",
            "A = f'python3 src/shop/library/load.py {B}'",
        ),
        ("A = '#'  # é shop.tools.load", "A = '#'  # é shop.library.load"),
        ("A = f'#{1}'  # shop.tools.load", "A = f'#{1}'  # shop.library.load"),
    ],
)
def test_a_full_name_follows(before: str, expected: str) -> None:
    assert after(before) == expected


@pytest.mark.parametrize(
    "text",
    [
        "# load, tools.load, my.shop.tools.load, shop.tools.loading.x shop.tooling",
        "# shop.stays",
        "# https://example.org/src/shop/tools/load.py",
        "# /srv/src/shop/tools/load.py, ../src/shop/tools/load.py, old/src/shop/tools/load.py",
        "# a.job is the name of two modules",
        "A = 'shop.tools.load'",
        "A = 'the topic shop.tools.load -m shop.tools.load'",
        "A = '# shop.tools.load'",
        "A = f'# shop.tools.load'",
        "A = b'''\n# shop.tools.load\n'''",
        "A = shop.tools.load",
        "this is no Python  # shop.tools.load",
    ],
)
def test_what_is_no_full_name_or_no_prose_stays(text: str) -> None:
    moves = {path: new for path, new in MOVES.items() if path != "src/shop/tools/__init__.py"}
    assert after(text, moves) == text


def test_a_package_follows_as_a_whole_and_not_in_parts() -> None:
    text = "# shop.tools and src/shop/tools"
    assert after(text, {**WITHIN, "src/shop/tools/text.py": "src/shop/library/text.py"}) == (
        "# shop.library and src/shop/library"
    )
    assert after(text, WITHIN) == text


def test_what_other_edits_change_is_theirs() -> None:
    text = "# shop.tools.load, shop.tools.load"
    given = (Edit(2, 17, "mine", "import"),)
    assert after(text, given=given) == "# mine, shop.library.load"
