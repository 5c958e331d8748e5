from pyspark.sql import SparkSession

from etl.extract_funcs import get_data_files


def main():
    """Run the job."""
    spark = SparkSession.builder.appName("sales").getOrCreate()
    spark.createDataFrame(get_data_files("/data/sales.csv")).write.parquet("/data/out")


if __name__ == "__main__":
    main()
