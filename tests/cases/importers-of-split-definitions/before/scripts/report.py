from importlib import import_module

from shop.defs.jobs import (
    # what runs
    hourly,
    is_due,  # tells the hour
    nightly,
)

if __name__ == "__main__":
    sensor = import_module("shop.defs.jobs").new_files
    print(hourly.name, nightly.name, is_due(1), sensor.name)
