from importlib import import_module

from shop.jobs.jobs import (
    # what runs
    hourly,
    nightly,
)
from shop.jobs.schedules import is_due  # tells the hour

if __name__ == "__main__":
    sensor = import_module("shop.jobs.sensors").new_files
    print(hourly.name, nightly.name, is_due(1), sensor.name)
