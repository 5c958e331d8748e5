from etl.extract_funcs import get_data_files


def load_rows(path):
    """Return how many rows there are."""
    return len(get_data_files(path))
