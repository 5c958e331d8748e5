from pyspark.sql import SparkSession

from etl.extract_orders import read


def main():
    """Count."""
    spark = SparkSession.builder.getOrCreate()
    print(spark.createDataFrame([[line] for line in read("/data/x")]).count())


if __name__ == "__main__":
    main()
