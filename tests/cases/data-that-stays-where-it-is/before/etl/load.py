"""Load what was landed."""

import csv
from pathlib import Path

RAW = "data/raw"
LANDING = Path("data/landing")
BUCKET = "s3://shop/data/minio/orders.csv"
URL = "/data/minio"


def rows(name: str) -> list[list[str]]:
    with open(f"{RAW}/{name}.csv", encoding="utf-8") as file:
        return list(csv.reader(file))


def landed() -> list[str]:
    return [path.name for path in LANDING.glob("*.csv")]


if __name__ == "__main__":
    print(rows("orders"), landed(), BUCKET, URL)
