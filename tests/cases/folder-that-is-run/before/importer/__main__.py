import columns
from importer import checks

print(columns.NAMES, checks.OK)
