from pipelines.utils import rates

print(rates.factor(), "reported")
