"""Counts how often it was read."""

import dagster as dg

count = 0


def read():
    global count
    count += 1
    return count


@dg.asset
def counted():
    return read()


@dg.asset_check(asset=counted)
def count_check():
    return dg.AssetCheckResult(passed=count < 100)
