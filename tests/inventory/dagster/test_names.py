from __future__ import annotations

from functools import partial
from textwrap import dedent

import pytest

from relayout.inventory.dagster.names import Names, Place
from relayout.inventory.python import read_python
from relayout.inventory.resolution import Resolver
from relayout.tree import Tree

FILES = {
    "shop/__init__.py": "",
    "shop/a.py": """
        import dagster as dg
        import dagster.components
        import shop.b
        import shop.sub.deep as deep
        from . import b
        from .b import table as t, asset, renamed
        from .sub import inner, deep as also_deep
        from unknown.library import thing
        own = 1
        alias = t
        outside = dg.asset
        called = dg.asset()
        try:
            import fast
        except ImportError:
            fast = None
        def function():
            from pandas import DataFrame
        """,
    "shop/b.py": """
        from dagster import asset
        from .stars import *
        def table(): ...
        renamed = table
        """,
    "shop/stars.py": "from .more import *\nfrom dagster import *\n",
    "shop/more.py": "from .stars import *\nstarred = 1\n",
    "shop/sub/__init__.py": "from .deep import inner\n",
    "shop/sub/deep.py": "def inner(): ...\nclass Kept:\n    name = 'x'\n",
}


@pytest.fixture
def names() -> Names:
    tree = Tree.of({path: dedent(code) for path, code in FILES.items()})
    paths = sorted(tree)
    python = dict(zip(paths, map(partial(read_python, tree=tree), paths), strict=True))
    return Names(tree, python, Resolver(tree, python))


@pytest.mark.parametrize(
    ("name", "meaning"),
    [
        ("dg.asset", "dagster.asset"),
        ("dagster.components.load_defs", "dagster.components.load_defs"),
        ("asset", "dagster.asset"),
        ("b.asset", "dagster.asset"),
        ("outside", "dagster.asset"),
        ("thing", "unknown.library.thing"),
        ("thing.part", "unknown.library.thing.part"),
        ("own", Place("shop/a.py", "own")),
        ("own.part", Place("shop/a.py", "own", "part")),
        ("called", Place("shop/a.py", "called")),
        ("t", Place("shop/b.py", "table")),
        ("alias", Place("shop/b.py", "table")),
        ("renamed.part", Place("shop/b.py", "table", "part")),
        ("shop.b.table", Place("shop/b.py", "table")),
        ("b.table", Place("shop/b.py", "table")),
        ("b", Place("shop/b.py", "")),
        ("inner", Place("shop/sub/deep.py", "inner")),
        ("deep.inner", Place("shop/sub/deep.py", "inner")),
        ("also_deep.Kept.name", Place("shop/sub/deep.py", "Kept", "name")),
        ("b.starred", Place("shop/more.py", "starred")),
        ("b.op", "dagster.op"),
        ("fast", "fast"),
        ("DataFrame", "pandas.DataFrame"),
        ("nothing", None),
    ],
)
def test_what_a_name_stands_for(names: Names, name: str, meaning: Place | str | None) -> None:
    assert names.meaning("shop/a.py", name) == meaning


def test_a_module_that_is_not_there_has_no_names(names: Names) -> None:
    assert names.bindings("shop/none.py").all == ()
    assert names.meaning("shop/none.py", "x") is None
