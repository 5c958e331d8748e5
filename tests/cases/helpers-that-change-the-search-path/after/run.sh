python3 -m pipelines.jobs.load
python3 -m pipelines.jobs.report
