"""Tools of data engineering."""
