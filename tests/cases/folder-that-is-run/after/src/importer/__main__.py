from importer import root_columns as columns
from importer import checks

print(columns.NAMES, checks.OK)
