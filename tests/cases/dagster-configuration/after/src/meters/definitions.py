from dagster import Definitions

from meters.assets.raw import daily_means, readings

defs = Definitions(assets=[readings, daily_means])
