import csv
import os

from sales.utils_common import get_logger

log = get_logger(__name__)


def read_files(folder):
    for name in sorted(os.listdir(folder)):
        if name.endswith(".csv"):
            with open(os.path.join(folder, name)) as lines:
                yield from csv.DictReader(lines)


def get_data_files(folder):
    return sorted(os.listdir(folder))
