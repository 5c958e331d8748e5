python -m pipelines.daily_load._01_extract
python -m pipelines.daily_load.import_
