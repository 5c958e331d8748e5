"""Programs that run on Spark: python -m, a console script or spark-submit."""
