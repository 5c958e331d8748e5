"""Load the orders of a day."""

import sys
from pathlib import Path

from pipelines.utils.orders import clean


def main() -> None:
    path = Path(sys.argv[1] if len(sys.argv) > 1 else "data/orders.csv")
    print(len(clean(path.read_text().splitlines())), "orders")


if __name__ == "__main__":
    main()
