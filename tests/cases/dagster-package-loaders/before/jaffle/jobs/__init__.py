from dagster import AssetSelection, define_asset_job

everything_job = define_asset_job("everything_job", selection=AssetSelection.all())
