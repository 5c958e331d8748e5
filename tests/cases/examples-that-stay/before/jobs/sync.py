"""Synchronises.

Only `from utils.text import clean` is needed, see utils.text::

    python jobs/sync.py
"""
from utils.text import TEMPLATE, clean


def pattern():
    f"""
    >>> from utils.text import {clean.__name__}
    """
    return clean(TEMPLATE)


if __name__ == "__main__":
    print(pattern())
