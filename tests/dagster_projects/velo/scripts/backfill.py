#!/usr/bin/env python
"""Print the run keys of a backfill."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "src"))

from velo_platform.defs.everything import BackfillConfig, _run_key, days_between
from velo_platform.defs import text as t


def main():
    first, last = sys.argv[1:3]
    config = BackfillConfig(city=t.squeeze(" lyon "))
    for day in days_between(first, last):
        print(_run_key(config.city, day))


if __name__ == "__main__":
    main()
