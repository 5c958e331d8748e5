"""Load the orders with the query that stands beside."""

from pathlib import Path


def main():
    print((Path(__file__).parent / "orders.sql").read_text().strip())


if __name__ == "__main__":
    main()
