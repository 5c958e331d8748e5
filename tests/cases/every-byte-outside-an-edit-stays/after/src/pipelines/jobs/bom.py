from pipelines.utils import names
print("Größe", names.N)
