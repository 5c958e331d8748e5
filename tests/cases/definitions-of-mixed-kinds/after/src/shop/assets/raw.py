"""Orders as they come in."""

import dagster as dg
import pandas as pd


@dg.asset
def raw_orders() -> pd.DataFrame:
    return pd.DataFrame({"order": [1, 2], "days": [1, 40]})


@dg.asset
def open_orders(raw_orders: pd.DataFrame) -> pd.DataFrame:
    return raw_orders[raw_orders["days"] < 30]
