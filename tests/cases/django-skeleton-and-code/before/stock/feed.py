import csv
import json
from pathlib import Path

from .words import tidy

COLUMNS = json.loads((Path(__file__).parent / "columns.json").read_text())


def read(path):
    with open(path, newline="") as file:
        for row in csv.DictReader(file, delimiter=";"):
            yield tidy(row[COLUMNS["sku"]]), row[COLUMNS["amount"]]
