from dagster import Definitions, asset

from names import GROUP


@asset(group_name=GROUP)
def built() -> None: ...


defs = Definitions(assets=[built])
