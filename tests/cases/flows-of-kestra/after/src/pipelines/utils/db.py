"""Where the warehouse is."""

import os


def address():
    return os.environ.get("WAREHOUSE", "localhost:5432")
