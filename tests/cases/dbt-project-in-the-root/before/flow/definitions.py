from dagster import Definitions

from flow.assets import usage

defs = Definitions(assets=[usage])
