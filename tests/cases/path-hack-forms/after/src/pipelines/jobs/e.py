from pipelines.utils import names

print(names.NAME)
