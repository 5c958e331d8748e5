#!/usr/bin/env python3
"""Load the orders."""
from __future__ import annotations

import os
import sys
from pathlib import Path

# The order matters.
FOLDERS = ("lib", "tools")


# Add a folder of this repository to the search path,
# so that its modules can be imported.
def add(folder, *, first=False):
    path = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), folder)
    if path not in sys.path:
        if first:
            sys.path.insert(0, path)
        else:
            sys.path.append(path)


for folder in FOLDERS:
    add(folder)
add(folder="lib", first=True)

import names  # the names of the orders
import text


def main() -> None:
    # what is loaded
    print(text.upper(names.NAME), Path("a").name)


if __name__ == "__main__":
    main()
