from pipelines.analytics import weights

print(weights.W)
