python3 -m pipelines.jobs.a
python3 -m pipelines.jobs.b
python3 -m pipelines.jobs.c
python3 -m pipelines.jobs.d
python3 -m pipelines.jobs.e
