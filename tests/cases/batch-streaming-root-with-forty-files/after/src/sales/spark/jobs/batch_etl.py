import sys
from pyspark.sql import SparkSession
from sales.etl.transform import clean
from sales.config.settings import BRONZE


class SalesETLJob:
    def run(self):
        spark = SparkSession.builder.appName("sales").getOrCreate()
        rows = spark.read.json(BRONZE)
        clean(rows).write.mode("overwrite").parquet("data/silver")


if __name__ == "__main__":
    SalesETLJob().run()
