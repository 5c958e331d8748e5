set -e
python -m pipelines.etl.load
python -m pipelines.reports.run
