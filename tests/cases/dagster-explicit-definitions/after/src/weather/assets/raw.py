from dagster import AssetExecutionContext, asset

from weather.tools.loading import load_defs


@asset
def stations(context: AssetExecutionContext):
    return load_defs("weather.assets")
