from dagster import asset


@asset
def readings():
    return [20.5, 21.0]


@asset
def daily_means(readings):
    return sum(readings) / len(readings)
