from pipelines.orders import clean

print(clean.clean([]))
