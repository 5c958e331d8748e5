from importer.columns import NAMES

OK = bool(NAMES)
