"""What runs, and when."""

import dagster as dg
from dagster import (
    AssetSelection,
    define_asset_job,
)

from shop.config.jobs_config import TEAM
from shop.utils.jobs_utils import state_file

logger = dg.get_dagster_logger()


# ----------------------------------------------------------------------
# Jobs
# ----------------------------------------------------------------------

# everything, once a day
daily_job = define_asset_job(
    "daily_job",
    selection=AssetSelection.all(),
    tags=TEAM,  # for the bill
)

reload_job = define_asset_job("reload_job", selection="raw_orders", tags=TEAM)


@dg.op
def forget(context: dg.OpExecutionContext) -> None:
    """Forget what sensors saw."""
    logger.info("forgetting")
    state_file().unlink(missing_ok=True)


@dg.job
def forget_job():
    forget()


__all__ = ["daily_job", "forget_job", "reload_job"]
