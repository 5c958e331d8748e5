python -m pipelines.nightly.a
python -m pipelines.nightly.b
