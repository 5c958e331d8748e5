NAMES = ["exporter"]
