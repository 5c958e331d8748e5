from dagster import Definitions

from pipelines.energy.orchestration.assets import usage

defs = Definitions(assets=[usage])
