from importer.exporter import columns

print(columns.NAMES)
