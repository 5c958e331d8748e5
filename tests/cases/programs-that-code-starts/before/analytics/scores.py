from analytics import weights

print(weights.W)
