from pipelines.jobs import rows

print(rows.read())
