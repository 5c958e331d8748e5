#!/usr/bin/env python3
"""Load the orders."""
from __future__ import annotations

from pathlib import Path

# The order matters.

from pipelines.utils import names  # the names of the orders
from pipelines.tools import text


def main() -> None:
    # what is loaded
    print(text.upper(names.NAME), Path("a").name)


if __name__ == "__main__":
    main()
