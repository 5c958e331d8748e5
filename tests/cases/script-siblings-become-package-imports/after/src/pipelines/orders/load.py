"""Load the orders."""
from pipelines.orders import transform
from pipelines.orders.extract import read as read_orders, FIELDS


def main():
    for row in transform.clean(read_orders()):
        print(row[FIELDS[0]])


if __name__ == "__main__":
    main()
