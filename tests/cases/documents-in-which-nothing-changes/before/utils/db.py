"""The database."""


def connect() -> str:
    """Return the name of the database."""
    return "orders"
