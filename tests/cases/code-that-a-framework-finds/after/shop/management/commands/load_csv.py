from pipelines.cleaning.rows import clean

print(clean)
