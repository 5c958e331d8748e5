"""Programs: python -m pipelines.@{pipeline}@.scripts.NAME."""
