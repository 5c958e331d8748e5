"""Small Dagster projects, and what becomes of them when their modules move."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from textwrap import dedent

from relayout.conversions.conversion import Conversion
from relayout.conversions.dagster import convert_dagster
from relayout.inventory import Inventory, take_inventory
from relayout.notebook import read_source
from relayout.planning.homes import Home, Homes, Territory
from relayout.planning.split import Split
from relayout.rewriting.destination import Destination
from relayout.tree import Tree

SHOP = Home("shop")

MODULES = {
    "src/shop/__init__.py": "",
    "src/shop/defs/__init__.py": "",
    "src/shop/defs/orders.py": """\
        from dagster import asset

        @asset
        def orders(): ...
        """,
    "src/shop/defs/sales.py": """\
        from dagster import asset

        @asset
        def sales(orders): ...
        """,
    "src/shop/defs/quality.py": """\
        import dagster as dg

        @dg.asset_check(asset="orders")
        def there_are_orders(): ...
        """,
    "src/shop/defs/runs.py": """\
        import dagster as dg

        daily = dg.define_asset_job("daily", selection="*")
        """,
    "src/shop/defs/texts.py": "GREETING = 'hello'\n",
}
MOVES = {
    "src/shop/defs/orders.py": "src/shop/assets/raw.py",
    "src/shop/defs/sales.py": "src/shop/assets/facts.py",
    "src/shop/defs/quality.py": "src/shop/checks/quality.py",
    "src/shop/defs/runs.py": "src/shop/jobs/jobs.py",
    "src/shop/defs/texts.py": "src/shop/utils/texts.py",
}
SETTINGS = {"pyproject.toml": '[tool.dg.project]\nroot_module = "shop"\n'}


def inventory_of(files: Mapping[str, str | bytes]) -> Inventory:
    """Return the inventory of a tree."""
    contents = {p: dedent(c) if isinstance(c, str) else c for p, c in files.items()}
    return take_inventory(Tree.of(contents))


def converted(
    files: Mapping[str, str | bytes],
    moves: Mapping[str, str] = MOVES,
    splits: Sequence[Split] = (),
) -> tuple[Conversion, dict[str, str]]:
    """Return the conversion of a tree, and the texts of the files that it edits."""
    inventory = inventory_of(files)
    destination = Destination(inventory.tree, moves, [SHOP])
    found = convert_dagster(inventory, destination, Homes((Territory(SHOP),)), splits)
    texts = {}
    for path, edits in found.edits.items():
        content = read_source(path, inventory.tree.read(path)).edited(edits)
        texts[path] = content.decode()
    return found, texts


def becomes(code: str, path: str = "src/shop/definitions.py", more: Mapping[str, str] = {}) -> str:
    """Return what becomes of one file in the project; the code itself if nothing does."""
    _, texts = converted({**MODULES, **SETTINGS, **more, path: code})
    return texts.get(path, dedent(code))
