def rows_of(session, path):
    return session.read.parquet(path).count()


def main():
    from pyspark.sql import SparkSession

    session = SparkSession.builder.appName("orders").getOrCreate()
    print(rows_of(session, "data/bronze"))


if __name__ == "__main__":
    main()
