"""Loads the orders. DO NOT RUN FROM ANOTHER FOLDER!!!"""
import csv
import os
from pathlib import Path


# Add utils to the path so that imports work
REPO_ROOT = Path(__file__).resolve().parents[3]

from pipelines.utils import db_helper  # noqa: E402
from pipelines.order_sync.cleaning import clean_order  # noqa: E402

UPSERT = REPO_ROOT / "src/pipelines/order_sync/resources/sql/upsert_order.sql"


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
