from dagster import Definitions

from meters.defs.readings import daily_means, readings

defs = Definitions(assets=[readings, daily_means])
