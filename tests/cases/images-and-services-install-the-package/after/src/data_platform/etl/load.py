from data_platform.etl.extract import get_data_files


def load_rows(path):
    """Return how many rows there are."""
    return len(get_data_files(path))
