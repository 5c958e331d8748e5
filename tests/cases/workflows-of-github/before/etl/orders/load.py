import csv
from pathlib import Path

from utils.db import connect


def main():
    with open(Path(__file__).parent / "mapping.csv") as file:
        print(connect(), len(list(csv.reader(file))))


if __name__ == "__main__":
    main()
