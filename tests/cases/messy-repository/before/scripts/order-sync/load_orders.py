"""Loads the orders. DO NOT RUN FROM ANOTHER FOLDER!!!"""
import csv
import os
import sys
from pathlib import Path


def find_repo_root() -> Path:
    """Walk up until the utils folder is there."""
    current = Path(__file__).resolve()
    while current.parent != current:
        if (current / "utils").exists() and (current / "configs").exists():
            return current
        current = current.parent
    raise RuntimeError("repo root not found")


# Add utils to the path so that imports work
REPO_ROOT = find_repo_root()
sys.path.insert(0, str(REPO_ROOT / "utils"))

import db_helper  # noqa: E402
from cleaning import clean_order  # noqa: E402

UPSERT = REPO_ROOT / "sql" / "upsert_order.sql"


def main():
    connection = db_helper.connect()
    loaded = rejected = 0
    with open(REPO_ROOT / "data" / "orders.csv", newline="") as file:
        for row in csv.DictReader(file):
            order = clean_order(row)
            if order is None:
                rejected += 1
                continue
            connection.execute(UPSERT.read_text(), order)
            loaded += 1
    connection.commit()
    print(f"loaded {loaded} orders into {os.path.basename(db_helper.path())}, rejected {rejected}")


if __name__ == "__main__":
    main()
