import dagster as dg

from shop.assets.raw.acting import customers, customers_job
from shop.assets.raw.circle import nightly, orders
from shop.assets.raw.counting import count_check, counted, read
from shop.utils.parsing import SCHEDULE, job
from shop.jobs.reports import reports, reports_daily

defs = dg.Definitions(
    assets=[customers, orders, counted],
    asset_checks=[count_check],
    jobs=[customers_job, nightly, reports],
    schedules=[reports_daily],
)

print(job(read()), SCHEDULE)
