NAMES = ["importer"]
