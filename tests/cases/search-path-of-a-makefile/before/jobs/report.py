import rates

print(rates.factor(), "reported")
