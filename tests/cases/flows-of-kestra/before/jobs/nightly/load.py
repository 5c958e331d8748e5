"""Load last night's orders."""

import os
import sys

sys.path.append(os.path.join(os.path.dirname(__file__), "..", ".."))

from utils.db import address


def main():
    print("load into", address())


if __name__ == "__main__":
    main()
