import csv


def get_data_files(path):
    """Return the rows of a file."""
    with open(path) as file:
        return list(csv.DictReader(file))
