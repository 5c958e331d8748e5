"""What facts are about: products and customers."""

import dagster as dg
import pandas as pd


@dg.asset(
    key_prefix="dimensional",
    group_name="dimensional",
    kinds={"pandas"},
    ins={"products": dg.AssetIn(["processed", "products"])},
)
def dim_product(products: pd.DataFrame) -> pd.DataFrame:
    """Products, numbered in the order of their codes."""
    ordered = products.sort_values("sku", ignore_index=True)
    return ordered.assign(product_key=ordered.index + 1)


@dg.asset(
    key_prefix="dimensional",
    group_name="dimensional",
    kinds={"pandas"},
    ins={"sales": dg.AssetIn(["consolidated", "sales"])},
)
def dim_customer(sales: pd.DataFrame) -> pd.DataFrame:
    """Customers of all days: since when, and how often."""
    grouped = sales.groupby("customer", as_index=False).agg(
        first_ordered_on=("ordered_on", "min"),
        last_ordered_on=("ordered_on", "max"),
        orders=("order_number", "nunique"),
    )
    return grouped.assign(customer_key=grouped.index + 1)
