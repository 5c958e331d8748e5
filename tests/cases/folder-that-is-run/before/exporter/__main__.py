import columns

print(columns.NAMES)
