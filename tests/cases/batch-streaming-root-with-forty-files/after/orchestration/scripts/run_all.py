from sales.streaming.producers import SalesDataProducer
from sales.spark.jobs.batch_etl import SalesETLJob

if __name__ == "__main__":
    SalesETLJob().run()
