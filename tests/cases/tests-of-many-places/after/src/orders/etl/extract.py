import csv


def read_orders(path):
    with open(path, newline="") as file:
        return list(csv.DictReader(file))
