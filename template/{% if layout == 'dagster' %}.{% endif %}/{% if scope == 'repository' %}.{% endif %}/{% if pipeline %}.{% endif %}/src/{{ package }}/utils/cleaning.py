"""The rules for single rows: which are kept, and what their values mean."""

import pandas as pd

ORDER_COLUMNS = ("order_number", "line_number", "customer", "sku", "quantity")
PRODUCT_COLUMNS = ("sku", "name", "category", "price")


def rejections(lines: pd.DataFrame, max_quantity: int) -> pd.Series:
    """Return for each order line why it is rejected, the first reason only; "" if it is kept."""
    reasons = pd.Series("", index=lines.index)
    for column in ("sku", "customer", "order_number"):
        reasons = reasons.mask(lines[column].str.strip() == "", f"{column} is missing")
    for column, limit in (("quantity", max_quantity), ("line_number", 9999)):
        number = pd.to_numeric(lines[column], errors="coerce")
        wrong = ~(number.between(1, limit) & (number % 1 == 0))
        reason = f"{column} is not a whole number from 1 to {limit}"
        reasons = reasons.mask(wrong & (reasons == ""), reason)
    return reasons


def typed_order_lines(lines: pd.DataFrame) -> pd.DataFrame:
    """Return order lines that were not rejected, with numbers as numbers."""
    text = {name: lines[name].str.strip() for name in ("order_number", "customer", "sku")}
    numbers = {
        name: pd.to_numeric(lines[name]).astype("int64") for name in ("line_number", "quantity")
    }
    return lines.assign(**text, **numbers)


def typed_products(products: pd.DataFrame) -> pd.DataFrame:
    """Return products with their prices in cents.

    Raises:
        ValueError: a price is no amount such as 12.50, or a product is there twice.
    """
    wrong = products[~products["price"].str.fullmatch(r"\d{1,7}(\.\d{1,2})?")]
    if len(wrong):
        raise ValueError(f"the price of {', '.join(wrong['sku'])} is no amount such as 12.50")
    repeated = products[products["sku"].duplicated()]
    if len(repeated):
        raise ValueError(f"{', '.join(repeated['sku'])} is there twice")
    cents = (products["price"].astype(float) * 100).round().astype("int64")
    return products.drop(columns="price").assign(price_cents=cents)
