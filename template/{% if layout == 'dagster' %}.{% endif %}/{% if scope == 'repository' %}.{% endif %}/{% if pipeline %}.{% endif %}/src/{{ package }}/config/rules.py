"""What a person can change for one run, in the launchpad or in the configuration of a run."""

import dagster as dg
from pydantic import Field


class OrderRules(dg.Config):
    """What an order line must keep to."""

    max_quantity: int = Field(default=1000, ge=1, description="More than this is a typing error.")


class CheckRules(dg.Config):
    """What a check allows."""

    max_rejected_share: float = Field(
        default=0.2, ge=0, le=1, description="The share of rows that may be rejected."
    )
