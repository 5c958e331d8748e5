"""What becomes of a file beside a dbt project that moves, without the rest of a migration."""

from __future__ import annotations

from collections.abc import Mapping

from relayout.inventory import take_inventory
from relayout.planning.homes import Home
from relayout.rewriting.destination import Destination
from relayout.rewriting.followed_references import follow_references
from relayout.tree import Tree

SHOP = {
    "dbt_shop/dbt_project.yml": "name: shop\n",
    "dbt_shop/profiles.yml": "shop: {}\n",
    "dbt_shop/models/orders.sql": "select 1\n",
}
"""A project in a folder of its own."""
IN_ROOT = {path.removeprefix("dbt_shop/"): text for path, text in SHOP.items()}
"""The same project in the root."""
PLACE = "pipelines/shop/dbt"
"""Where either one goes."""


def beside(
    path: str, text: str, project: Mapping[str, str] = SHOP, stays: tuple[str, ...] = ()
) -> tuple[str, list[str]]:
    """Return the text of a file after a project beside it has moved, and the findings about it.

    Each finding is ``line: message``; files of the project that are named in ``stays`` stay.
    """
    tree = Tree.of({**project, path: text})
    moved = (name for name in project if name not in stays)
    moves = {name: f"{PLACE}/{name.removeprefix('dbt_shop/')}" for name in moved}
    made = follow_references(take_inventory(tree), Destination(tree, moves, (Home("pkg"),)))
    about = [f"{f.line}: {f.message}" for f in made.findings if f.path == path]
    return made.contents.get(path, text.encode()).decode(), about
