"""A small repository for the tests: two dbt projects, or one, and what is added to them."""

from __future__ import annotations

from collections.abc import Mapping

from relayout.inventory import take_inventory
from relayout.planning.homes import Home, Homes, Territory
from relayout.planning.pipeline_parts import Part, pipeline_parts
from relayout.suite import find_suite, load_recipe, recipes_folder
from relayout.tree import Tree

RECIPE = load_recipe("pipeline-centric", recipes_folder(find_suite()))
HOMES = Homes((Territory(Home("pipelines", "", "", RECIPE.apart)),))

ORDERS = {
    "dbt_orders/dbt_project.yml": "name: orders\nprofile: shop\nmodel-paths: [models]\n",
    "dbt_orders/models/fct_orders.sql": "select * from {{ source('shop', 'raw_orders') }}\n",
    "dbt_orders/models/sources.yml": (
        "sources:\n  - name: shop\n    schema: shop_raw\n    tables:\n      - name: raw_orders\n"
    ),
}
CUSTOMERS = {
    "dbt_customers/dbt_project.yml": "name: customers\nprofile: shop\nmodel-paths: [models]\n",
    "dbt_customers/models/dim_customers.sql": "select 1 as id\n",
}
TWO = {**ORDERS, **CUSTOMERS}


def parts_of(files: Mapping[str, bytes | str]) -> Mapping[str, Part]:
    return pipeline_parts(take_inventory(Tree.of(files)), RECIPE, HOMES)


def places_of(files: Mapping[str, bytes | str], base: Mapping[str, str] = TWO) -> dict[str, str]:
    """Return where the files go that are added to ``base``, as pipeline, section and path."""
    found = parts_of({**base, **files})
    return {
        path: f"{part.pipeline}:{part.section}/{part.inner}"
        for path, part in found.items()
        if path not in base
    }
