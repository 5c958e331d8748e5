"""Load the orders."""
import transform
from extract import read as read_orders, FIELDS


def main():
    for row in transform.clean(read_orders()):
        print(row[FIELDS[0]])


if __name__ == "__main__":
    main()
