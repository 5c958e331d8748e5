python -m pipelines.nightly.load
